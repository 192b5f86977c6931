"""What several systems are told has one name in all of them, and what they say one order."""

from itertools import combinations

import pytest

from bloqs.communication.answers import compare_ways as communication
from bloqs.contrastive.answers import compare_ways as contrastive
from bloqs.linear_systems.answers import compare_ways as linear_systems
from bloqs.ntk.answers import compare_ways as ntk
from bloqs.resnet.answers import compare_sizes as resnet
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


@pytest.mark.parametrize(
    ("one", "other"), [*combinations((communication, contrastive, linear_systems, ntk, resnet), 2)]
)
def test_comparisons_have_their_columns_in_one_order(one, other):
    """Those that two of them share, by the heading that is shown."""
    first, second = ([each.label or each.key for each in x.MEASURES] for x in (one, other))
    assert [x for x in first if x in second] == [x for x in second if x in first]
