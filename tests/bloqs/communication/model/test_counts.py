"""Numbers of messages and qubits: by walks of the register, printed numbers, and in letters."""

from math import ceil, exp, log

import pytest
import sympy

from bloqs.communication import symbols
from bloqs.communication.model.amplitude import clock_length
from bloqs.communication.model.counts import (
    VARIANTS,
    amplitude_estimated,
    data_parallel,
    exact,
    fine_tuning,
    gradient,
    inference,
    matching_copies,
    mirror_training,
    shot,
    training,
)
from bloqs.communication.model.outline import Outline, alternating

FIELDS = ("messages", "qubits", "bits", "rounds", "shots", "encodings")


def walked(owners, n, k, form):
    """Messages and qubits of the gradient state of block k, one step of the register at a time."""
    here, width, messages, qubits = owners[0], n, 0, 0

    def go(owner):
        nonlocal here, messages, qubits
        if owner != here:
            messages, qubits, here = messages + 1, qubits + width, owner

    for number, owner in enumerate(owners, 1):
        go(owner)
        if form == "controlled" and number == k:
            width = n + 1
    width = n + 1
    for owner in reversed(owners[k - 1 :]):
        go(owner)
    return messages, qubits


def in_turns(layers, n, parameters=1, groups=1):
    blocks = 2 * layers
    return Outline(
        owners=("Alice", "Bob") * layers,
        qubits=n,
        parameters=(parameters,) * blocks,
        groups=(groups,) * blocks,
    )


@pytest.mark.parametrize("form", ["uncontrolled", "controlled"])
@pytest.mark.parametrize(
    "owners", ["AB", "ABAB", "ABABABAB", "AABBA", "ABCAB", "A", "AAA", "BAC"], ids=str
)
def test_gradient_states(owners, form):
    """Any owners in any order."""
    outline = Outline(
        owners=tuple(owners), qubits=3, parameters=(1,) * len(owners), groups=(1,) * len(owners)
    )
    for k in range(1, len(owners) + 1):
        moves = outline.state(k, form)
        assert (moves.messages, moves.qubits) == walked(tuple(owners), 3, k, form)


@pytest.mark.parametrize("layers", range(1, 7))
@pytest.mark.parametrize("n", [1, 5])
def test_closed_forms_of_states(layers, n):
    """3L(2L - 1) messages, L(2L - 1)(3n + 1) or (3n + 2) qubits, as the walks add up."""
    for form, riders in (("uncontrolled", 1), ("controlled", 2)):
        sums = in_turns(layers, n).block_states(form)
        closed = alternating(n, layers).block_states(form)
        for k in range(1, 2 * layers + 1):
            one = alternating(n, layers).state(k, form)
            assert (one.messages, one.qubits) == walked("AB" * layers, n, k, form)
        pairs = layers * (2 * layers - 1)
        assert sums == closed
        assert (closed.messages, closed.qubits) == (3 * pairs, pairs * (3 * n + riders))


@pytest.mark.parametrize("layers", [1, 2, 4])
@pytest.mark.parametrize("is_parallel", [False, True])
def test_letters_and_sums_agree(layers, is_parallel):
    """Symbols with numbers put in give what the sum over blocks gives."""
    s = symbols
    letters = alternating(s.n, s.L, s.P, s.g)
    sums = in_turns(layers, 4, 7, 3)
    at = {s.n: 4, s.L: layers, s.P: 7, s.g: 3, s.epsilon: 0.2, s.delta: 0.03}
    in_both = [
        (inference(letters, s.epsilon, s.delta, "Z", is_parallel),
         inference(sums, 0.2, 0.03, "Z", is_parallel)),
        *(
            (gradient(letters, s.epsilon, s.delta, variant, form, "projector", is_parallel),
             gradient(sums, 0.2, 0.03, variant, form, "projector", is_parallel))
            for variant in VARIANTS
            for form in ("uncontrolled", "controlled")
        ),
        (training(letters, s.epsilon, s.delta), training(sums, 0.2, 0.03)),
        (fine_tuning(letters, s.epsilon, s.delta, "shift", is_parallel),
         fine_tuning(sums, 0.2, 0.03, "shift", is_parallel)),
        (mirror_training(letters, s.epsilon, s.delta, s.radius),
         mirror_training(sums, 0.2, 0.03, 0.8)),
    ]  # fmt: skip
    at[s.radius] = 0.8
    for symbolic, concrete in in_both:
        for name in FIELDS:
            value = sympy.sympify(getattr(symbolic, name)).subs(at)
            assert value == getattr(concrete, name), name


