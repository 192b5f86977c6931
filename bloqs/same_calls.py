"""Which calls are the same where a call graph is compared with a circuit."""

import attrs
from qualtran import Bloq
from qualtran.resource_counting.generalizers import ignore_alloc_free, ignore_split_join

from estimator.symbols import theta


def any_angle(bloq: Bloq) -> Bloq:
    """`bloq` with a generic angle, which is how a call graph may list one phase after another.

    Whether the angles in the circuit are of that kind is for the comparison of costs to see.
    """
    angles = [name for name in ("phi", "phi_odd") if isinstance(getattr(bloq, name, None), float)]
    return attrs.evolve(bloq, **dict.fromkeys(angles, theta)) if angles else bloq


SAME_CALLS = (ignore_split_join, ignore_alloc_free, any_angle)
"""`generalizer` of every example: a call graph lists neither splits and joins of registers nor
qubits made and freed, and no angle by its value; every other call must agree, Clifford gates too.
"""
