"""States that are a sign on an affine set: the sum of i**l(u) (-1)**f(u) |L u + c> over bits u.

l is affine and f a polynomial. Writes, CNOT and reads of Z stay inside, and so does a read with X
wherever it is certain, fair, or a fair coin on part of the state; else the result is two of them.
"""

import math

from bloqs.hypergraph.model.actions import FlipAction, PhaseAction, ReadAction, TurnAction
from bloqs.hypergraph.model.phase_polynomial import PhasePolynomial, bits_of, product_of

Form = tuple[int, int]
"""An affine form of the variables: the mask of those that are added up, and a constant."""


class Scale:
    """A factor (re + i im) / 2**halves, exact as long as no angle has come in."""

    __slots__ = ("halves", "im", "re")

    def __init__(self, re: float, im: float, halves: int = 0) -> None:
        while isinstance(re, int) and isinstance(im, int) and (re or im) and not (re | im) & 1:
            re, im, halves = re >> 1, im >> 1, halves - 1
        self.re, self.im, self.halves = re, im, halves

    def times(self, re: float, im: float, halves: int = 0) -> "Scale":
        """The product with (re + i im) / 2**halves."""
        return Scale(self.re * re - self.im * im, self.re * im + self.im * re,
                     self.halves + halves)  # fmt: skip

    def plus(self, other: "Scale") -> "Scale":
        """The sum."""
        most = max(self.halves, other.halves)
        one, two = 2 ** (most - self.halves), 2 ** (most - other.halves)
        return Scale(self.re * one + other.re * two, self.im * one + other.im * two, most)

    def over(self, other: "Scale") -> tuple[float, float]:
        """The quotient, real and imaginary part, as floats: 1, -1, i and -i are exact."""
        size = other.re**2 + other.im**2
        shift = 2.0 ** (other.halves - self.halves)
        re = self.re * other.re + self.im * other.im
        im = self.im * other.re - self.re * other.im
        return re / size * shift, im / size * shift

    def is_zero(self) -> bool:
        """Whether it vanishes; numbers with an angle count as zero below 1e-12."""
        return abs(self.re) + abs(self.im) < 1e-12


