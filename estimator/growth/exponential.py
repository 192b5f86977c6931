"""Encloses logarithms and exponentials."""

from fractions import Fraction
from typing import Any

from estimator.expressions.tree import Tree, call, names_in, raised, times
from estimator.expressions.tree import plus as tree_plus
from estimator.growth.derivation import HALF, Derivation, Ruled, constant_of, rewritten
from estimator.growth.enclosure import Enclosure, leader
from estimator.growth.estimates import log_near_one
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import (
    CONSTANT,
    Atom,
    Monomial,
    Terms,
    atoms_in,
    exp_key,
    log_of_key,
    monomial,
    plus,
    product,
    scaled,
    to_power,
)
from estimator.growth_numbers.number import ONE, DividedError, Number, UndecidedError, add, mul
from estimator.growth_numbers.sign import exact_absolute, sign


def log_rule(d: Derivation, node: Tree) -> Ruled:
    """log of a product, a power, an exponential, or of a sum with or without a leader."""
    argument = node[2]
    if argument[0] == "*":
        try:
            return rewritten(d, tree_plus(*(call("log", part) for part in argument[1:])))
        except UndecidedError:
            pass
    if argument[0] == "^":
        try:
            return rewritten(d, times(argument[2], call("log", argument[1])))
        except UndecidedError:
            pass
    if argument[:2] == ("f", "exp"):
        return rewritten(d, argument[2])
    each = d.enclose(argument)
    first = leader(d.ground, each)
    if first is not None and sign(each.main[first]) > 0:
        small = d.small_part(each, first)
        if small is not None:
            z, certificates = small
            coefficients: list[Number] = [Fraction(0)]
            coefficients += [Fraction((-1) ** (j + 1), j) for j in range(1, d.order + 1)]
            bound = Fraction(2 ** (d.order + 1), d.order + 1)
            log_c = Enclosure(_log_terms(each.main[first], CONSTANT))
            found = d.taylor(z, coefficients, bound).plus(log_c).plus(_log_of(d, first))
            return "log", ("series", first, d.order, certificates), found
    common = _common(each)
    index = d.atom_of_sum(argument, each, common)
    try:
        found = log_of_atom(d, index).plus(Enclosure(_log_terms(ONE, common)))
    except DividedError:
        raise
    except UndecidedError:
        return log_near_one(d, node)
    return "log", ("atom", index, common), found


def _common(each: Enclosure) -> Monomial:
    """The largest monomial without atoms that divides all terms."""
    terms = [dict(m) for m in (*each.main, *each.error)]
    shared = set(terms[0]).intersection(*terms) if terms else set()
    pairs = []
    for key in shared:
        exponents = [term[key] for term in terms]
        if key[0] == "v" and all(isinstance(e, Fraction) for e in exponents):
            pairs.append((key, min(exponents)))
    return monomial(pairs)


def _log_of(d: Derivation, m: Monomial) -> Enclosure:
    """The logarithm of a monomial."""
    total = Enclosure()
    for key, e in m:
        part = log_of_atom(d, key[1]) if key[0] == "o" else Enclosure({log_of_key(key): ONE})
        total = total.plus(part.scaled(e))
    return total


def _has_atom(m: Monomial) -> bool:
    return any(key[0] == "o" for key, _ in m)


def _log_terms(c: Number, m: Monomial) -> Terms:
    value = num.log(c)
    total: Terms = {} if value == 0 else {CONSTANT: value}
    for key, e in m:
        total = plus(total, {log_of_key(key): e})
    return total


