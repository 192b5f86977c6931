"""Part of an encoded vector's register, read as flags."""

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.encodings.tensor_vector import TensorVector
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class SubEncoding(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes what is left of an encoded vector where `flags` qubits of its register are zero.

    The vector $\psi$ of the larger register is close to what a vector-encoding $(\beta, f, \delta)$
    of $\varphi$ with $f$ flags would prepare; so $f$ of its qubits become ancillas, and nothing is
    done to them. With $\beta = 1$ and no further errors, $\psi = |0\rangle \varphi$ exactly.

    Args:
        vector: vector-encoding $(\alpha, a, e)$ of $\psi$, without control.
        flags: f, in [0, system qubits of `vector` - 1]. Unit: qubits.
        beta: alpha of the encoding of $\varphi$ that $\psi$ approximates, at least 1. Unit: 1.
        gamma: l2 distance of $\psi$ from what that encoding prepares. Unit: 1.
        delta: error of that encoding (l2 norm). Unit: 1.
        is_leading: whether the flags are the most significant qubits of the register, not the
            least significant ones.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system qubits of `vector` - f). Starts in zero.
        ancilla: QAny(a + f): the ancillas of `vector`, then the flags. Starts in zero; finding
            zero again flags success.

    Encodes: $\varphi$ with alpha = alpha beta and epsilon = delta + beta (e + gamma) (l2 norm).

    Cost: one call of `vector`, controlled if this is.

    Raises:
        ValueError: if `flags` is out of range, beta is below 1, gamma or delta is negative, or
            `vector` is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. B.10; Lem. B.11 is beta = 1, gamma = delta = 0, leading flags.
    """

    vector: AbstractVectorEncoding
    flags: SymbolicInt
    beta: SymbolicFloat
    gamma: SymbolicFloat
    delta: SymbolicFloat
    is_leading: bool = False

    def __attrs_post_init__(self) -> None:
        check_parts("sub-encoding", self.vector)
        n = self.vector.system_bitsize
        if not is_symbolic(self.flags, n) and not 0 <= self.flags < n:
            raise ValueError(f"sub-encoding needs 0 <= flags < {n}, got flags={self.flags}")
        beta = sympy.sympify(self.beta)
        if beta.is_number and not beta >= 1:
            raise ValueError(f"sub-encoding needs beta >= 1, got beta={self.beta}")
        for name in ("gamma", "delta"):
            if sympy.sympify(getattr(self, name)).is_negative:
                raise ValueError(f"sub-encoding needs {name} >= 0, got {getattr(self, name)}")

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha * self.beta

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.delta + sympy.sympify(self.beta) * (self.vector.epsilon + self.gamma)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize - self.flags

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + self.flags

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("zero bits", self.flags),
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(self.vector, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        a = self.vector.ancilla_bitsize
        own, flags = ancilla[:a], ancilla[a:]
        whole = [*flags, *system] if self.is_leading else [*system, *flags]
        (step,) = self.calls
        wires.on(step, ctrl=self.control, system=whole, ancilla=own)

    def __str__(self) -> str:
        return f"SubEncoding{'†' if self.is_adjoint else ''}({self.flags} flags)"


def without_leading_zeros(vector: AbstractVectorEncoding, flags: SymbolicInt) -> SubEncoding:
    r"""The encoding of $\psi$ that an encoding of $|0\rangle_{flags} \psi$ is."""
    return SubEncoding(vector, flags, beta=1, gamma=0, delta=0, is_leading=True)


@bloq_example(generalizer=SAME_CALLS)
def _sub_encoding() -> SubEncoding:
    return SubEncoding(loaded_vector_example.make(), flags=1, beta=1.25, gamma=0.0, delta=0.0)


@bloq_example(generalizer=SAME_CALLS)
def _sub_encoding_controlled() -> SubEncoding:
    loaded = loaded_vector_example.make()
    return SubEncoding(
        loaded, flags=1, beta=1.25, gamma=0.0, delta=0.0, is_leading=True, is_controlled=True
    )


@bloq_example(generalizer=SAME_CALLS)
def sub_encoding_symbolic_example() -> SubEncoding:
    tensor = TensorVector(UniformVector(symbols.c), loaded_vector_symbolic_example.make())
    return SubEncoding(tensor, symbols.c, symbols.kappa, symbols.gamma, symbols.delta)
