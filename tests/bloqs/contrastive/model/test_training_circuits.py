"""Circuits of steps, epochs and runs: the published numbers, and two ways to find a count."""

import pytest

from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.gate_order import exempt_angles, gate_order
from bloqs.contrastive.model.training_circuits import RULES, Schedule, circuits_of_step
from bloqs.contrastive.symbols import B, W

PUBLISHED = Schedule(images=25_000, test_images=5_000, epochs=2, probe_epochs=100)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [("two-term", 41_472), ("four-term", 57_856), ("light-cone", 50_688), ("decomposed", 57_856),
     ("finite-difference", 41_472), ("spsa", 1_536)],
)  # fmt: skip
def test_a_step_of_the_published_ring(rule, wanted):
    assert circuits_of_step(rule, 256, 8, sizes_of("ring", 8, 2)) == wanted
    in_letters = circuits_of_step(rule, B, W, sizes_of("ring", W, 2))
    assert in_letters.subs({B: 256, W: 8}) == wanted


def test_a_run_and_a_probe_as_published():
    """97 steps an epoch, 8.05 million circuits, and 3 million for a probe."""
    step = circuits_of_step("two-term", 256, 8, sizes_of("ring", 8, 2))
    assert PUBLISHED.steps(256) == 97
    assert PUBLISHED.epochs * PUBLISHED.steps(256) * step == 8_045_568
    assert PUBLISHED.probe_circuits == 3_000_000
    assert PUBLISHED.cached_probe_circuits == 30_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_counted_angle_by_angle(kind):
    """Two circuits for an angle of a turn or an exempt one, four for a controlled turn."""
    gates, batch, width = gate_order(kind, 5, 2), 16, 5
    exempt = set(exempt_angles(gates))
    controlled = [x.angle for x in gates if x.name.startswith("CR")]
    others = [x.angle for x in gates if x.angle is not None and x.angle not in controlled]
    each = 1 + 2 * width + 2 * len(others)
    wanted = {
        "two-term": each + 2 * len(controlled),
        "four-term": each + 4 * len(controlled),
        "light-cone": each + sum(2 if x in exempt else 4 for x in controlled),
    }
    sizes = sizes_of(kind, width, 2)
    for rule, circuits in wanted.items():
        assert circuits_of_step(rule, batch, width, sizes) == 2 * batch * circuits


def test_every_rule_says_what_its_gradient_is():
    assert all(says for says, _ in RULES.values())
