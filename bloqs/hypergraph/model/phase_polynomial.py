"""Polynomials over bits as signs, their derivatives and their exponential sums."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random

SURER = 4
PATHS = 4
"""Random paths that are tried, and by how much deeper than the number of cases allows."""

DEEPEST = 400
"""Variables that cases are told apart by, one within another."""


NONE: set[int] = set()


class TooManyCasesError(ValueError):
    """An exponential sum or a state has more cases than were allowed."""


class PhasePolynomial:
    """A sum modulo 2 of products of bits; a product is a mask of its variables.

    Args:
        monomials: masks; one that occurs twice cancels, mask 0 is the constant 1.
    """

    def __init__(self, monomials: Iterable[int] = ()) -> None:
        self.constant = 0
        self._at: defaultdict[int, set[int]] = defaultdict(set)  # variable -> its monomials
        self.add(monomials)

    def add(self, monomials: Iterable[int]) -> None:
        """Adds products, or another polynomial, in place."""
        at = self._at
        if isinstance(monomials, PhasePolynomial):
            self.constant ^= monomials.constant
            for variable, more in monomials._at.items():
                at[variable] ^= more
            return
        for mask in monomials:
            if not mask:
                self.constant ^= 1
            rest = mask
            while rest:
                low = rest & -rest
                held = at[low.bit_length() - 1]
                if mask in held:
                    held.remove(mask)
                else:
                    held.add(mask)
                rest ^= low

    def __iter__(self) -> Iterator[int]:
        if self.constant:
            yield 0
        for variable, held in self._at.items():
            low = 1 << variable
            for mask in held:
                if mask & -mask == low:
                    yield mask

    def copy(self) -> "PhasePolynomial":
        """Another that is equal."""
        other = PhasePolynomial()
        other.constant = self.constant
        other._at = defaultdict(set, {key: set(held) for key, held in self._at.items()})
        return other

    def plus(self, other: "PhasePolynomial") -> "PhasePolynomial":
        """The sum; both stay as they are."""
        found = PhasePolynomial()
        found.constant = self.constant ^ other.constant
        for variable in self._at.keys() | other._at.keys():
            found._at[variable] = self._at.get(variable, NONE) ^ other._at.get(variable, NONE)
        return found

    def affine_difference(self, other: "PhasePolynomial") -> tuple[int, int] | None:
        """The sum with another as (mask, constant) if it is affine, else nothing, soon."""
        total = 0
        for variable in self._at.keys() | other._at.keys():
            one, two = self._at.get(variable, NONE), other._at.get(variable, NONE)
            if one != two:
                if one ^ two != {1 << variable}:
                    return None
                total |= 1 << variable
        return total, self.constant ^ other.constant

    def count(self, variable: int) -> int:
        """Products with a variable."""
        held = self._at.get(variable)
        return len(held) if held else 0

    def support(self) -> int:
        """Mask of the variables that occur."""
        return sum(1 << variable for variable, held in self._at.items() if held)

    def degree(self) -> int:
        """Largest number of variables in a product."""
        return max((mask.bit_count() for mask in self), default=0)

    def affine(self) -> tuple[int, int] | None:
        """(mask, constant) if no product has two variables, else nothing."""
        total = 0
        for variable, held in self._at.items():
            if held and held != {1 << variable}:
                return None
            total |= bool(held) << variable
        return total, self.constant

    def derivative(self, direction: int) -> "PhasePolynomial":
        """f(u + direction) + f(u)."""
        touched: set[int] = set()
        for variable in bits_of(direction):
            touched |= self._at.get(variable, set())
        found = PhasePolynomial()
        for mask in touched:
            moved = mask & direction
            part = moved
            while part:  # every nonempty part of what moves is left out in turn
                found.add((mask ^ part,))
                part = (part - 1) & moved
        return found

    def substitute(self, variable: int, form: int, constant: int) -> None:
        """Puts (sum of the variables of a mask) + constant for a variable that is not in it."""
        low = 1 << variable
        held = self._at.pop(variable, set())
        terms = [1 << j for j in bits_of(form)] + [0] * constant
        for mask in held:
            rest = mask ^ low
            for other in bits_of(rest):
                self._at[other].discard(mask)
            self.add(rest | term for term in terms)

    def plus_product(self, one: tuple[int, int], two: tuple[int, int]) -> None:
        """Adds the product of two affine forms (mask, constant), in place."""
        self.add(product_of([one, two]))

    def slope(self, variable: int) -> tuple[int, int] | None:
        """The derivative by one variable as (mask, constant) if it is affine, else nothing."""
        low = 1 << variable
        total, constant = 0, 0
        for mask in self._at.get(variable, ()):
            rest = mask ^ low
            if rest & (rest - 1):
                return None
            total, constant = total | rest, constant | (not rest)
        return total, constant

    def exponential_sum(self, variables: int, most_cases: int) -> int:
        """The sum of (-1)**f over all values of the variables of a mask.

        A polynomial of degree two is summed at once; else variables whose derivative is affine are
        summed exactly, what shares no variable is summed apart, and on one variable of each part
        the cases 0 and 1 are told apart.

        Raises:
            TooManyCasesError: if that takes more than `most_cases` cases; soon where a few random
                cases tell, by which one sum in a million is refused that would take fewer.
        """
        return _Cases(self, variables, most_cases).sum()

    def parts(self, variables: int) -> "list[tuple[PhasePolynomial, int]]":
        """Polynomials without constant that share no variable of a mask, largest first."""
        found = []
        while variables:
            part, fresh = PhasePolynomial(), variables & -variables
            reached = 0
            while fresh:
                low = fresh & -fresh
                fresh, reached = fresh ^ low, reached | low
                held = part._at[low.bit_length() - 1] = self._at.get(low.bit_length() - 1, set())
                for mask in held:
                    fresh |= mask
                fresh &= ~reached
            variables &= ~reached
            found.append((part, reached))
        return sorted(found, key=lambda each: -each[1].bit_count())


class _Cases:
    """A sum by cases.

    Args:
        f: the polynomial.
        variables: mask of those that are summed over.
        most: cases that it may take.
    """

    def __init__(self, f: PhasePolynomial, variables: int, most: int) -> None:
        self.f, self.variables, self.most = f, variables, most
        self.cases, self.deepest, self.is_tried = 0, most.bit_length() + SURER, False

    def sum(self) -> int:
        """The sum."""
        return self._sum(self.f.copy(), self.variables, 0)

    def _sum(self, f: PhasePolynomial, left: int, depth: int) -> int:
        self.cases += 1
        is_deep = depth >= self.deepest and not self.is_tried
        self.is_tried |= is_deep
        if self.cases > self.most or depth > DEEPEST or (is_deep and self._is_hopeless()):
            raise TooManyCasesError(
                f"this sum has more than {self.most} cases; allow more, or fewer modes"
            )
        factor, forks = _opened(f, left)
        for one, two, variables in forks:
            factor *= self._sum(one, variables, depth + 1) + self._sum(two, variables, depth + 1)
        return factor

    def _is_hopeless(self) -> bool:
        """Whether random paths to the largest parts all go deeper than cases are allowed.

        These paths make a tree with a fork at every second case at most. If that has less than
        2**(deepest - SURER) cases, one path goes as deep with a chance below 2**-(SURER + 1).
        """
        random = Random(0)
        for _ in range(PATHS):
            f, left = self.f.copy(), self.variables
            for _ in range(self.deepest):
                _, forks = _opened(f, left)
                if not forks:
                    return False
                f, left = random.choice(forks[0][:2]), forks[0][2]
        return True


Fork = tuple[PhasePolynomial, PhasePolynomial, int]
"""Two polynomials whose sums are added up, and their variables."""


def _opened(f: PhasePolynomial, left: int) -> tuple[int, list[Fork]]:
    """A sum as a factor times what forks are; f is used up."""
    plain = _quadratic_sum(f, left)
    if plain is not None:
        return plain, []
    factor, f, left = _eliminated(f, left)
    forks = []
    for part, variables in f.parts(left):
        worst = max(bits_of(variables), key=part.count)
        other = part.copy()
        part.substitute(worst, 0, 0)
        other.substitute(worst, 0, 1)
        forks.append((part, other, variables ^ 1 << worst))
    return factor * (-1) ** f.constant, forks


def _quadratic_sum(f: PhasePolynomial, left: int) -> int | None:
    """The sum over all values of the variables left, if no product in f has three of them."""
    rows: defaultdict[int, int] = defaultdict(int)  # variable -> those it is multiplied with
    linear, constant, factor = 0, f.constant, 1
    for mask in f:
        low = mask & -mask
        high = mask ^ low
        if high & (high - 1):
            return None
        if high:
            rows[low] |= high
            rows[high] |= low
        else:
            linear ^= low
    while left:
        one = left & -left
        left ^= one
        row = rows.pop(one, 0)
        bit = bool(linear & one)
        linear &= ~one
        factor *= 2
        if not row:
            if bit:
                return 0
            continue
        two = row & -row  # the sum over one says that two is the rest of its row
        left ^= two
        form, other = row ^ two, rows.pop(two) ^ one
        rest = form
        while rest:
            low = rest & -rest
            rows[low] ^= other ^ one
            rest ^= low
        rest = other
        while rest:
            low = rest & -rest
            rows[low] ^= form ^ two
            rest ^= low
        twice, also = form & other, bool(linear & two)
        linear = (linear & ~two) ^ twice
        if also:
            linear ^= form
        if bit:
            linear ^= other
        constant ^= bit & also
    return -factor if constant else factor


def _eliminated(f: PhasePolynomial, left: int) -> tuple[int, PhasePolynomial, int]:
    """Sums what can be summed exactly: a factor, what is left of f, its variables."""
    free = left & ~f.support()
    factor, left = 1 << free.bit_count(), left ^ free
    again = True
    while again and left:
        again = False
        for variable in sorted(bits_of(left), key=f.count):
            low = 1 << variable
            if not left & low:
                continue
            slope = f.slope(variable)
            if slope is None:
                continue
            again = True
            form, constant = slope
            if not form:
                if constant:
                    return 0, PhasePolynomial(), 0
                f.substitute(variable, 0, 0)
                factor, left = 2 * factor, left ^ low
                continue
            f.substitute(variable, 0, 0)
            pivot = min(bits_of(form), key=f.count)
            f.substitute(pivot, form ^ 1 << pivot, constant)
            factor, left = 2 * factor, left & ~(low | 1 << pivot)
    return factor, f, left


def product_of(forms: Iterable[tuple[int, int]]) -> list[int]:
    """The monomials of a product of affine forms (mask, constant); some may occur twice."""
    found = [0]
    for form, constant in forms:
        terms = [1 << j for j in bits_of(form)] + [0] * constant
        found = [mask | term for mask in found for term in terms]
        if len(found) > 64:  # keep what does not cancel
            found = list(PhasePolynomial(found))
    return found


def bits_of(mask: int) -> Iterator[int]:
    """Positions of the ones of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
