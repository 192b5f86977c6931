"""What a page shows beside the cost of a run: runs until success, and classical solvers."""

from collections.abc import Sequence

import sympy

from bloqs.linear_systems.answers.compare import ASSUMED
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.rivals.conjugate_gradients import flop_of, steps_bound
from bloqs.linear_systems.rivals.elimination import dense_flop
from estimator import symbols
from estimator.ask.question import Asked
from estimator.explorer.shown_column import ShownColumn

RUNS = "until success, on average"
CLASSICAL = "classical, for all of x"


def rivals(asked: Asked) -> Sequence[ShownColumn]:
    """Runs until success, conjugate gradients and elimination as `compare qlss` has them.

    Args:
        asked: with numbers for kappa and epsilon.
    """
    values = asked.values
    rows = symbols.N if values.get("N") is None else sympy.Integer(values["N"])
    success = symbols.bare("success of a run")
    steps = steps_bound(float(values["kappa"]), sine_of(float(values["epsilon"])), True)
    flop = flop_of(steps, ASSUMED["sparsity"] * rows, rows, True)
    said = f"conjugate gradients, {ASSUMED['sparsity']} entries a row, definite matrix"
    return (
        ShownColumn("rival.t", "T", "gates", RUNS, symbols.bare("t_count") / success),
        ShownColumn("rival.calls", "calls of A", "calls", RUNS, symbols.bare("matrix") / success),
        ShownColumn("rival.gradients", said, "FLOP", CLASSICAL, flop, is_rival=True),
        ShownColumn("rival.products", f"{said}: products", "products", CLASSICAL,
                    sympy.Integer(steps), is_rival=True),
        ShownColumn("rival.elimination", "elimination", "FLOP", CLASSICAL, dense_flop(rows),
                    is_rival=True),
    )  # fmt: skip