def log_of_atom(d: Derivation, index: int) -> Enclosure:
    """log Y for an atom Y.

    Between a constant times m and a constant times m it is log m up to a constant. Otherwise it
    is an atom: log(sum u m) <= log(sum u) + sum log m if every m >= 1, and the mean of log(l m)
    is a lower bound.
    """
    atom = d.ground.atoms[index]
    if len(atom.lower) == 1 == len(atom.upper) and atom.lower[0][1] == atom.upper[0][1]:
        (low, m), (high, _) = atom.lower[0], atom.upper[0]
        if not _has_atom(m):
            top, bottom = (mul(num.log(side), Fraction(1, 2)) for side in (high, low))
            blur = add(top, mul(bottom, -ONE))
            middle = add(top, bottom)
            logs = plus(_log_terms(ONE, m), {CONSTANT: middle} if middle != 0 else {})
            return Enclosure(logs, {CONSTANT: blur} if blur != 0 else {})
    amount: Number = Fraction(0)
    upper: Terms = {}
    for u, m in atom.upper:
        amount = add(amount, u)
        if any(key[0] == "o" or sign(e) < 0 for key, e in m):
            raise UndecidedError("the logarithm of a sum of quantities that may be small")
        upper = plus(upper, _log_terms(ONE, m))
    small = _small_terms(d, [m for _, m in atom.upper], amount)
    if small is None:
        top = num.largest(num.log(amount), Fraction(0))
        upper = plus(upper, {CONSTANT: top} if top != 0 else {})
    usable, why = [], []
    for place, (l, m) in enumerate(atom.lower):
        logs = _log_terms(ONE, m)
        if any(key[0] == "o" or sign(e) < 0 for key, e in m) or not logs:
            continue
        loss = mul(num.log(l), -ONE)
        certificate: Any = None
        if num.exact(loss).is_positive is not False and sign(loss) > 0:
            payer, amount_of = next(iter(logs.items()))
            fitted = d.ground.fit(
                mul(loss, num.power(amount_of, -ONE)), to_power(payer, -ONE), HALF
            )
            if fitted is not None:
                certificate = (payer, fitted[1])
                logs = {**logs, payer: mul(amount_of, HALF)}
            elif (part := _part_of_log(atom, l)) is not None:
                certificate = ("part", part)
                logs = scaled(logs, part)
            else:
                continue
        usable.append(logs)
        why.append((place, certificate))
    if not usable:
        amount = Fraction(0)
        for l, m in atom.lower:
            large = all(key[0] != "o" and sign(e) > 0 for key, e in m)
            amount = add(amount, l) if large else amount
        if sign(add(amount, -ONE)) < 0:
            raise UndecidedError("the logarithm of a quantity that may be below one")
    lower: Terms = {}
    for logs in usable:
        lower = plus(lower, scaled(logs, Fraction(1, len(usable))))
    made = d.atom("log", (index, tuple(why), small), lower, upper)
    return Enclosure({((("o", made), ONE),): ONE})


PARTS = tuple(Fraction(1, 2**power) for power in range(1, 9))
"""Shares of a logarithm that a sum with a number keeps, in turn."""


def _part_of_log(atom: Atom, l: Number) -> Fraction | None:
    """w with log(c + l m) >= w log m: by means, if (c / (1 - w))**(1 - w) (l / w)**w >= 1."""
    c = next((size for size, m in atom.lower if m == CONSTANT), None)
    if not isinstance(c, Fraction) or not isinstance(l, Fraction):
        return None
    for w in PARTS:
        size = (1 - w) * (num.log_approx(c) - num.log_approx(1 - w))
        if size + w * (num.log_approx(l) - num.log_approx(w)) > 1e-9:
            return w
    return None


def _small_terms(d: Derivation, terms: list[Monomial], amount: Number) -> Any:
    """Why every one of two or more terms is at least the sum of the coefficients.

    Then the sum is at most the product of the terms: the largest of them times that amount, which
    another one is not below.
    """
    if len(terms) < 2 or getattr(amount, "free_symbols", None):
        return None
    if not all(d.ground.vanishes(to_power(m, -ONE)) for m in terms):
        return None
    fits = [d.ground.fit(amount, to_power(m, -ONE), ONE) for m in terms]
    return None if None in fits else tuple(fit[1] for fit in fits if fit is not None)