class PhaseState:
    """One such state; starts as |+> on each qubit, with amplitudes of size 1.

    Args:
        qubits: number of them.
    """

    def __init__(self, qubits: int) -> None:
        self.values: list[Form] = [(1 << v, 0) for v in range(qubits)]
        self.variables = (1 << qubits) - 1
        self.signs = PhasePolynomial()
        self.quarter: Form = (0, 0)
        self.scale = Scale(1, 0)

    def copy(self, signs: PhasePolynomial | None = None) -> "PhaseState":
        """Another that is equal, but for its signs if there are others."""
        other = PhaseState(0)
        other.values, other.variables = list(self.values), self.variables
        other.signs = self.signs.copy() if signs is None else signs
        other.quarter, other.scale = self.quarter, self.scale
        return other

    def form(self, qubits: int) -> Form:
        """The sum of the qubits of a mask."""
        mask, constant = 0, 0
        for v in bits_of(qubits):
            mask, constant = mask ^ self.values[v][0], constant ^ self.values[v][1]
        return mask, constant

    def pulled(self, monomials: tuple[int, ...]) -> list[int]:
        """A polynomial of the qubits as one of the variables."""
        found = []
        for monomial in monomials:
            simple = 0
            for v in bits_of(monomial):
                mask, constant = self.values[v]
                if constant or mask & (mask - 1) or not mask:
                    found += product_of([self.values[u] for u in bits_of(monomial)])
                    break
                simple |= mask
            else:
                found.append(simple)
        return found

    def sign(self, action: PhaseAction) -> None:
        """A write, in place."""
        self.signs.add(self.pulled(action.monomials))

    def flip(self, action: FlipAction) -> bool:
        """A flip, in place; False, and nothing done, if it leaves the class."""
        forms = [self.values[v] for v in bits_of(action.controls)]
        if (0, 0) in forms:
            return True
        forms = list(dict.fromkeys(form for form in forms if form != (0, 1)))
        if len(forms) == 2 and forms[0][0] == forms[1][0]:
            return True  # a bit and its opposite
        if len(forms) > 1:
            return False
        mask, constant = forms[0] if forms else (0, 1)
        old = self.values[action.target]
        self.values[action.target] = (old[0] ^ mask, old[1] ^ constant)
        return True

    def turn(self, action: TurnAction) -> "list[PhaseState]":
        """A write with an angle: what it makes of the state, one branch or two."""
        if action.angle == math.pi:
            self.sign(PhaseAction((action.mask,)))
            return [self]
        part: PhaseState | None = self.copy()
        for v in bits_of(action.mask):
            part = part and part.projected(part.values[v], 1)
        if part is None or not action.angle:
            return [self]
        turn = (math.cos(action.angle), math.sin(action.angle))
        if part.variables == self.variables:
            self.scale = self.scale.times(*turn)
            return [self]
        part.scale = part.scale.times(turn[0] - 1, turn[1])
        return [self, part]

    def projected(self, form: Form, value: int) -> "PhaseState | None":
        """The part on which a form has a value, in place; nothing if there is none."""
        mask, constant = form
        constant ^= value
        if not mask:
            return None if constant else self
        pivot = min(bits_of(mask), key=self.signs.count)
        low = 1 << pivot
        self.signs.substitute(pivot, mask ^ low, constant)
        self.variables ^= low
        self.values = [
            (old ^ mask, bit ^ constant) if old & low else (old, bit) for old, bit in self.values
        ]
        if self.quarter[0] & low:
            self.quarter = (self.quarter[0] ^ mask, self.quarter[1] ^ constant)
        return self

    def restricted(self, zeros: list[Form]) -> bool:
        """Keeps the part on which forms are zero, in place, without its values; whether any is."""
        seen = twice = 0
        for mask, _ in zeros:
            twice, seen = twice | seen & mask, seen | mask
        left = list(zeros)
        while left:
            mask, constant = left.pop()
            if not mask:
                if constant:
                    return False
                continue
            alone = mask & ~twice  # in no other form, from the beginning
            pivot = min(bits_of(alone or mask), key=self.signs.count)
            low = 1 << pivot
            self.signs.substitute(pivot, mask ^ low, constant)
            self.variables ^= low
            if self.quarter[0] & low:
                self.quarter = (self.quarter[0] ^ mask, self.quarter[1] ^ constant)
            if not alone:
                left = [(m ^ mask, c ^ constant) if m & low else (m, c) for m, c in left]
        self.values = []
        return True

    def add_quarter(self, form: Form) -> None:
        """Multiplies by i**form, in place: i**a i**b = i**(a xor b) (-1)**(a b)."""
        self.signs.plus_product(self.quarter, form)
        self.quarter = (self.quarter[0] ^ form[0], self.quarter[1] ^ form[1])

    def direction(self, flips: int) -> int | None:
        """The change of the variables that flips a mask of qubits, if there is one."""
        known, found = 0, 0
        rest = []
        for v, (mask, _) in enumerate(self.values):
            if not mask & (mask - 1):
                bit = flips >> v & 1
                if bit != bool(mask & found) and (not mask or mask & known):
                    return None
                known, found = known | mask, found | (mask if bit else 0)
            else:
                rest.append((mask, flips >> v & 1))
        pivots: dict[int, tuple[int, int]] = {}
        for mask, bit in rest:
            bit ^= (mask & found).bit_count() & 1
            mask &= ~known
            while mask:
                top = mask.bit_length()
                if top not in pivots:
                    pivots[top] = (mask, bit)
                    break
                mask, bit = mask ^ pivots[top][0], bit ^ pivots[top][1]
            else:
                if bit:
                    return None
        for top in sorted(pivots):
            mask, bit = pivots[top]
            if bit ^ ((mask & found).bit_count() & 1):
                found |= 1 << (top - 1)
        return found

    def answered(self, action: ReadAction, answer: int) -> "list[PhaseState]":
        """(1 + (-1)**answer U) / 2 on the state: no branch, one, or two; the state is used up."""
        if not action.flips:
            mask, constant = 0, 0
            for monomial in action.monomials:
                one = self.form(monomial)
                mask, constant = mask ^ one[0], constant ^ one[1]
            part = self.projected((mask, constant), answer)
            return [] if part is None else [part]
        signs = PhasePolynomial(self.pulled(action.monomials))
        direction = self.direction(action.flips)
        if direction is None:
            self._extend(action, signs, answer)
            return [self]
        if (action.flips & sum(x for x in action.monomials if not x & (x - 1))).bit_count() & 1:
            signs.add((0,))  # each Y signs the bit before it is flipped
        signs.add(self.signs.derivative(direction))
        quarters = action.ys
        if (self.quarter[0] & direction).bit_count() & 1:
            quarters += 1
            signs.add(_affine(self.quarter))
        signs.add([0] * (answer + (quarters >> 1 & 1)))
        return self._mixed(signs, quarters & 1)

    def _extend(self, action: ReadAction, signs: PhasePolynomial, answer: int) -> None:
        """A flip that leaves the set: the set doubles."""
        low = ~self.variables & (self.variables + 1)
        signs.add([0] * (answer + (action.ys >> 1 & 1)))
        self.signs.add(mask | low for mask in signs)
        if action.ys & 1:
            self.add_quarter((low, 0))
        self.variables |= low
        for v in bits_of(action.flips):
            self.values[v] = (self.values[v][0] | low, self.values[v][1])
        self.scale = self.scale.times(1, 0, 1)

    def _mixed(self, signs: PhasePolynomial, quarter: int) -> "list[PhaseState]":
        """The state times (1 + i**quarter (-1)**signs) / 2."""
        form = signs.affine()
        if form is None:
            other = self.copy()
            other.signs.add(signs)
            self.scale = self.scale.times(1, 0, 1)
            other.scale = other.scale.times(1 - quarter, quarter, 1)
            return [self, other]
        if not quarter:
            part = self.projected(form, 0)
            return [] if part is None else [part]
        self.signs.add(_affine(form))
        self.add_quarter(form)
        self.scale = self.scale.times(1, 1, 1)
        return [self]

    def merged(self, other: "PhaseState") -> "list[PhaseState] | None":
        """The sum with another as no state or one, where that is seen at once; else nothing."""
        if self.values != other.values or self.quarter != other.quarter:
            return None
        form = self.signs.affine_difference(other.signs)
        if form is None:
            return None
        if not form[0]:
            self.scale = self.scale.plus(other.scale.times(1 - 2 * form[1], 0))
            return [] if self.scale.is_zero() else [self]
        ratio = other.scale.over(self.scale)
        if ratio not in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            return None
        self.scale = self.scale.times(2, 0)
        return self._mixed(_affine((form[0], form[1] ^ (sum(ratio) < 0))), int(ratio[0] == 0))


