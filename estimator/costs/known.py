"""Costs that were worked out before, whoever asks again."""

from typing import Any

from qualtran import Bloq
from qualtran.resource_counting import CostKey, get_cost_value

MOST_KNOWN = 20_000
"""Bloqs whose cost is remembered by one key; then all are forgotten. Unit: bloqs."""

_known: dict[CostKey[Any], dict[Bloq, Any]] = {}


def known_cost(bloq: Bloq, cost_key: CostKey[Any]) -> Any:
    """What `get_cost_value` answers, remembered for the whole process.

    Costs that a bloq states in `my_static_costs` are sums over its parts; with Qualtran's own
    memory, which lasts for one question, every such sum would open the same parts again.
    """
    memory = _known.setdefault(cost_key, {})
    if len(memory) > MOST_KNOWN:
        memory.clear()
    return get_cost_value(bloq, cost_key, costs_cache=memory)