def exp_rule(d: Derivation, node: Tree) -> Ruled:
    """exp: growing terms become keys, vanishing ones a Taylor series, other errors an atom."""
    argument = node[2]
    simpler = _simpler_exp(d, argument)
    if simpler is not None:
        return rewritten(d, simpler)
    each = d.enclose(argument)
    small = {m: c for m, c in each.main.items() if m != CONSTANT and d.ground.vanishes(m)}
    small_error = {m: c for m, c in each.error.items() if d.ground.vanishes(m)}
    blur = {m: c for m, c in each.error.items() if m not in small_error}
    coefficient, pairs = ONE, []
    for m, c in each.main.items():
        if m == CONSTANT:
            coefficient = num.exp(c)
        elif m not in small:
            if (bound := _bounded(d, m, c)) is not None:
                data = (argument, m, bound[1])
                size = num.exp(bound[0])
                one, top = {CONSTANT: ONE}, {CONSTANT: size}
                if sign(c) < 0:
                    one, top = {CONSTANT: num.power(size, -ONE)}, one
                pairs.append((("o", d.atom("exp of bounded", data, one, top)), ONE))
                continue
            base = d.log_base(m)
            key = exp_key(m) if base is None else ("o", base)
            if base is None and atoms_in(m):
                d.is_varied = True
                if d.variant:
                    pairs.append((("o", _exp_of_part(d, argument, m, c)), ONE))
                    continue
            pairs.append((key, c))
    shape = monomial(pairs)
    index = None
    if blur:
        top, loss = _exp_terms(blur, ONE), _exp_terms(blur, -ONE)
        index = d.atom("exp of error", (argument, tuple(blur)), loss, top)
        shape = product(shape, ((("o", index), ONE),))
    found = d.small_part(Enclosure(small, small_error), None)
    if found is None:
        raise UndecidedError("an exponent does not vanish as it seemed to")
    z, certificates = found
    coefficients, factor = [ONE], ONE
    for j in range(1, d.order + 1):
        factor = factor / j
        coefficients.append(factor)
    series = d.taylor(z, coefficients, 2 * factor / (d.order + 1))
    data = (d.order, certificates, index)
    return "exp", data, series.scaled(coefficient, shape)


def _bounded(d: Derivation, m: Monomial, c: Number) -> tuple[Number, Any] | None:
    """What |c m| does not exceed, and why, for a part of an exponent that is bounded."""
    if any(key[0] != "v" or sign(e) > 0 for key, e in m) or getattr(c, "free_symbols", None):
        return None
    return d.ground.fit(exact_absolute(c), m, None)


def _exp_of_part(d: Derivation, argument: Tree, m: Monomial, c: Number) -> int:
    """The atom exp(c m), where m has atoms, between exponentials of bounds of c m."""
    least, most = (_without_atoms(d, m, upward) for upward in (False, True))
    if sign(c) < 0:
        least, most = most, least
    lower, upper = (_exp_terms(terms, c) for terms in (least, most))
    return d.atom("exp of part", (argument, m), lower, upper)


def _without_atoms(d: Derivation, m: Monomial, upward: bool) -> Terms:
    """A monomial with its atoms replaced by their upper, or lower, bounds."""
    terms: Terms = {m: ONE}
    while indices := {index for each in terms for index in atoms_in(each)}:
        index = max(indices)
        key, atom = ("o", index), d.ground.atoms[index]
        if not any(key in dict(each) for each in terms):
            raise UndecidedError("an exponent with an exponential of a quantity known by bounds")
        total: Terms = {}
        for each, c in terms.items():
            e = dict(each).get(key)
            if e is None:
                total = plus(total, {each: c})
                continue
            if sign(e) < 0 or e != 1:
                raise UndecidedError("an exponent with a power of a quantity known by its bounds")
            rest = tuple(pair for pair in each if pair[0] != key)
            for size, part in atom.upper if upward else atom.lower:
                total = plus(total, {product(rest, part): mul(c, size)})
        terms = total
    return terms


def _exp_terms(terms: Terms, side: Fraction) -> Terms:
    coefficient, pairs = ONE, []
    for m, c in terms.items():
        if m == CONSTANT:
            coefficient = num.exp(mul(c, side))
        else:
            pairs.append((exp_key(m), mul(c, side)))
    return {monomial(pairs): coefficient}


def _simpler_exp(d: Derivation, argument: Tree) -> Tree | None:
    """exp(c log b) as b**c, exp(c Max(a, b)) as a Max or Min of exponentials."""
    parts = argument[1:] if argument[0] == "*" else (argument,)
    varying = [part for part in parts if names_in(part) & d.ground.variables]
    if argument[0] == "+" and any(_has_extreme(part) for part in parts[0][1:]):
        return times(*(call("exp", part) for part in argument[1:]))
    if len(varying) != 1 or varying[0][0] != "f":
        return None
    (inner,) = varying
    fixed = times(*(part for part in parts if part is not inner))
    if inner[1] == "log":
        return raised(inner[2], fixed)
    if inner[1] in ("Max", "Min"):
        side = sign(constant_of(fixed))
        name = inner[1] if side > 0 else {"Max": "Min", "Min": "Max"}[inner[1]]
        return call(name, *(call("exp", times(fixed, part)) for part in inner[2:]))
    return None


def _has_extreme(tree: Tree) -> bool:
    parts: tuple[Any, ...] = tree[1:] if tree[0] == "*" else (tree,)
    return any(part[:2] in (("f", "Max"), ("f", "Min")) for part in parts)
