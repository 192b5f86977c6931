"""What several systems are told has one name in all of them, beside a paper's own letter."""

import pytest

from estimator.ask.registry import questions

SAME_NAME = {
    "shots": ["simulate resnet", "cost contrastive", "compare contrastive", "train contrastive",
              "study contrastive", "evaluate contrastive"],
    "delta": ["cost communication-inference", "compare communication", "simulate ntk", "cost ntk",
              "compare ntk", "cost contrastive"],
    "loaders": ["compare resnet", "compare ntk"],
    "memories": ["compare resnet", "compare ntk"],
    "to": ["compare resnet", "compare ntk", "compare hypergraph", "compare contrastive"],
}  # fmt: skip
"""Option, and the questions that take it."""


@pytest.mark.parametrize(
    ("option", "asked"), [(name, asked) for name, all_of in SAME_NAME.items() for asked in all_of]
)
def test_the_same_thing_has_the_same_option(option, asked):
    (question,) = (
        each.question
        for each in questions()
        if asked == f"{each.question.verb.name} {each.question.name}"
    )
    assert option in question.spellings
