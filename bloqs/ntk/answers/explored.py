"""What a page shows beside the cost of a run: a whole prediction, and classical ones."""

from collections.abc import Sequence

from bloqs.ntk.answers.compare_ways import classical_ways
from bloqs.ntk.answers.cost_in_sizes import model_of, predictions_in_sizes
from estimator.ask.question import Asked
from estimator.costs.answer import pricing
from estimator.explorer.shown_column import ShownColumn

WHOLE = "one prediction, all shots"
CLASSICAL = "classical"


def rivals(asked: Asked) -> Sequence[ShownColumn]:
    """A whole prediction, and the five classical ways, as `compare ntk` has them.

    Args:
        asked: with a number of points.
    """
    values = asked.values
    method, error, _ = pricing(asked)
    found = predictions_in_sizes(model_of(values), values, float(method.t_count(error)))[0]
    t, lookups = float(found.total["t"]), float(found.total["queries"])
    columns = [
        ShownColumn("rival.t", "T and look-ups, rotations as assumed", "gates", WHOLE, t + lookups),
        ShownColumn("rival.shots", "shots", "shots", WHOLE, float(found.shots)),
    ]
    ways = classical_ways(
        lambda n: model_of({**values, "n": n}), float(values["epsilon"]) / 2, values["failure"]
    )
    for way in ways:
        price = way.at(int(values["n"]))
        flop, accesses = price.get("t"), price.get("lookups")
        if flop is not None and accesses is not None:
            columns.append(
                ShownColumn(f"rival.{way.name}", f"{way.name}: FLOP and look-ups", "FLOP",
                            CLASSICAL, flop + accesses, is_rival=True)
            )  # fmt: skip
    return columns
