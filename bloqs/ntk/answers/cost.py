"""What predictions by the kernel of a wide network cost, and whether inversion matters."""

from bloqs.ntk.answers.cost_given import given_cost
from bloqs.ntk.answers.cost_in_sizes import cost_in_sizes
from estimator.ask.question import Asked
from estimator.costs.known import one_question
from estimator.report.model import Report


@one_question()
def prediction_cost(asked: Asked) -> Report:
    """A prediction for a user's data, or in numbers or symbols.

    Raises:
        ValueError: if parameters do not go together, or data are no problem.
    """
    if asked.values.get("data") is not None:
        return given_cost(asked)
    return cost_in_sizes(asked)
