"""The degree of a window's polynomial: the cheapest that is certified."""

from bloqs.linear_systems.model.window import Window, best_window_inverse


def test_a_degree_that_is_not_certified_is_passed_over():
    """The cheapest by the programs alone has no certified polynomial here; its neighbour has."""
    found = best_window_inverse(Window(0.0668465, 0.8), 3.0, 0.101962)
    assert found.error <= 0.101962
    assert found.polynomial.degree == 45
