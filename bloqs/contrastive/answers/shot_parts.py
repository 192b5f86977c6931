"""How far shots are off, and how many an accuracy needs."""

from bloqs.contrastive.answers.setting import Setting, as_text, is_number
from bloqs.contrastive.model.shot_bounds import hoeffding, l2_bound, shots_for, union
from bloqs.contrastive.parameters import DEFAULT_BOUNDS
from estimator.ask.question import Asked
from estimator.report.parts import Fact, Facts, Kind, Part
from estimator.report.text import EXACT, SHORT


def shot_parts(setting: Setting, asked: Asked) -> list[Part]:
    """Bounds at S shots, and shots after which all outputs are within epsilon."""
    found = {name: asked.get(name, known) for name, known in DEFAULT_BOUNDS.items()}
    epsilon, delta = found["epsilon"], found["delta"]
    shots, width = setting.shots, setting.width
    given = [
        Fact(
            key=name,
            value=x,
            kind=Kind.EXACT if name in asked.named else Kind.ASSUMED,
            place="data",
        )
        for name, x in found.items()
    ]
    bounds = [
        ("one", "of one output (Hoeffding)", hoeffding(shots, delta)),
        ("largest", "of the worst output (union)", union(shots, delta, width)),
        ("l2", "of all together (l2 norm)", l2_bound(shots, delta, width)),
    ]
    rows = [
        Fact(
            key=key,
            label=f"error {label}",
            value=value,
            style=SHORT if is_number(value) else EXACT,
            kind=Kind.UPPER_BOUND,
        )
        for key, label, value in bounds
    ]
    needed = Fact(
        key="shots_for",
        label=f"shots for {as_text(epsilon)} at every output",
        value=shots_for(epsilon, delta, width),
        unit="shots",
    )
    heading = f"shots: errors that are exceeded with chance {as_text(delta)} at most"
    return [Facts(key="shot_bounds", rows=[*given, *rows, needed], heading=heading, grows="")]
