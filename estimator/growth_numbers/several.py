"""The sign of a constant that depends on several others: by their order, where that is what counts.

A sign that is the same for all values is returned. Where it changes with the size of one symbol
against an expression in the others, `OrderError` says which, so that a search may go on below, at
and above it. In turn: the arguments of Max, Min and absolute values are compared; two terms are
compared by their logarithms; a product of roots by the mean that is above it; a root of a symbol
becomes a symbol; a root of a sum is compared with the rest by powers of both; a polynomial that has
one symbol to the first power changes its sign at its root; a form in two symbols at multiples of
one; a form of degree two without real roots has the sign of its first coefficient; of any other
polynomial two symbols are ordered.
"""

from collections.abc import Callable

import sympy

from estimator.growth_numbers.number import (
    DividedError,
    Number,
    OrderError,
    TimeUpError,
    UndecidedError,
    number,
)
from estimator.symbols import asked

Sign = Callable[[Number], int]
"""The sign of a constant, or `UndecidedError`."""

LONGEST = 150
"""Operations of an expression whose roots are removed."""

HIGHEST = 6
"""Power to which two sides are raised."""

FRESH = "#r_"
"""Before the name of a symbol, in the name of its root."""


def sign_by_order(top: sympy.Expr, sign: Sign) -> int | None:
    """The sign of a sum for all positive values of its symbols, or `None`.

    Raises:
        OrderError: if it depends on the size of one of them against the others.
    """
    if top.count_ops() > LONGEST:
        return None
    for way in (
        _without_extremes,
        _of_two_terms,
        _of_means,
        _by_roots,
        _without_root_of_sum,
        _of_polynomial,
    ):
        found = way(top, sign)
        if found is not None:
            return found
    return None


def _without_extremes(top: sympy.Expr, sign: Sign) -> int | None:
    atoms = [x for x in top.atoms(sympy.Max, sympy.Min, sympy.Abs) if x.free_symbols]
    if not atoms:
        return None
    atom = min(atoms, key=lambda x: (x.count_ops(), str(x)))
    if isinstance(atom, sympy.Abs):
        value = sign(number(atom.args[0])) * atom.args[0]
    else:
        one, two, *rest = sorted(atom.args, key=str)
        is_first = (sign(number(one - two)) >= 0) == isinstance(atom, sympy.Max)
        value = atom.func(one if is_first else two, *rest)
    return sign(number(top.xreplace({atom: value})))


def _of_two_terms(top: sympy.Expr, sign: Sign) -> int | None:
    """Of a difference of products of powers some of which have symbols in their exponents."""
    if not top.is_Add or len(top.args) != 2:
        return None
    if not any(x.exp.free_symbols for x in top.atoms(sympy.Pow, sympy.exp)):
        return None
    for one, two in (top.args, top.args[::-1]):
        if one.is_positive and two.is_negative:
            return sign(
                number(sympy.expand_log(sympy.log(one)) - sympy.expand_log(sympy.log(-two)))
            )
    return None


def _of_means(top: sympy.Expr, sign: Sign) -> int | None:
    """Of a sum and a product of roots against it, by the inequality of the two means."""
    terms = sympy.Add.make_args(sympy.expand(top))
    for term in terms:
        powers = term.as_powers_dict()
        own = {x: e for x, e in powers.items() if x.free_symbols}
        if len(own) < 2 or not all(e.is_Rational and e > 0 for e in own.values()):
            continue
        if all(e.is_Integer for e in own.values()) or not all(x.is_positive for x in own):
            continue
        side = 1 if term.is_negative else -1
        if any(other.is_negative == term.is_negative for other in terms if other != term):
            continue
        whole = sympy.Add(*own.values())
        factor = -side * term / sympy.Mul(*(x**e for x, e in own.items()))
        averaged = [x**whole for x in own]
        mean = sympy.Add(*(e / whole * x**whole for x, e in own.items()))
        try:
            least = sign(number(sympy.expand(side * (top - term) - factor * mean)))
        except TimeUpError:
            raise
        except UndecidedError:
            continue
        if least > 0:
            return side
        if least == 0:
            differ = [sign(number(averaged[0] - each)) for each in averaged[1:]]
            return side if any(differ) else 0
    return None


def _by_roots(top: sympy.Expr, sign: Sign) -> int | None:
    """With every symbol of which a root is taken as the power of another one."""
    powers = dict.fromkeys(top.free_symbols, 1)
    for each in top.atoms(sympy.Pow):
        if each.base in powers and each.exp.is_Rational:
            powers[each.base] = int(sympy.ilcm(powers[each.base], each.exp.q))
    fresh = {x: asked(FRESH + x.name) for x, q in powers.items() if q > 1}
    if not fresh:
        return None
    back = {root: x ** sympy.Rational(1, powers[x]) for x, root in fresh.items()}
    try:
        return sign(number(sympy.expand(top.subs({x: r ** powers[x] for x, r in fresh.items()}))))
    except (DividedError, OrderError) as problem:
        name, value = problem.symbol, sympy.sympify(problem.value).subs(back)
        own = {root.name: x for x, root in fresh.items()}.get(name)
        if own is not None:
            name, value = own.name, value ** powers[own]
        raise OrderError(name, value, top) from None


