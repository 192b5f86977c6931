r"""What each protocol sends: messages, qubits, classical bits, rounds, and shots.

Messages and rounds are those of quantum registers; the bits of results follow at the end, in one
message to each of the other parties. Parallel shots travel together: rounds are then those of one.
"""

from typing import Any, Literal

import sympy
from attrs import evolve, frozen

from bloqs.communication.model.amplitude import clock_length, repetitions, value_bits
from bloqs.communication.model.inner_product import least_qubits
from bloqs.communication.model.outline import AnyOutline, Form, LastBlock, Moves
from bloqs.communication.model.rounding import (
    ceiling,
    check_between,
    check_failure,
    is_symbolic,
    ln,
)
from bloqs.communication.model.schedule import greedy_updates, mirror_error, mirror_updates
from bloqs.communication.model.shots import (
    gradient_copies,
    loss_shots,
    result_bits,
    shift_result_bits,
    shift_shots,
)

Variant = Literal["grouped", "hadamard", "shift"]
VARIANTS: tuple[Variant, ...] = ("grouped", "hadamard", "shift")
"""Ways to find gradients whose numbers are all known."""


@frozen(kw_only=True)
class Counts:
    """What one protocol sends.

    Args:
        messages: with quantum registers.
        qubits: in all of them. Unit: qubits.
        bits: classical, of results.
        rounds: longest chain of quantum messages.
        shots: executions that are measured, over all states.
        encodings: how often the data are encoded in a state, or a state of them is undone.
    """

    messages: Any
    qubits: Any
    bits: Any
    rounds: Any
    shots: Any
    encodings: Any

    def times(self, number: Any) -> "Counts":
        """So many of them, one after the other."""
        return Counts(
            messages=self.messages * number,
            qubits=self.qubits * number,
            bits=self.bits * number,
            rounds=self.rounds * number,
            shots=self.shots * number,
            encodings=self.encodings * number,
        )

    def with_bits(self, bits: Any) -> "Counts":
        """So many classical bits more."""
        return Counts(
            messages=self.messages,
            qubits=self.qubits,
            bits=self.bits + bits,
            rounds=self.rounds,
            shots=self.shots,
            encodings=self.encodings,
        )

    def encoding_gates(self, qubits: Any) -> Any:
        """Gates of all encodings by the exact tree: N - 1 rotations and N - 2 CNOTs each."""
        return self.encodings * (2 * 2**qubits - 3)


def _of(moves: Moves, shots: Any, rounds: Any, is_parallel: bool, bits: Any = 0) -> Counts:
    return Counts(
        messages=moves.messages,
        qubits=moves.qubits,
        bits=bits,
        rounds=rounds if is_parallel else moves.messages,
        shots=shots,
        encodings=shots,
    )


def shot(outline: AnyOutline) -> Counts:
    """One run of the model: (2L - 1) messages of n qubits."""
    return _of(Moves(outline.sends, outline.sends * outline.qubits), 1, outline.sends, True)


def inference(
    outline: AnyOutline,
    epsilon: Any,
    delta: Any,
    readout: str = "Z",
    is_parallel: bool = False,
) -> Counts:
    """The loss from shots; the count of one outcome goes to everybody else."""
    shots = loss_shots(epsilon, delta, readout)
    moves = Moves(outline.sends, outline.sends * outline.qubits).times(shots)
    bits = outline.others * result_bits(shots)
    return _of(moves, shots, outline.sends, is_parallel, bits)


def amplitude_estimated(
    outline: AnyOutline, epsilon: Any, delta: Any, readout: str = "Z"
) -> Counts:
    """The loss by the median of estimates, 2(T - 1)(2L - 1) messages of n + 1 qubits each.

    Only the estimates can run beside each other, not the iterates of one.
    """
    length, runs = clock_length(epsilon, readout), repetitions(delta)
    rounds = 2 * (length - 1) * outline.sends
    return Counts(
        messages=rounds * runs,
        qubits=rounds * runs * (outline.qubits + 1),
        bits=outline.others * value_bits(length),
        rounds=rounds,
        shots=runs,
        encodings=runs * (2 * (length - 1) + 1),
    )


def gradient(
    outline: AnyOutline,
    epsilon: Any,
    delta: Any,
    variant: Variant = "grouped",
    form: Form = "uncontrolled",
    readout: str = "Z",
    is_parallel: bool = False,
) -> Counts:
    """Every gradient within epsilon, all at once except with probability delta.

    Args:
        outline: of the model.
        epsilon: error of each gradient.
        delta: probability that any error is exceeded.
        variant: "grouped" reads all of a group from every copy of a gradient state, "hadamard" one
            parameter, "shift" makes two runs of the model instead; their outcomes are with the
            last owner, who sends the others the differences of counts.
        form: of the gradient state.
        readout: what the loss is.
        is_parallel: whether all copies travel together.

    Raises:
        ValueError: if a number is out of range or the variant is unknown.
    """
    if variant not in VARIANTS:
        raise ValueError(f"gradients are found by {', '.join(VARIANTS)}, got {variant!r}")
    if outline.total == 0:
        return _of(Moves(0, 0), 0, 0, True)
    if variant == "shift":
        runs = shift_shots(outline.total, epsilon, delta, readout)
        shots = 2 * outline.total * runs
        moves = Moves(outline.sends, outline.sends * outline.qubits).times(shots)
        bits = outline.foreign * shift_result_bits(runs)
        return _of(moves, shots, outline.sends, is_parallel, bits)
    copies = gradient_copies(outline.total, epsilon, delta, readout)
    if variant == "grouped":
        moves, states = outline.group_states(form), outline.group_total
    else:
        moves, states = outline.parameter_states(form), outline.total
    return _of(moves.times(copies), states * copies, outline.longest_state, is_parallel)


