"""The question about any Qualtran bloq, Qualtran's own or the user's, by module and name."""

import re

from estimator.ask.parameter import Text, quoted
from estimator.ask.question import COST, Question, System
from estimator.ask.synthesis import PRICING

TARGET = "MODULE:NAME"
"""What stands for the name of a bloq in a usage line."""

_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")

ANY_BLOQ = System(
    name="any-bloq",
    says="Bloqs of Qualtran, and of your own modules.",
    source="ours",
    home="estimator.costs",
    questions=(
        Question(
            verb=COST,
            name=TARGET,
            says="What a Qualtran bloq costs: one of Qualtran's own, or of a module of yours in "
            "the current directory.",
            source="ours",
            answer="any_bloq:cost",
            parameters=(
                Text(
                    name="bloq",
                    meaning="a bloq, a bloq example, or a function that returns a bloq",
                    what=TARGET,
                    is_required=True,
                ),
                *PRICING,
            ),
            target="bloq",
            examples=(
                ("cost qualtran.bloqs.arithmetic.addition:_add_symb", "an example of Qualtran"),
                ("cost mymodule:my_bloq", "of mymodule.py, here"),
            ),
        ),
    ),
)


def is_bloq(target: str) -> bool:
    """Whether a target is meant as the name of a bloq rather than of an algorithm or a file."""
    return ":" in target


def parts_of(target: str) -> tuple[str, str]:
    """Module and name of a bloq.

    Raises:
        ValueError: if it is not of that form.
    """
    if re.search(r"\.py:", target):
        raise ValueError(f"a bloq is named {TARGET}: leave .py and folders out of {quoted(target)}")
    if not _NAME.fullmatch(target):
        raise ValueError(
            f"a bloq is named {TARGET}, such as mymodule:my_bloq for my_bloq in mymodule.py, got "
            f"{quoted(target)}"
        )
    module, _, name = target.partition(":")
    return module, name
