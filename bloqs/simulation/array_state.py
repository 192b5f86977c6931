"""A state vector in one array, from which qubits in a known basis state are left out.

A qubit takes an axis of the array from when it is neither zero nor one until it is measured or
found in zero again. Gates change the array where it lies. Several states, the columns, go through
the same gates at once.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import cirq
import numpy as np
from numpy.typing import NDArray

State = NDArray[np.complexfloating]
Matrix = NDArray[Any]

UNEVEN = 1e-6
"""Difference between two columns' probabilities of an outcome that is not taken for rounding."""


class ArrayState:
    """Amplitudes of numbered qubits, in one or several columns.

    Args:
        dtype: precision of the amplitudes.
        columns: how many states there are.
        seed: decides the outcomes of measurements, the same ones for all columns.
    """

    def __init__(self, dtype: type[np.complexfloating], columns: int, seed: int) -> None:
        self.data: State = np.ones(columns, dtype=dtype)
        self.axis: dict[int, int] = {}
        self.bit: dict[int, int] = {}
        self.factor = 1.0 + 0.0j
        self.outcomes = cirq.ClassicalDataDictionaryStore()
        self._random = np.random.default_rng(seed)
        self._spare: State | None = None

    def start_at(self, qubits: Sequence[int], numbers: Sequence[int]) -> None:
        """Add qubits in basis states, one number for each column, the first qubit the highest."""
        width, columns = len(qubits), np.arange(len(numbers))
        bits = [[number >> (width - 1 - k) & 1 for number in numbers] for k in range(width)]
        joint = [k for k in range(width) if len(set(bits[k])) > 1]
        self.bit |= {qubits[k]: bits[k][0] for k in range(width) if k not in joint}
        if joint:
            self.data = np.zeros((2,) * len(joint) + (len(numbers),), dtype=self.data.dtype)
            where: tuple[Any, ...] = (*(bits[k] for k in joint), columns)
            self.data[where] = 1
            self.axis = {qubits[k]: axis for axis, k in enumerate(joint)}

    def start_in(self, qubits: Sequence[int], amplitudes: State) -> None:
        """Add qubits in joint states, an array of shape (2**q, columns)."""
        tensor = amplitudes.reshape((2,) * len(qubits) + (-1,))
        joint: list[int] = []
        for qubit in qubits:
            zero, one = np.moveaxis(tensor, len(joint), 0)
            if np.any(zero) and np.any(one):
                joint.append(qubit)
            else:
                self.bit[qubit] = int(np.any(one))
                tensor = (zero, one)[self.bit[qubit]]
        self.data = np.array(tensor, dtype=self.data.dtype, order="C")
        self.axis = {qubit: axis for axis, qubit in enumerate(joint)}

    def start_on(self, qubits: Sequence[int], places: NDArray[np.bool_], amplitudes: State) -> None:
        """Add qubits in one joint state, given where it is not zero.

        Args:
            qubits: all of them.
            places: Array of shape (m, q): the bits of m basis states.
            amplitudes: Array of shape (m,).
        """
        free = [k for k in range(len(qubits)) if places[:, k].any() and not places[:, k].all()]
        self.bit |= {qubits[k]: int(places[0, k]) for k in range(len(qubits)) if k not in free}
        self.axis = {qubits[k]: axis for axis, k in enumerate(free)}
        data = np.zeros(1 << len(free), dtype=self.data.dtype)
        data[places[:, free] @ (1 << np.arange(len(free))[::-1])] = amplitudes
        self.data = data.reshape((2,) * len(free) + (1,))

    def start_in_zero(self, qubits: Iterable[int]) -> None:
        self.bit |= dict.fromkeys(qubits, 0)

    def scale(self, bits: dict[int, int], factor: complex) -> None:
        """Multiply the amplitudes where these qubits have these values."""
        axes, values = [], 0
        for qubit, bit in bits.items():
            axis = self.axis.get(qubit)
            if axis is not None:
                axes.append(axis)
                values = 2 * values + bit
            elif self.bit[qubit] != bit:
                return
        if axes:
            self.data[index(self.data.ndim, tuple(axes), values)] *= factor
        else:
            self.factor *= factor

    def permute(
        self, qubits: Sequence[int], targets: tuple[int, ...], phases: tuple[complex, ...]
    ) -> None:
        """Take basis state x of the qubits to `targets[x]`, times `phases[x]`."""
        axes = [self.axis[qubit] for qubit in qubits if qubit in self.axis]
        if len(axes) == len(qubits):
            self._move(axes, targets, phases)
            return
        known = tuple([self.bit.get(qubit) for qubit in qubits])
        after, inside, factors = _with_known(known, targets, phases)
        new = [qubit for qubit, bit in zip(qubits, after, strict=True) if bit is None]
        if not axes:
            self.factor *= factors[0]
        elif new == [qubit for qubit, bit in zip(qubits, known, strict=True) if bit is None]:
            self._move(axes, inside, factors)
        else:
            self._rebuild(new, axes, inside, factors)
        for qubit, bit in zip(qubits, after, strict=True):
            if bit is None:
                self.bit.pop(qubit, None)
            else:
                self.bit[qubit] = bit

    def _move(self, axes: Sequence[int], targets: Sequence[int], phases: Sequence[complex]) -> None:
        """Permute slices of the array in place, cycle by cycle."""
        data, where = self.data, tuple(axes)
        done = 0
        for start, end in enumerate(targets):
            if done >> start & 1:
                continue
            if end == start:
                if phases[start] != 1:
                    data[index(data.ndim, where, start)] *= phases[start]
                continue
            cycle = [start]
            while end != start:
                cycle.append(end)
                done |= 1 << end
                end = targets[end]
            slices = [data[index(data.ndim, where, x)] for x in cycle]
            saved = self._copy(slices[-1])
            for k in range(len(cycle) - 1, 0, -1):
                _put(slices[k], slices[k - 1], phases[cycle[k - 1]])
            _put(slices[0], saved, phases[cycle[-1]])

    def _rebuild(
        self, qubits: list[int], axes: list[int], places: Sequence[int], phases: Sequence[complex]
    ) -> None:
        """Replace axes by those of `qubits`, in front, slice by slice."""
        old, rest = self.data, [k for k in range(self.data.ndim - 1) if k not in axes]
        shape = (2,) * (len(qubits) + len(rest)) + old.shape[-1:]
        self.data = np.zeros(shape, dtype=old.dtype)
        for x, place in enumerate(places):
            target = self.data[index(len(shape), tuple(range(len(qubits))), place)]
            _put(target, old[index(old.ndim, tuple(axes), x)], phases[x])
        moved = {axis: len(qubits) + k for k, axis in enumerate(rest)}
        self.axis = {q: moved[axis] for q, axis in self.axis.items() if axis in moved}
        self.axis |= {qubit: k for k, qubit in enumerate(qubits)}

    def turn(self, qubit: int, gate: Sequence[complex]) -> None:
        """Apply the matrix (a, b, c, d), row by row, to one qubit."""
        a, b, c, d = gate
        axis = self.axis.get(qubit)
        if axis is None:
            zero, one = ((a, c), (b, d))[self.bit.pop(qubit)]
            old, self.data = self.data, np.empty((2, *self.data.shape), dtype=self.data.dtype)
            np.multiply(old, zero, out=self.data[0])
            np.multiply(old, one, out=self.data[1])
            self._insert(qubit)
            return
        shape = self.data.shape
        low, high = (self.data[index(len(shape), (axis,), x)] for x in (0, 1))
        saved = self._copy(low)
        low *= a
        part = high * b
        low += part
        high *= d
        saved *= c
        high += saved

    def _insert(self, qubit: int) -> None:
        """Note that a qubit has got the first axis."""
        self.axis = {other: axis + 1 for other, axis in self.axis.items()}
        self.axis[qubit] = 0

    def include(self, qubits: Iterable[int]) -> None:
        """Give axes to qubits in a known state."""
        for qubit in [q for q in qubits if q not in self.axis]:
            old, self.data = self.data, np.zeros((2, *self.data.shape), dtype=self.data.dtype)
            self.data[self.bit.pop(qubit)] = old
            self._insert(qubit)

    def in_front(self, qubits: Sequence[int]) -> State:
        """The array as one of shape (2**q, rest) with these qubits' axes first; all have one."""
        axes = [self.axis[qubit] for qubit in qubits]
        if axes != list(range(len(axes))):
            order = [*axes, *(k for k in range(self.data.ndim) if k not in axes)]
            new = self._empty(self.data.shape)
            np.copyto(new, self.data.transpose(order))
            self._retire(new)
            place = {axis: k for k, axis in enumerate(order)}
            self.axis = {qubit: place[axis] for qubit, axis in self.axis.items()}
        return self.data.reshape(1 << len(axes), -1)

    def multiply(self, qubits: Sequence[int], unitary: Matrix) -> None:
        """Apply a real or complex matrix of shape (2**q, 2**q)."""
        known = [qubit for qubit in qubits if qubit not in self.axis]
        free = [qubit for qubit in qubits if qubit in self.axis]
        if known:
            unitary = unitary[:, numbers_with([self.bit.get(qubit) for qubit in qubits])]
        flat = self.in_front(free)
        rest = self.data.shape[len(free) :]
        out = self._empty((len(unitary), flat.shape[1]))
        if np.isrealobj(unitary):
            real = flat.real.dtype
            np.matmul(unitary, flat.view(real), out=out.view(real))
        else:
            np.matmul(unitary, flat, out=out)
        self._retire(out.reshape((2,) * len(qubits) + rest))
        if known:
            others = sorted(self.axis.keys() - set(qubits), key=self.axis.__getitem__)
            self.axis = {qubit: k for k, qubit in enumerate([*qubits, *others])}
            for qubit in known:
                del self.bit[qubit]

    def measure(self, qubit: int) -> int:
        """The outcome of a measurement, after which the qubit is in that basis state."""
        axis = self.axis.get(qubit)
        if axis is None:
            return self.bit[qubit]
        slices = [self.data[index(self.data.ndim, (axis,), x)] for x in (0, 1)]
        weights = np.array([_weights(part) for part in slices], dtype=float)
        chance = weights[1] / weights.sum(axis=0)
        if np.ptp(chance) > UNEVEN:
            raise AssertionError(
                f"a measurement inside tells inputs apart: one comes with probability "
                f"{chance.min():.6g} or {chance.max():.6g}"
            )
        outcome = int(self._random.random() < chance[0])
        self._drop(qubit, outcome, float(1 / np.sqrt(chance[0] if outcome else 1 - chance[0])))
        return outcome

    def chance_of_zero(self, qubit: int) -> float:
        """Of a measurement of a qubit, one column."""
        axis = self.axis.get(qubit)
        if axis is None:
            return float(self.bit[qubit] == 0)
        zero, one = (
            float(np.sum(_weights(self.data[index(self.data.ndim, (axis,), x)]))) for x in (0, 1)
        )
        return zero / (zero + one)

    def project(self, qubit: int, outcome: int, chance: float) -> None:
        """Keep what a measurement with this outcome leaves, whose chance is that, not zero."""
        if qubit in self.axis:
            self._drop(qubit, outcome, chance**-0.5)

    def part_with(self, qubit: int, tolerance: float) -> float:
        """Take the axis of a qubit away if it is in zero, and say how far from zero it is."""
        axis = self.axis.get(qubit)
        if axis is None:
            return float(self.bit[qubit])
        away = float(np.abs(self.data[index(self.data.ndim, (axis,), 1)]).max())
        if away <= tolerance:
            self._drop(qubit, 0, 1.0)
        return away

    def _drop(self, qubit: int, outcome: int, factor: float) -> None:
        axis = self.axis.pop(qubit)
        part = self.data[index(self.data.ndim, (axis,), outcome)]
        self.data = np.multiply(part, factor, out=np.empty(part.shape, dtype=part.dtype))
        self.axis = {other: k - (k > axis) for other, k in self.axis.items()}
        self.bit[qubit] = outcome

    def amplitudes(self, qubits: Sequence[int]) -> State:
        """Array of shape (2**q, columns) on these qubits, which are all that have an axis."""
        free = [qubit for qubit in qubits if qubit in self.axis]
        order = [*(self.axis[qubit] for qubit in free), self.data.ndim - 1]
        found = self.data.transpose(order) * self.data.dtype.type(self.factor)
        if len(free) < len(qubits):
            whole = np.zeros((2,) * len(qubits) + found.shape[-1:], dtype=found.dtype)
            whole[tuple(slice(None) if q in self.axis else self.bit[q] for q in qubits)] = found
            found = whole
        return found.reshape(1 << len(qubits), -1)

    def _copy(self, part: State) -> State:
        """A copy in memory that serves again; valid until the next call."""
        if self._spare is None or self._spare.size < part.size:
            self._spare = np.empty(self.data.size, dtype=self.data.dtype)
        copy = self._spare[: part.size].reshape(part.shape)
        np.copyto(copy, part)
        return copy

    def _empty(self, shape: tuple[int, ...]) -> State:
        spare, size = self._spare, int(np.prod(shape))
        if spare is None or spare.size != size:
            return np.empty(shape, dtype=self.data.dtype)
        return spare.reshape(shape)

    def _retire(self, new: State) -> None:
        """Take an array that `_empty` gave for the data; the old one's memory serves again."""
        old, self.data = self.data, new
        self._spare = old.reshape(-1) if old.flags.c_contiguous else None


