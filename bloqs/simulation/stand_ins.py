"""The stand-ins of a simulation and the gates they become."""

from types import MappingProxyType

from bloqs.simulation.dilation import Dilation
from bloqs.simulation.stand_in import as_one_gate
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.circuit import Blocks

STAND_INS: Blocks = MappingProxyType({Dilation: as_one_gate, VectorDilation: as_one_gate})
"""To be given as `blocks` of a run, with other blocks or alone."""