def _without_root_of_sum(top: sympy.Expr, sign: Sign) -> int | None:
    """u + v w**(r/q) against zero as |u|**q against |v|**q w**r."""
    roots = [x for x in top.atoms(sympy.Pow) if x.base.is_Add and not x.exp.is_Integer]
    roots = [x for x in roots if x.exp.is_Rational and x.free_symbols]
    if not roots:
        return None
    base = max(roots, key=lambda x: (x.count_ops(), str(x))).base
    if sign(number(base)) <= 0:
        return None
    parts: dict[sympy.Expr, sympy.Expr] = {}
    for term in sympy.Add.make_args(sympy.expand(top)):
        e = term.as_powers_dict().get(base, sympy.S.Zero)
        rest = e - sympy.floor(e) if e.is_Rational else None
        if rest is None:
            return None
        parts[rest] = parts.get(rest, sympy.S.Zero) + term / base**rest
    u, others = parts.pop(sympy.S.Zero, sympy.S.Zero), list(parts.items())
    if len(others) != 1 or others[0][0].q > HIGHEST:
        return None
    ((e, v),) = others
    one, two = sign(number(u)), sign(number(v))
    if one * two >= 0:
        return one or two
    gap = (one * u) ** e.q - (two * v) ** e.q * base**e.p
    return one * sign(number(sympy.expand(gap)))


def _of_polynomial(top: sympy.Expr, sign: Sign) -> int | None:
    symbols = sorted(top.free_symbols, key=str)
    if not all(top.is_polynomial(x) for x in symbols) and not _linear(top, symbols):
        return None
    changes, before = [], []
    for x, slope, offset in _linear(top, symbols):
        try:
            one, two = sign(number(slope)), sign(number(offset))
        except TimeUpError:
            raise
        except (DividedError, OrderError) as problem:
            before.append(problem)
            continue
        except UndecidedError:
            continue
        if one * two >= 0:
            return one or two
        changes.append((x, sympy.cancel(-offset / slope)))
    if changes:
        x, value = min(changes, key=lambda pair: (pair[1].count_ops(), str(pair)))
        raise OrderError(x.name, _part_of(value), top)
    if before:  # first where a coefficient changes its sign
        raise OrderError(before[0].symbol, before[0].value, top)
    if len(symbols) < 2 or not all(top.is_polynomial(x) for x in symbols):
        return None
    polynomial = sympy.Poly(top, *symbols)
    if not polynomial.domain.is_QQ and not polynomial.domain.is_ZZ:
        return None
    if len(symbols) == 2 and polynomial.is_homogeneous:
        return _of_form(polynomial, top)
    for x in symbols:
        found = _of_quadratic(sympy.Poly(top, x), sign)
        if found:
            return found
    raise OrderError(symbols[0].name, symbols[1], top)


def _part_of(value: sympy.Expr) -> sympy.Expr:
    """One symbol of a sum of several, to be compared with first: simpler cases are left."""
    parts = sympy.Add.make_args(value)
    names = [part for part in parts if part.as_coeff_Mul()[1].is_Symbol]
    if len(names) > 1 and all(part.is_positive for part in parts):
        return min(names, key=str)
    return value


def _linear(top: sympy.Expr, symbols: list[sympy.Symbol]) -> list[tuple[sympy.Expr, ...]]:
    """Symbols that occur to the first power, with their coefficient and the rest."""
    return [
        (x, *sympy.Poly(top, x).all_coeffs())
        for x in symbols
        if top.is_polynomial(x) and sympy.degree(top, x) == 1
    ]


def _of_form(polynomial: sympy.Poly, top: sympy.Expr) -> int | None:
    """Of a form in two symbols, which changes its sign where one is a multiple of the other."""
    x, y = polynomial.gens
    line = sympy.Poly(top.subs(y, 1), x)
    if line.count_roots(0, None) == 0 and line.eval(0) != 0:
        return 1 if line.eval(1) > 0 else -1
    if line.degree() > 2:
        raise OrderError(x.name, y, top)
    root = min(root for root in line.real_roots() if root.is_positive)
    raise OrderError(x.name, root * y, top)


def _of_quadratic(polynomial: sympy.Poly, sign: Sign) -> int:
    """Of a polynomial of degree two that has no real root; 0 if that was not seen."""
    if polynomial.degree() != 2:
        return 0
    a, b, c = polynomial.all_coeffs()
    try:
        return sign(number(a)) if sign(number(b**2 - 4 * a * c)) < 0 else 0
    except TimeUpError:
        raise
    except UndecidedError:
        return 0
