"""Open: whether the calls of the input must grow exponentially with the blocks."""

import numpy as np

from bloqs.resnet.model.block_plan import Variant
from bloqs.resnet.model.network_plan import network_plan
from bloqs.resnet.model.random_network import random_input, random_network
from proofs.open_question import OpenQuestion

ERROR, ENTRIES = 1e-2, 16


def shown(k: int) -> float:
    """One call, if two inputs have outputs that are further apart than two errors."""
    rng = np.random.default_rng(k)
    network = random_network(1, 3, 4, k, 2, False, rng)
    one, other = (network.states(random_input(ENTRIES, rng))[-1] for _ in range(2))
    return float(np.linalg.norm(one - other) > 2 * ERROR)


def reached(k: int) -> float:
    """Calls of the construction that takes fewest, for sums that are promised to be long."""
    plan = network_plan(Variant.FIXED_POINT, k, ENTRIES, ERROR, 1.0, length=1.0)
    return float(plan.input_calls)


THEOREM = OpenQuestion(
    says="A circuit for k residual blocks calls that of its input at least 2**k times.",
    reason="Each block holds the circuit of the block before, which depends on the input, several "
    "times; but a circuit that is given tells more than copies of its vector, and for such a one "
    "only a single call is shown here.",
    shown=shown,
    stated=lambda k: 2.0**k,
    reached=reached,
    instances=({"k": 1}, {"k": 2}, {"k": 3}),
    false_twin=reached,
    twin_says="What the construction takes is what every circuit takes.",
    source="[RHGPR25] Sec. 6, where depth exponential in k is suspected; the base is ours",
)
