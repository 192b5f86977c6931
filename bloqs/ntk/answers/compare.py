"""Predictions by circuits beside classical ones: over n, or as they run on a user's data."""

from functools import lru_cache, partial
from typing import Any

from bloqs.data_loading.parameters import LOADER_NAMES
from bloqs.ntk.answers.compare_given import compared_on_data
from bloqs.ntk.answers.compare_ways import MEASURES, classical_ways, quantum_way
from bloqs.ntk.answers.cost_in_sizes import ASSUMED as MODEL
from bloqs.ntk.answers.cost_in_sizes import check_without_data, sentence_of
from bloqs.ntk.answers.given import depth_of
from bloqs.ntk.answers.tables import sentence_first
from bloqs.ntk.model.sphere import SphereModel, dimension
from bloqs.ntk.parameters import ALL
from estimator.ask.question import Asked
from estimator.compare.answer import sweep_parts
from estimator.compare.sweep import Axis, Sweep, spread
from estimator.costs.answer import pricing
from estimator.costs.known import one_question
from estimator.report.model import Report
from estimator.report.parts import Notes, Part, Tone
from estimator.report.text import SETTING

FIRST, LAST = 2**6, 2**30
"""Where the sweep begins and ends if nobody says."""

SOLVER = "shortcut"
"""Compared if none is named: proven, and fewest calls where the norm is known."""

NO_SPEEDUP = (
    "the sampler of f_D has the same memory, so that with an ideal one both are polylogarithmic in "
    "n: inverting does not make the quotient exponential"
)
COUNTED = (
    "a T gate counts as much as one FLOP, a look-up as one more; error correction, clock rates and "
    "writing the data into a memory are left out; dense solve, CG and gradient descent pay for "
    "training once and predict every further point by n kernels"
)


@one_question()
def predictions_compared(asked: Asked) -> Report:
    """Costs of one prediction as n grows, or on data, with every baseline run.

    Raises:
        ValueError: if parameters do not go together or the sweep is empty.
    """
    values = asked.values
    if values.get("data") is not None:
        return compared_on_data(asked)
    check_without_data(asked)
    if values.get("n") is not None:
        raise ValueError("without data n is swept; give --from and --to, or --data with --n")
    start, stop = int(values.get("start") or FIRST), int(values.get("stop") or LAST)
    sizes = tuple(2**k for k in range((start - 1).bit_length(), stop.bit_length()))
    if len(sizes) < 2:
        raise ValueError(
            f"a sweep needs two powers of two between {start} and {stop}; widen --from and --to"
        )
    method, error, _ = pricing(asked)
    told: dict[str, Any] = {**values, "solver": _solver(values)}
    depth = depth_of(values["depth"])

    @lru_cache(maxsize=128)
    def model(n: int) -> SphereModel:
        d = dimension(n) if values.get("d") is None else int(values["d"])
        return SphereModel(n, d, values["network"], depth, float(values["clip"]))

    loaders = values.get("loaders") or LOADER_NAMES
    variants = dict.fromkeys(("diagonal", str(values["variant"])))
    make = partial(quantum_way, values=told, model=model, rotation=float(method.t_count(error)))
    ways = [make(variant, loader) for variant in variants for loader in loaders]
    ways += classical_ways(model, float(values["epsilon"]) / 2, float(values["failure"]))
    axis = Axis(
        name="n", meaning="n, training points", unit="points", searched=sizes, shown=spread(sizes)
    )
    sweep = Sweep(axis, MEASURES, ways, asked.track)
    parts: list[Part] = [
        sentence_over(sizes, model),
        *sweep_parts(sweep, {"": ""}, "n at which the circuit costs less"),
        Notes(
            key="assumptions",
            lines=[
                MODEL,
                *(f"baseline {way.name}: {way.assumption}" for way in sweep.classical()),
                COUNTED,
                NO_SPEEDUP,
            ],
            is_section=True,
        ),
    ]
    names = ("network", "variant", "preparation", "clip", "epsilon", "failure", "read_out")
    settings = {name: values[name] for name in names}
    settings |= {"depth": values["depth"], "solver": told["solver"]}
    assumed = [name for name in ("solver",) if values["solver"] == ALL]
    made = Report(
        title="ntk compared",
        settings=settings,
        settings_style=SETTING,
        assumed=tuple(assumed),
        parts=parts,
    )
    return sentence_first(made)


def _solver(values: Any) -> str:
    return SOLVER if values["solver"] == ALL else str(values["solver"])


def sentence_over(sizes: tuple[int, ...], model: Any) -> Notes:
    """Whether inversion can matter, over the whole sweep, before any number."""
    worst = max((model(sizes[0]), model(sizes[-1])), key=lambda at: (at.n - 1) * at.largest)
    return Notes(key="honesty", lines=[sentence_of(worst)], tone=Tone.STRONG)