def _affine(form: Form) -> PhasePolynomial:
    return PhasePolynomial([1 << j for j in bits_of(form[0])] + [0] * form[1])


def overlap(one: PhaseState, two: PhaseState, most_cases: int) -> Scale:
    """<one|two>, amplitudes as they stand.

    Args:
        one: of the left.
        two: of the right.
        most_cases: of the exponential sum.

    Raises:
        TooManyCasesError: if the sum takes more cases.
    """
    is_alike = one.values == two.values
    joint = one.copy(one.signs.plus(two.signs) if is_alike else None)
    joint.add_quarter(one.quarter)  # i**(-l) = i**(l + 2 l), and i**(2 l) has no quarter left
    joint.add_quarter(one.quarter)
    if is_alike:
        joint.add_quarter(two.quarter)
    else:
        shift = one.variables.bit_length()
        joint.signs.add(mask << shift for mask in two.signs)
        joint.add_quarter((two.quarter[0] << shift, two.quarter[1]))
        joint.variables |= two.variables << shift
        joint.values = [
            (a ^ b << shift, x ^ y) for (a, x), (b, y) in zip(one.values, two.values, strict=True)
        ]
        if not joint.restricted(joint.values):
            return Scale(0, 0)
    left = Scale(one.scale.re, -one.scale.im, one.scale.halves)
    factor = left.times(two.scale.re, two.scale.im, two.scale.halves)
    plain = joint.signs.exponential_sum(joint.variables, most_cases)
    if joint.quarter == (0, 0):
        return factor.times(plain, 0)
    joint.signs.add(_affine(joint.quarter))
    signed = joint.signs.exponential_sum(joint.variables, most_cases)
    # i**l = (1 + i)/2 + (1 - i)/2 (-1)**l
    return factor.times(plain + signed, plain - signed, 1)
