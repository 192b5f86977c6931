"""Polynomials over bits as signs, their derivatives and their exponential sums."""

from collections import defaultdict
from collections.abc import Iterable, Iterator


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
        """Adds products, in place."""
        at = self._at
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

    def exponential_sum(self, variables: int, most_cases: int) -> int:
        """The sum of (-1)**f over all values of the variables of a mask.

        Variables whose derivative is affine are summed exactly; on others the cases 0 and 1 are
        told apart, one after another.

        Raises:
            TooManyCasesError: if that takes more than `most_cases` cases.
        """
        total, cases = 0, 0
        todo = [(self.copy(), variables, 1)]
        while todo:
            f, left, factor = todo.pop()
            cases += 1
            if cases > most_cases:
                raise TooManyCasesError(
                    f"this sum has more than {most_cases} cases; allow more, or fewer modes"
                )
            value, f, left = _eliminated(f, left)
            if left:
                worst = max(bits_of(left), key=f.count)
                for bit in (0, 1):
                    part = f.copy()
                    part.substitute(worst, 0, bit)
                    todo.append((part, left ^ 1 << worst, factor * value))
            else:
                total += factor * value * (-1) ** f.constant
        return total


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
            slope = f.derivative(low).affine()
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
