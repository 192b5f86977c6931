"""Windows of any width have an inverse; promises are kept or refused."""

import pytest

from bloqs.linear_systems.model import window
from bloqs.linear_systems.model.amplification import runs_until_success
from bloqs.linear_systems.model.window import Window, best_window_inverse, window_plan


@pytest.mark.parametrize(
    ("lower", "upper"), [(0.1, 1), (0.3, 1), (0.3, 0.99), (0.25, 0.5), (0.5, 0.5), (1, 1)]
)
@pytest.mark.parametrize("error", [0.1, 1e-3])
def test_every_window_has_an_inverse(lower, upper, error):
    found = best_window_inverse(Window(lower, upper), 1 / upper, error)
    assert found.error <= error
    assert found.scale > 0


@pytest.mark.parametrize(
    ("values", "message"),
    [((0.2, 0.9), r"\[0.3, 0.8\] does not hold"), ((0.4, 0.9), "lie in \\[0.4, 0.9\\]")],
)
def test_a_promise_that_is_not_kept(values, message):
    with pytest.raises(ValueError, match=message):
        Window(0.3, 0.8).check_values(*values)


def test_norms_outside_of_the_window():
    with pytest.raises(ValueError, match=r"between 1.25 and 2 in that window, got 3"):
        window_plan(Window(0.5, 0.8), 0.1, 3.0)


def test_a_degree_that_is_not_certified_is_passed_over():
    """The cheapest by the programs alone has no certified polynomial here; its neighbour has."""
    found = best_window_inverse(Window(0.0668465, 0.8), 3.0, 0.101962)
    assert found.error <= 0.101962


def test_degrees_above_the_calls_of_the_best_are_not_looked_at(monkeypatch):
    """Such a degree takes more calls in one run than the best in all."""
    looked: list[int] = []
    own = window.window_scale

    def counted(lower, upper, degree, error):
        looked.append(degree)
        return own(lower, upper, degree, error)

    monkeypatch.setattr(window, "window_scale", counted)
    found = best_window_inverse.__wrapped__(Window(1 / 20, 1.001 / 20), 20.0, 0.01)
    assert max(looked) <= found.polynomial.degree * runs_until_success((20 * found.scale) ** 2, 0)