def training(
    outline: AnyOutline,
    kappa: Any,
    delta: Any,
    variant: Variant = "grouped",
    form: Form = "uncontrolled",
    is_parallel: bool = False,
) -> Counts:
    """Greedy training until no gradient is above kappa.

    T updates, T + 1 gradients, each within kappa/4 and failing with delta/(T + 1); after each, a
    party sends its largest count and hears one bit. No index and no parameter is sent.
    """
    check_failure(delta)
    times = greedy_updates(kappa) + 1
    once = gradient(outline, kappa / 4, delta / times, variant, form, is_parallel=is_parallel)
    if outline.total == 0:
        return once
    return once.with_bits(
        outline.others * (_largest_bits(outline, kappa, delta, variant) + 1)
    ).times(times)


def _largest_bits(outline: AnyOutline, kappa: Any, delta: Any, variant: Variant) -> Any:
    """Bits of the count from which the largest gradient of a party follows."""
    failure = delta / (greedy_updates(kappa) + 1)
    if variant == "shift":
        return shift_result_bits(shift_shots(outline.total, kappa / 4, failure))
    return result_bits(gradient_copies(outline.total, kappa / 4, failure))


def mirror_training(
    outline: AnyOutline,
    kappa: Any,
    delta: Any,
    radius: Any,
    variant: Variant = "grouped",
    form: Form = "uncontrolled",
    is_parallel: bool = False,
) -> Counts:
    """Entropic mirror descent on a convex loss, to a gap of kappa; gradients are at most 1."""
    check_failure(delta)
    times = mirror_updates(kappa, radius, outline.total)
    error = mirror_error(kappa, radius)
    once = gradient(outline, error, delta / times, variant, form, is_parallel=is_parallel)
    return once.times(times)


def fine_tuning(
    outline: AnyOutline,
    kappa: Any,
    delta: Any,
    variant: Variant = "grouped",
    is_parallel: bool = False,
) -> Counts:
    """Greedy training of the last block alone: its owner reads all, nothing returns."""
    last = outline if isinstance(outline, LastBlock) else outline.last_block
    check_failure(delta)
    times = greedy_updates(kappa) + 1
    once = gradient(last, kappa / 4, delta / times, variant, is_parallel=is_parallel)
    return once.times(times)


def data_parallel(qubits: Any, norm_bits: Any) -> Counts:
    """A state of data of two parties: a norm one way, n + 1 qubits the other.

    Args:
        qubits: n of each half.
        norm_bits: of the norm that the second party sends first.
    """
    return _of(Moves(1, qubits + 1), 1, 1, True, norm_bits)


def exact(problem: str, qubits: Any, layers: Any = 1) -> Counts:
    """One run of a protocol of an exact problem, or of a model of phases.

    Args:
        problem: as `EXACT` names it.
        qubits: n.
        layers: L, where there are any.

    Raises:
        ValueError: if there is no such problem.
    """
    if problem not in EXACT:
        raise ValueError(f"problems are {', '.join(EXACT)}, got {problem!r}")
    messages, width, encodings = {
        "vector-in-subspace": (1, qubits, 1),
        "raz": (2, qubits, 1),
        "hidden-matching": (1, qubits, 1),
        "equal-or-orthogonal": (1, qubits, 2),
        "inner-product": (2 * layers - 1, qubits, 0),
        "dense-coding": (1, least_qubits(qubits, layers), 0),
        "fourier": (2 * layers, qubits, 0),
    }[problem]
    one = _of(Moves(messages, messages * width), 1, messages, True)
    return evolve(one, encodings=encodings)


EXACT = ("vector-in-subspace", "raz", "hidden-matching", "equal-or-orthogonal", "inner-product",
         "dense-coding", "fourier")  # fmt: skip
"""Protocols of one run."""


def matching_copies(share: Any, delta: Any) -> Any:
    """Runs after which an edge has been found but with probability delta.

    ceil(ln(1/delta)/(2 alpha)), and one if the matching is perfect.
    """
    check_between("alpha, edges over N,", share, 0, 0.5, is_open=False)
    if not is_symbolic(share) and float(share) == 0.5:
        return 1
    check_failure(delta)
    many = ceiling(ln(1 / delta) / (2 * share))
    if not is_symbolic(share):
        return many
    return sympy.Piecewise((1, sympy.Eq(share, sympy.Rational(1, 2))), (many, True))
