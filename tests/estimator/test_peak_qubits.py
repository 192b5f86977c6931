"""Peak width against two routes: Cirq qubits alive in the flattened circuit, and Qualtran."""

import cirq
import numpy as np
import pytest
from attrs import frozen
from qualtran import Bloq, BloqBuilder, CBit, CtrlSpec, QBit, QInt, QUInt, Register, Side, Signature
from qualtran.bloqs.arithmetic import (
    Add,
    AddK,
    CAdd,
    GreaterThan,
    LessThanConstant,
    LessThanEqual,
    Negate,
    OutOfPlaceAdder,
    Subtract,
    Xor,
)
from qualtran.bloqs.arithmetic.comparison import BiQubitsMixer
from qualtran.bloqs.arithmetic.hamming_weight import HammingWeightCompute
from qualtran.bloqs.arithmetic.sorting import Comparator, ParallelComparators
from qualtran.bloqs.basic_gates import (
    CSwap,
    Hadamard,
    MeasureZ,
    OnEach,
    Power,
    Swap,
    XGate,
    ZeroState,
)
from qualtran.bloqs.block_encoding import LCUBlockEncoding
from qualtran.bloqs.chemistry.hubbard_model.qubitization import PrepareHubbard, SelectHubbard
from qualtran.bloqs.chemistry.trotter.hubbard.interaction import InteractionHWP
from qualtran.bloqs.data_loading.qroam_clean import QROAMClean
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.bloqs.data_loading.select_swap_qrom import SelectSwapQROM
from qualtran.bloqs.gf_arithmetic import GF2Inverse
from qualtran.bloqs.mcmt import And, MultiAnd, MultiControlX, MultiTargetCNOT
from qualtran.bloqs.mod_arithmetic import ModAdd, ModDbl
from qualtran.bloqs.qft import QFTTextBook
from qualtran.bloqs.state_preparation import PrepareUniformSuperposition
from qualtran.bloqs.state_preparation.state_preparation_alias_sampling import (
    StatePreparationAliasSampling,
)
from qualtran.bloqs.swap_network import CSwapApprox, MultiplexedCSwap, SwapWithZero
from qualtran.cirq_interop import BloqAsCirqGate, get_named_qubits
from qualtran.resource_counting import QubitCount, get_cost_value
from qualtran.symbolics import HasLength
from qualtran.symbolics import log2 as ceil_free_log2
