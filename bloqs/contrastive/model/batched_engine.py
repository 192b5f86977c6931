"""An engine in NumPy: outputs of a representation circuit for many inputs, exact or from shots.

Qubit 0 is the most significant bit of a string, and output k belongs to qubit k, for exact outputs
and for strings alike.
"""

from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import ArrayLike, NDArray

from bloqs.contrastive.model import compiled_gates, compiled_shots
from bloqs.contrastive.model.ansatz_parts import angles_of, check_ansatz, kind_named
from bloqs.contrastive.model.branch_signs import MOST_BRANCHES, branch_signs, branches_of
from bloqs.contrastive.model.gate_program import GateProgram, alone, encoded

Floats = NDArray[Any]
Complexes = NDArray[Any]
Strings = NDArray[np.int64]

MEMORY = 2**32
"""What an engine may hold, unless told otherwise. Unit: bytes."""

ROW = 2**14
"""Amplitudes that are worked on together; they stay in the cache of a processor."""

MOST_SAMPLES, FEWEST_SAMPLES = 64, 4
"""Samples that are worked on together."""


@frozen(eq=False, kw_only=True)
class Engine:
    """Runs one ansatz after the inputs, as turns about X.

    Args:
        kind: of the ansatz, by a name in `KINDS` or one of the published code.
        width: W. Unit: qubits.
        layers: L.
        is_single: amplitudes of single precision: outputs to 2e-6 instead of 1e-10.
        is_half_measured: qubits 0, 2, 4 and so on, floor(W/2) of them, are measured between layers.
        memory: what may be held at once. Unit: bytes.

    Raises:
        ValueError: if there is no such ansatz of this size, or a state does not fit in memory.
    """

    kind: str = field(converter=kind_named)
    width: int
    layers: int
    is_single: bool = False
    is_half_measured: bool = False
    memory: int = MEMORY
    program: GateProgram = field(init=False, repr=False)
    ansatz: GateProgram = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_ansatz(self.kind, self.width, self.layers)
        self.demand(self.bytes_needed, "states")
        object.__setattr__(self, "program", encoded(self.kind, self.width, self.layers))
        object.__setattr__(self, "ansatz", alone(self.kind, self.width, self.layers))

    @property
    def angles(self) -> int:
        """P, angles of the ansatz."""
        return int(angles_of(self.kind, self.width, self.layers))

    @property
    def real(self) -> Any:
        """Type of the parts of an amplitude."""
        return np.float32 if self.is_single else np.float64

    @property
    def chunk(self) -> int:
        """Samples that are worked on together."""
        return int(max(FEWEST_SAMPLES, min(MOST_SAMPLES, ROW >> self.width)))

    @property
    def bytes_needed(self) -> int:
        """Two states of some samples: one forwards, one back. Unit: bytes."""
        return 2 * 2 * np.dtype(self.real).itemsize * self.chunk << self.width

    def bytes_of(self, states: int) -> int:
        """What so many states take. Unit: bytes."""
        return 2 * int(np.dtype(self.real).itemsize) * states << self.width

    def demand(self, needed: int, what: str) -> None:
        """Refuse what does not fit.

        Raises:
            ValueError: which says how much is needed.
        """
        if needed > self.memory:
            raise ValueError(
                f"{what} of {self.width} qubits need {needed / 2**30:.4g} GiB, and the engine may "
                f"hold {self.memory / 2**30:.4g} GiB; take fewer qubits or allow more memory"
            )

    def checked(self, inputs: ArrayLike, angles: ArrayLike) -> tuple[Floats, Floats]:
        """Inputs of shape (samples, W) and angles of shape (P,), as arrays.

        Raises:
            ValueError: if they have another shape or are not finite.
        """
        rows, turns = np.asarray(inputs, dtype=float), np.asarray(angles, dtype=float)
        if rows.ndim != 2 or rows.shape[1] != self.width:
            raise ValueError(f"inputs need shape (samples, {self.width}), got {rows.shape}")
        if turns.shape != (self.angles,):
            raise ValueError(f"the ansatz needs {self.angles} angles, got shape {turns.shape}")
        check_finite("inputs", rows)
        check_finite("angles", turns)
        return rows, turns

    def halves(self, inputs: Floats, angles: Floats) -> tuple[Floats, Floats]:
        """Cosine and sine of half of every angle of the program; shape (W + P, samples)."""
        both = np.vstack([inputs.T, np.repeat(angles[:, None], len(inputs), 1)]) / 2
        return np.cos(both).astype(self.real), np.sin(both).astype(self.real)

    def outputs(self, inputs: ArrayLike, angles: ArrayLike) -> Floats:
        """Exact mean of Z of every qubit; shape (samples, W)."""
        rows, turns = self.checked(inputs, angles)
        if self.is_half_measured and self.layers > 1:
            return self._dephased(rows, turns)
        c, s = self.halves(rows, turns)
        out = np.empty((self.width, len(rows)), self.real)
        for part in self.parts(len(rows)):
            found = np.empty((self.width, part.stop - part.start), self.real)
            cs, sn = whole(c[:, part]), whole(s[:, part])
            size = min(self.chunk, len(cs.T))
            compiled_gates.values(self.program.rows, self.width, cs, sn, size, found)
            out[:, part] = found
        return out.T

    def with_gradient(
        self, inputs: ArrayLike, angles: ArrayLike, weights: ArrayLike
    ) -> tuple[Floats, Floats, Floats]:
        """Outputs, and derivatives of sum(weights * outputs), by the adjoint method.

        Args:
            inputs: shape (samples, W). Unit: radians.
            angles: shape (P,). Unit: radians.
            weights: shape (samples, W).

        Returns:
            Outputs (samples, W), derivatives by inputs (samples, W), and by angles for every
            sample (samples, P).

        Raises:
            ValueError: also if so many qubits are measured between layers that their mean over
                circuits is too long.
        """
        rows, turns = self.checked(inputs, angles)
        if self.is_half_measured and self.layers > 1:
            return self._branched_gradient(rows, turns, weights)
        c, s = self.halves(rows, turns)
        upstream = np.asarray(weights, self.real).T
        out = np.empty((self.width, len(rows)), self.real)
        slopes = np.empty((self.width + self.angles, len(rows)), self.real)
        for part in self.parts(len(rows)):
            found = np.empty((self.width, part.stop - part.start), self.real)
            turned = np.empty((len(slopes), part.stop - part.start), self.real)
            cs, sn, up = (whole(each[:, part]) for each in (c, s, upstream))
            size = min(self.chunk, len(cs.T))
            compiled_gates.slopes(
                self.program.rows, self.width, cs, sn, size, up, found, turned
            )  # fmt: skip
            out[:, part], slopes[:, part] = found, turned
        return out.T, slopes[: self.width].T, slopes[self.width :].T

    def _branched_gradient(
        self, rows: Floats, angles: Floats, weights: ArrayLike
    ) -> tuple[Floats, Floats, Floats]:
        number = branches_of(self.width, self.layers)
        if number > MOST_BRANCHES:
            raise ValueError(
                f"the adjoint method takes a mean over {number} circuits where qubits are measured "
                f"between layers, at most {MOST_BRANCHES}; take fewer layers, or the rule two-term"
            )
        pure = evolve(self, is_half_measured=False)
        total = [np.zeros((len(rows), size)) for size in (self.width, self.width, self.angles)]
        for all_signs in branch_signs(self.program):
            own = all_signs[self.width :]
            found = pure.with_gradient(rows, own * angles, weights)
            for sum_, each, sign in zip(total, found, (1, 1, own), strict=True):
                sum_ += sign * each / number
        outputs, by_inputs, by_angles = (each.astype(self.real) for each in total)
        return outputs, by_inputs, by_angles

    def parts(self, samples: int) -> list[slice]:
        """Samples in whole chunks, and the rest."""
        full = samples - samples % self.chunk
        parts = [slice(0, full), slice(full, samples)]
        return [part for part in parts if part.stop > part.start]

    def _fused(self, angles: Floats, first: int, last: int) -> Complexes:
        self.demand(6 * np.dtype(self.real).itemsize << 2 * self.width, "matrices")
        re = np.eye(2**self.width, dtype=self.real)
        im = np.zeros_like(re)
        c, s = np.cos(angles / 2).astype(self.real), np.sin(angles / 2).astype(self.real)
        compiled_shots.matrices(self.ansatz.rows, first, last, c, s, re, im)
        return re + 1j * im

    def layer_unitaries(self, angles: Floats) -> list[Complexes]:
        """What is before the second layer, and then every further layer."""
        marks = [0, *self.ansatz.ends]
        return [self._fused(angles, *marks[k : k + 2]) for k in range(self.layers)]

    def product_states(self, inputs: Floats) -> Complexes:
        """States after the layer of the inputs; shape (samples, 2**W)."""
        self.demand(self.bytes_of(len(inputs)), "states of inputs")
        states = np.ones((len(inputs), 1), np.result_type(self.real, np.complex64))
        for column in inputs.T:
            pair = np.stack([np.cos(column / 2) + 0j, -1j * np.sin(column / 2)], 1)
            states = (states[:, :, None] * pair[:, None, :]).reshape(len(inputs), -1)
        return states.astype(np.result_type(self.real, np.complex64))

    def states(self, inputs: ArrayLike, angles: ArrayLike) -> Complexes:
        """Final states without a measurement between layers; shape (samples, 2**W)."""
        rows, turns = self.checked(inputs, angles)
        self.demand(self.bytes_of(len(rows)), "final states")
        c, s = self.halves(rows, turns)
        out = np.empty((len(rows), 2**self.width), np.result_type(self.real, np.complex64))
        compiled_shots.final_states(self.program.rows, self.width, c, s, out)
        return out

    def observables(self, angles: ArrayLike) -> Complexes:
        """What Z of every qubit measures on the encoded state; shape (W, 2**W, 2**W).

        A measurement whose bit is not used takes out what is off the diagonal of its qubits, of a
        state as of an observable; so one backward pass does for all inputs and any L.
        """
        _, turns = self.checked(np.zeros((1, self.width)), angles)
        size = 2**self.width
        self.demand(16 * (self.width + 2) * size**2, "observables")
        found = signs(self.width).T[:, :, None] * np.eye(size)
        for number, unitary in reversed(list(enumerate(self.layer_unitaries(turns)))):
            found = unitary.conj().T @ found @ unitary
            if number and self.is_half_measured:
                found = found * self.kept
        return found

    @property
    def kept(self) -> Floats:
        """1 where two strings agree on the qubits measured between layers; (2**W, 2**W)."""
        mask = sum(1 << self.width - 1 - k for k in range(0, 2 * (self.width // 2), 2))
        strings = np.arange(2**self.width) & mask
        return (strings[:, None] == strings[None, :]).astype(float)

    def _dephased(self, rows: Floats, angles: Floats) -> Floats:
        seen, states = self.observables(angles), self.product_states(rows)
        return np.stack(
            [((states.conj() @ each) * states).sum(1).real for each in seen], axis=1
        ).astype(self.real)  # fmt: skip

    def probabilities(self, inputs: ArrayLike, angles: ArrayLike) -> Floats:
        """Of every string at the end; shape (samples, 2**W)."""
        rows, turns = self.checked(inputs, angles)
        if not self.is_half_measured or self.layers == 1:
            return np.abs(self.states(rows, turns)) ** 2
        half = [1 << self.width - 1 - k for k in range(0, 2 * (self.width // 2), 2)]
        branches = 1 << len(half) * (self.layers - 1)
        each = 3 * 2 * self.real().itemsize * branches << self.width
        self.demand(each, f"{branches} branches of states")
        unitaries = self.layer_unitaries(turns)
        strings = np.arange(2**self.width)
        at_once = max(1, min(self.memory, 2**26) // each)
        found = np.empty((len(rows), 2**self.width))
        for at in range(0, len(rows), at_once):
            states = self.product_states(rows[at : at + at_once])[:, None, :]
            for number, unitary in enumerate(unitaries):
                if number:
                    for bit in half:
                        zero = (strings & bit) == 0
                        states = np.concatenate([states * zero, states * ~zero], axis=1)
                states = states @ unitary.T
            found[at : at + at_once] = (np.abs(states) ** 2).sum(1)
        return found

    def strings(
        self, inputs: ArrayLike, angles: ArrayLike, shots: int, rng: np.random.Generator
    ) -> Strings:
        """Joint strings of all qubits, one for each shot; shape (samples, shots)."""
        rows, turns = self.checked(inputs, angles)
        check_shots(shots)
        out = np.empty((len(rows), shots), np.int64)
        if self.is_half_measured and self.layers > 1:
            for sample, chances in enumerate(self.probabilities(rows, turns)):
                sums = np.cumsum(chances)
                found = np.searchsorted(sums, rng.random(shots) * sums[-1], side="right")
                out[sample] = np.minimum(found, 2**self.width - 1)
            return out
        c, s = self.halves(rows, turns)
        compiled_shots.strings(self.program.rows, self.width, c, s, rng, out)
        return out

    def sampled(
        self, inputs: ArrayLike, angles: ArrayLike, shots: int, rng: np.random.Generator
    ) -> Floats:
        """Outputs estimated from so many shots of every circuit; shape (samples, W)."""
        drawn = self.strings(inputs, angles, shots, rng)
        bits = drawn[:, :, None] >> np.arange(self.width)[::-1] & 1
        return 1 - 2 * bits.mean(axis=1)


def whole(array: Floats) -> Floats:
    """The same numbers beside each other, so that a loop is compiled for one layout."""
    return np.ascontiguousarray(array)


def signs(width: int) -> Floats:
    """Z of every qubit on every string; shape (2**W, W)."""
    return 1.0 - 2 * (np.arange(2**width)[:, None] >> np.arange(width)[::-1] & 1)


def check_shots(shots: int) -> None:
    """Refuse what is no number of shots.

    Raises:
        ValueError: in one sentence.
    """
    if not isinstance(shots, (int, np.integer)) or shots < 1:
        raise ValueError(f"shots must be a whole number from 1 on, got {shots}")


def check_finite(what: str, array: Floats) -> None:
    """Refuse NaN and infinity.

    Raises:
        ValueError: in one sentence.
    """
    wrong = array[~np.isfinite(array)]
    if wrong.size:
        raise ValueError(f"{what} must be finite, got {wrong.flat[0]}")