@lru_cache(maxsize=65536)
def index(dimensions: int, axes: tuple[int, ...], value: int) -> tuple[Any, ...]:
    """What selects the slice where the bits on these axes, the first the highest, are `value`."""
    found: list[Any] = [slice(None)] * dimensions
    for k, axis in enumerate(reversed(axes)):
        found[axis] = value >> k & 1
    return tuple(found)


def _put(target: State, source: State, phase: complex) -> None:
    if phase == 1:
        np.copyto(target, source)
    else:
        np.multiply(source, phase, out=target)


@lru_cache(maxsize=65536)
def _with_known(
    known: tuple[int | None, ...], targets: tuple[int, ...], phases: tuple[complex, ...]
) -> tuple[tuple[int | None, ...], tuple[int, ...], tuple[complex, ...]]:
    """A permutation where some bits are known: bits known after, images of the rest, phases."""
    top, domain = len(known) - 1, numbers_with(known)
    images = [targets[x] for x in domain]
    after: list[int | None] = []
    inside = [0] * len(images)
    for k in range(len(known)):
        bits = [image >> (top - k) & 1 for image in images]
        if len(set(bits)) == 1:
            after.append(bits[0])
        else:
            after.append(None)
            inside = [2 * x + bit for x, bit in zip(inside, bits, strict=True)]
    return tuple(after), tuple(inside), tuple(phases[x] for x in domain)


def numbers_with(bits: Sequence[int | None]) -> list[int]:
    """The numbers with these bits, the highest first; `None` is either."""
    found = [0]
    for bit in bits:
        found = [2 * x + b for x in found for b in ((0, 1) if bit is None else (bit,))]
    return found


def _weights(part: State) -> Any:
    """Squared length of each column."""
    flat = part.reshape(-1, part.shape[-1])
    return np.einsum("ij,ij->j", flat.real, flat.real) + np.einsum("ij,ij->j", flat.imag, flat.imag)
