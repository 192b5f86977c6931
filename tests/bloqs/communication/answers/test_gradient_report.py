"""What is said of gradients: whether errors are within what was asked, for each protocol."""

import attrs
import numpy as np
import pytest

from bloqs.communication.answers import gradient_report
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import flattened, gradients
from estimator.ask.question import Asked

MODEL = PartyModel(
    2, [1.0, 2.0, 0.5, -1.0], [Block("A", [Gate("XI", 0.3), Gate("ZY", 1.0), Gate("YX", -0.4)])]
)
EXACT = flattened(gradients(MODEL))


def parts(values, rng):
    asked = {"readout": "Z", "epsilon": 0.2, "delta": 0.1, **values}
    return gradient_report.gradient_parts(Asked(values=asked), MODEL, rng)


@pytest.mark.parametrize(
    ("off", "gap", "holds"), [(0.19, 0, True), (-0.19, 0, True), (0.21, 0, False), (0, 2e-9, False)]
)
def test_one_derivative_that_is_off_is_enough(off, gap, holds, rng, monkeypatch):
    """By shots more than epsilon, or on average at all."""
    found = gradient_report.gradient_runs

    def changed(*given):
        runs = found(*given)
        last = np.array([0.0, 0.0, 1.0])
        return attrs.evolve(runs, means=EXACT + gap * last, sample=lambda _: EXACT + off * last)

    monkeypatch.setattr(gradient_report, "gradient_runs", changed)
    said = parts({"gradient": ("hadamard",)}, rng)
    protocols, derivatives = said.parts
    assert said.holds == holds
    assert protocols.rows[0]["holds"] == ("yes" if holds else "NO")
    assert protocols.rows[0]["error"] == pytest.approx(abs(off))
    assert protocols.rows[0]["gap"] == pytest.approx(gap, abs=1e-12)
    assert [row["hadamard"] - row["exact"] for row in derivatives.rows] == pytest.approx(
        [0, 0, off]
    )


def test_a_model_without_parameters_has_none(rng):
    bare = PartyModel(1, [1.0, 0.0], [Block("A", [Gate("X", 0.3, is_trainable=False)])])
    asked = Asked(values={"readout": "Z", "epsilon": 0.2, "delta": 0.1})
    assert gradient_report.gradient_parts(asked, bare, rng).holds
