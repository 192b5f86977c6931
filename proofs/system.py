"""The ledger of claims, as it is asked about."""

from estimator.ask.parameter import Flag, Number, Text
from estimator.ask.question import Question, System, Verb

CHECK = Verb(
    "check", "Put every claim of the ledger to the test; exit with status 1 if one does not hold."
)
EXPLAIN = Verb(
    "explain", "Show one claim in full: assumptions, derivation, instances, why its twin falls."
)
LEDGER = Verb(
    "ledger", "Examine the ledger and write it as pages, for a browser without a network."
)

NAMES = Text(name="names", meaning="parts of claims' names", many=True, what="CLAIM")
PAPER = Text(name="paper", meaning="only claims of this paper: arXiv number or key")
WORKERS = Number(
    name="workers",
    meaning="claims examined at a time; as many as there are processors if unset",
    unit="processes",
    least=1,
    most=256,
)

SYSTEM = System(
    name="ledger",
    says="Claims about costs, errors and growth, each with two routes and a false twin.",
    source="ours",
    home=__package__,
    questions=(
        Question(
            verb=CHECK,
            name="claims",
            says="Examines claims by every route they have.",
            source="ours",
            answer="ledger:check",
            parameters=(
                NAMES,
                PAPER,
                Text(
                    name="about",
                    meaning="only claims that an answer rests on: its source and modules of its "
                    "bloqs",
                    many=True,
                    what="SOURCE|MODULE",
                ),
                Flag(name="list", meaning="name the claims, without examining them"),
                WORKERS,
            ),
            words="names",
            examples=(
                ("check --paper 2510.07195", "every claim about one paper"),
                ("check --list", "what is claimed"),
            ),
        ),
        Question(
            verb=EXPLAIN,
            name="claim",
            says="Examines a claim and its false twin, step by step.",
            source="ours",
            answer="explain:explain",
            parameters=(
                Text(
                    name="claim",
                    meaning="a claim's name, or part of it",
                    is_required=True,
                    what="CLAIM",
                ),
            ),
            words="claim",
            examples=(("explain product_error", "a derivation, and why the false one falls"),),
        ),
        Question(
            verb=LEDGER,
            name="pages",
            says="Examines claims and their false twins, and writes a page for each, with lists.",
            source="ours",
            answer="pages.write_site:write",
            parameters=(
                NAMES,
                Text(
                    name="output",
                    letter="o",
                    meaning="folder for the pages, which must not exist",
                    is_required=True,
                    what="DIR",
                ),
                PAPER,
                Flag(name="overwrite", meaning="replace the pages of an earlier run"),
                WORKERS,
            ),
            words="names",
            examples=(
                ("ledger -o ledger", "every claim; then open ledger/index.html"),
                ("ledger --paper 2510.07195 -o resnet", "those about one paper"),
            ),
        ),
    ),
)