def test_printed_numbers():
    """At epsilon = .1, delta = .05, L = 2, n = 10, P = 1000."""
    model = alternating(10, 2, 1000, 1)
    sampled = inference(model, 0.1, 0.05)
    assert (sampled.shots, sampled.qubits, sampled.bits) == (738, 22_140, 10)
    assert (sampled.messages, sampled.rounds) == (2214, 2214)
    assert inference(model, 0.1, 0.05, is_parallel=True).rounds == 3
    estimated = amplitude_estimated(model, 0.1, 0.05)
    assert (estimated.qubits, estimated.rounds) == (58_674, 762)
    assert inference(model, 0.1, 0.05, "projector").shots == 185
    shift = gradient(model, 0.1, 0.05, "shift")
    assert (shift.shots // 4000, shift.qubits, shift.bits) == (2 * 1199, 287_760_000, 24_000)
    assert shift.shots == 4000 * 2 * 1199
    wide = alternating(20, 2, 1000, 1)
    assert gradient(wide, 0.1, 0.05, "grouped").qubits == pytest.approx(8.8e5, rel=0.01)
    assert gradient(wide, 0.1, 0.05, "shift").qubits == pytest.approx(5.8e8, rel=0.01)
    assert gradient(wide, 0.1, 0.05, "hadamard").qubits == pytest.approx(8.8e8, rel=0.01)


def test_training_is_so_many_gradients():
    """T + 1 gradients within kappa/4, and a count and a bit after each."""
    model = alternating(3, 2, 5, 2)
    whole, times = training(model, 0.5, 0.1, "hadamard"), int(64 / 3 / 0.25) + 1
    once = gradient(model, 0.125, 0.1 / times, "hadamard")
    copies = ceil(2 * log(2 * 20 * times / 0.1) / 0.125**2)
    assert (
        whole.qubits
        == times * once.qubits
        == times * 20 * copies * sum(3 * 3 + (4 - k) * 4 for k in (1, 2, 3, 4)) // 4
    )
    assert whole.bits == times * (1 + copies.bit_length())
    assert fine_tuning(model, 0.5, 0.1, "hadamard").bits == 0
    shift = training(model, 0.5, 0.1, "shift")
    runs = ceil(log(2 * 20 * times / 0.1) / 0.125**2)
    assert shift.bits == times * (11 * (2 * runs).bit_length() + 1)


def test_the_largest_count_has_bits_of_its_own():
    """255 copies have one bit less than differences of 128 shots: 22 gradients of 20 angles."""
    model = alternating(3, 2, 5, 2)
    delta = 22 * 2 * 20 / exp(254.5 / 32)  # so that 2 ln(2 * 20 * 22/delta)/(1/4)**2 is 254.5
    assert training(model, 1, delta, "hadamard").bits == 22 * (8 + 1)
    assert training(model, 1, delta, "grouped").bits == 22 * (8 + 1)
    assert training(model, 1, delta, "shift").bits == 22 * (10 * 9 + 9 + 1)


@pytest.mark.parametrize(("kappa", "radius"), [(0.5, 2.0), (2.0, 3.0), (0.4, 0.05)])
def test_mirror_descent_is_so_many_gradients(kappa, radius):
    """Within kappa/4R, or 1 if that is larger; each fails with its share of delta."""
    model, error = alternating(3, 2, 5, 2), min(1.0, kappa / (4 * radius))
    times = ceil(8 * radius**2 * (1 + error) ** 2 * log(2 * 20) / kappa**2)
    copies = ceil(2 * log(2 * 20 * times / 0.1) / error**2)
    whole = mirror_training(model, kappa, 0.1, radius)
    assert whole.shots == times * copies * 8
    assert whole.qubits == times * copies * 2 * 6 * (3 * 3 + 1)
    assert whole.bits == 0


def test_one_owner_sends_nothing():
    """A model of one party is legal and free."""
    outline = Outline(owners=("A", "A"), qubits=3, parameters=(2, 2), groups=(1, 1))
    for counts in (
        shot(outline), inference(outline, 0.1, 0.1), amplitude_estimated(outline, 0.1, 0.1),
        gradient(outline, 0.1, 0.1, "shift"), training(outline, 0.5, 0.1),
    ):  # fmt: skip
        assert (counts.messages, counts.qubits, counts.bits) == (0, 0, 0)


def test_nothing_to_train():
    outline = Outline(owners=("A", "B"), qubits=3, parameters=(0, 0), groups=(0, 0))
    assert gradient(outline, 0.1, 0.1).shots == 0
    assert training(outline, 0.5, 0.1).qubits == 0


def test_local_work():
    """Each shot encodes the data anew: N - 1 rotations and N - 2 CNOTs."""
    assert inference(alternating(10, 2), 0.1, 0.05).encoding_gates(10) == 738 * (1023 + 1022)
    assert data_parallel(4, 12).qubits == 5


@pytest.mark.parametrize(
    ("epsilon", "delta", "message"),
    [
        (0, 0.1, r"epsilon.* lies in \(0, 1\], got 0"),
        (1.5, 0.1, r"got 1\.5"),
        (float("nan"), 0.1, "got nan"),
        (0.1, 0.0, r"delta.* lies in \(0, 1\), got 0"),
        (0.1, 1.0, "got 1"),
    ],
)
def test_out_of_range(epsilon, delta, message):
    model = alternating(3, 1, 1, 1)
    for protocol in (inference, amplitude_estimated, gradient, training):
        with pytest.raises(ValueError, match=message.replace("epsilon", "(epsilon|kappa)")):
            protocol(model, epsilon, delta)


def test_unknown_ways():
    with pytest.raises(ValueError, match="found by grouped, hadamard, shift, got 'guess'"):
        gradient(alternating(3, 1, 1, 1), 0.1, 0.1, "guess")
    with pytest.raises(ValueError, match="'Z' or 'projector', got 'X'"):
        inference(alternating(3, 1), 0.1, 0.1, "X")
    with pytest.raises(ValueError, match=r"raz, .* got 'disjointness'"):
        exact("disjointness", 3)
    with pytest.raises(ValueError, match="layers L from 1, got 0"):
        alternating(3, 0)
    with pytest.raises(ValueError, match="got 2, 1 and 2"):
        Outline(owners=("A", "B"), qubits=1, parameters=(1,), groups=(1, 1))


@pytest.mark.parametrize("kappa", [0.5, 0.1])
@pytest.mark.parametrize("owners", ["AB", "ABAB", "ABC"])
def test_fine_tuning_counted_by_hand(kappa, owners):
    """T updates and a gradient more, within kappa/4; all that is sent goes forwards."""
    outline = Outline(
        owners=tuple(owners), qubits=3, parameters=(2,) * len(owners), groups=(1,) * len(owners)
    )
    times = int(64 / (3 * kappa**2)) + 1
    copies = ceil(2 * log(2 * 2 * times / 0.05) / (kappa / 4) ** 2)
    found = fine_tuning(outline, kappa, 0.05)
    moves = len(owners) - 1
    assert found.shots == times * copies
    assert (found.messages, found.qubits) == (moves * found.shots, 3 * moves * found.shots)
    assert found.bits == 0
    alone = fine_tuning(outline, kappa, 0.05, "hadamard")
    assert (alone.shots, alone.qubits) == (2 * found.shots, 2 * found.qubits)


@pytest.mark.parametrize(
    ("share", "delta", "copies"),
    [(0.25, 0.05, 6), (0.125, 0.1, 10), (0.01, 0.5, 35), (0.5, 0.001, 1), (0.499, 0.3, 2)],
)
def test_copies_of_a_matching(share, delta, copies):
    """Every run finds an edge with probability 2 alpha, and a perfect matching always."""
    assert matching_copies(share, delta) == copies
    assert (1 - 2 * share) ** copies <= delta
    letters = matching_copies(symbols.share, symbols.delta)
    wanted = letters.subs({symbols.share: share, symbols.delta: delta})
    assert share == 0.5 or wanted == copies


@pytest.mark.parametrize("share", [0, -0.1, 0.51, float("nan")])
def test_shares_that_no_matching_has(share):
    with pytest.raises(ValueError, match=r"alpha, edges over N, lies in \(0, 0.5\]"):
        matching_copies(share, 0.1)


def test_one_shot_after_another_unless_asked():
    """By groups, in states whose blocks are not controlled, of the loss in Z."""
    model = alternating(3, 2, 5, 2)
    found = [
        (inference(model, 0.5, 0.1), inference(model, 0.5, 0.1, "Z")),
        (gradient(model, 0.5, 0.1), gradient(model, 0.5, 0.1, "grouped", "uncontrolled", "Z")),
        (training(model, 0.5, 0.1), training(model, 0.5, 0.1, "grouped", "uncontrolled")),
        (fine_tuning(model, 0.5, 0.1), fine_tuning(model, 0.5, 0.1, "grouped")),
        (mirror_training(model, 0.5, 0.1, 2), mirror_training(model, 0.5, 0.1, 2, "grouped")),
    ]
    for by_default, named in found:
        assert by_default == named
        assert by_default.rounds == by_default.messages > 3


def test_states_of_both_parties():
    """One message of n + 1 qubits one way, the norm the other, and one encoding."""
    found = data_parallel(5, 12)
    assert (found.messages, found.qubits, found.bits) == (1, 6, 12)
    assert (found.rounds, found.shots, found.encodings) == (1, 1, 1)


@pytest.mark.parametrize(
    ("problem", "messages", "qubits", "encodings"),
    [
        ("vector-in-subspace", 1, 4, 1),
        ("raz", 2, 8, 1),
        ("hidden-matching", 1, 4, 1),
        ("equal-or-orthogonal", 1, 4, 2),
        ("inner-product", 5, 20, 0),
        ("fourier", 6, 24, 0),
        ("dense-coding", 1, 5, 0),
    ],
)
def test_one_run_of_an_exact_protocol(problem, messages, qubits, encodings):
    """At n = 4 and L = 3, where there are layers."""
    found = exact(problem, 4, 3)
    assert (found.messages, found.qubits, found.encodings) == (messages, qubits, encodings)
    assert (found.rounds, found.shots, found.bits) == (messages, 1, 0)


def test_rounds_of_amplitude_estimation():
    """Twice T - 1 iterates go through all messages, each with n + 1 qubits and two encodings."""
    model, epsilon, delta = alternating(3, 2, 5, 2), 0.25, 0.3
    found, length = amplitude_estimated(model, epsilon, delta), clock_length(0.25, "Z")
    assert found.shots == 1
    assert found.rounds == 2 * (length - 1) * model.sends == found.messages
    assert found.qubits == found.messages * 4
    assert found.encodings == 2 * length - 1
