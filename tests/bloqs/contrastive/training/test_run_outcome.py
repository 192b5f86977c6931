"""Which epoch counts: chosen on validation images, never on those of the test."""

import pytest

from bloqs.contrastive.training.run_outcome import curves, outcome


def row(step, validation, test, before):
    return {
        "step": step, "loss": None if not step else 5.0 - step,
        "after": {"validation": validation, "test": test},
        "before": {"validation": 0.0, "test": before},
        "class_distance": 0.1 * step, "pair_distance": 0.2,
    }  # fmt: skip


METRICS = [
    row(0, 0.2, 0.3, 0.5),
    {"step": 1, "loss": 4.0},
    row(2, 0.9, 0.6, 0.4),
    row(3, 0.9, 0.7, 0.3),
    row(4, 0.4, 0.8, 0.2),
    row(5, 0.5, 0.1, 0.1),
]


def test_the_epoch_is_the_first_that_is_best_on_validation_images():
    found = outcome(METRICS)
    assert found["after"] == pytest.approx({"last": 10, "chosen": 60, "best": 80})
    assert found["before"] == pytest.approx({"last": 10, "chosen": 40, "best": 50})


def test_curves_of_loss_accuracy_and_distances():
    loss, accuracy, distances = curves(METRICS)
    assert loss.lines[0].x == (1, 2, 3, 4, 5)
    assert [line.label for line in accuracy.lines] == [
        "after: validation", "after: test", "before: validation", "before: test",
    ]  # fmt: skip
    assert accuracy.lines[1].y == pytest.approx((30, 60, 70, 80, 10))
    assert [line.label for line in distances.lines] == ["class distance", "pair distance"]
    without = [{**each, "class_distance": None} for each in METRICS]
    assert [chart.key for chart in curves(without)] == ["loss", "accuracy"]
