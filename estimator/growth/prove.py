"""Finds proofs of f = O(g) and f = o(g), splitting the region where one ordering is not enough."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from time import process_time

from attrs import evolve, frozen

from estimator.expressions.cut import Cut, cuts
from estimator.expressions.tree import (
    MINUS,
    Tree,
    functions_in,
    names_in,
    plus,
    replaced,
    times,
    whole,
)
from estimator.growth.curves import paths, unbalanced
from estimator.growth.derivation import Derivation
from estimator.growth.dominate import Domination, dominate
from estimator.growth.enclosing_rules import enclose_node
from estimator.growth.enclosure import Enclosure, Floor, floor_of
from estimator.growth.ground import Ground
from estimator.growth.phases import HEIGHTS, at_phase, phases_in
from estimator.growth_numbers.monomial import Monomial, product, to_power
from estimator.growth_numbers.number import ONE, DividedError, HopelessError, UndecidedError
from estimator.growth_numbers.sign import sign

ORDERS = (0, 1, 2, 3)
"""Terms of Taylor series tried, in turn."""

EVERY = "#p"
"""A power of logarithms that stands for every one."""

MOVING = frozenset({"#t", "#n"})
"""Parameters of curves; what else is on one stays fixed."""

WAVES = frozenset({"sin", "cos"})
"""Functions whose value depends on an angle."""

JUMPS = frozenset({"ceiling", "floor", "Mod"})
"""Functions whose value depends on the distance to an integer."""

MOST_PHASED = 8
"""Curves on which the distance to the next integer is chosen."""

MOST_SPLITS = 2
"""Variables ordered by size within one proof."""


@frozen(eq=False)
class Proof:
    """|f| <= C |g| beyond the thresholds, or f/g -> 0.

    Args:
        f: what is bounded, after the substitution.
        g: what bounds it.
        vanishing: whether the ratio is shown to go to zero.
        pinned: variables that are only at least 16.
        derivation: enclosures of f and g.
        floor: lower bound of |g|; `None` if f is zero and no bound is needed.
        domination: of the size of f by that lower bound.
        ahead: lower bound of a quantity that goes to infinity, if one was asked for.
        cases: proofs for parts of the region, with the substitution of each; then the rest is
            that of the first.
    """

    f: Tree
    g: Tree
    vanishing: bool
    pinned: frozenset[str]
    derivation: Derivation
    floor: Floor | None
    domination: Domination
    ahead: Floor | None = None
    cases: tuple[tuple[tuple[str, str], "Proof"], ...] = ()


@frozen
class Question:
    """f against g when the variables go to infinity independently."""

    f: Tree
    g: Tree
    variables: frozenset[str]
    pinned: frozenset[str] = frozenset()

    def replaced(self, values: Mapping[str, Tree], variables: frozenset[str]) -> "Question":
        """The same with trees put in for variables."""
        return evolve(
            self, f=replaced(self.f, values), g=replaced(self.g, values), variables=variables
        )


@frozen
class Attempt:
    """A proof, or why there is none."""

    proof: Proof | None
    truncated: bool = False
    reason: str = ""
    is_varied: bool = False


def attempt(
    question: Question,
    vanishing: bool,
    order: int,
    positive: bool = False,
    stop: float = float("inf"),
    ahead: Tree | None = None,
    variant: int = 0,
) -> Attempt:
    """Try to prove f = O(g), or o(g), without splitting the region.

    Args:
        question: f, g and the variables.
        vanishing: whether to prove o.
        order: of Taylor series.
        positive: whether g must be shown not to be zero even if f is zero.
        stop: when to give up, on the clock of the process, which stands while others run.
        ahead: what must be shown to go to infinity besides.
        variant: which of several bounds is taken where there are some.
    """
    ground = Ground(question.variables, question.pinned)
    derivation = Derivation(ground, order, enclose_node, stop, variant=variant)

    def failed(reason: str) -> Attempt:
        return Attempt(None, derivation.truncated, reason, derivation.is_varied)

    try:
        first = None if ahead is None else growing_floor(derivation, ahead)
        f = derivation.enclose(question.f)
        size = f.size
        floor = None
        if size or positive:
            floor = floor_of(ground, derivation.enclose(question.g))
            if floor is None:
                return failed("the bound was not shown to stay away from zero")
        terms = floor.terms if floor is not None else {}
        domination = dominate(ground, size, terms, vanishing)
        if domination is None:
            return failed("no domination of the leading terms was found")
    except (DividedError, HopelessError):
        raise
    except UndecidedError as problem:
        return failed(str(problem))
    proof = Proof(
        f=question.f,
        g=question.g,
        vanishing=vanishing,
        pinned=question.pinned,
        derivation=derivation,
        floor=floor,
        domination=domination,
        ahead=first,
    )
    return Attempt(proof, derivation.truncated)


def growing_floor(derivation: Derivation, quantity: Tree) -> Floor:
    """A lower bound of which a term is shown to go to infinity.

    Raises:
        UndecidedError: if none was found.
    """
    ground = derivation.ground
    found = floor_of(ground, derivation.enclose(quantity))
    if found is None or found.sign < 0:
        raise UndecidedError("what is rounded may not be positive")
    for m in found.terms:
        inverse = to_power(m, -ONE)
        if any(key[0] == "o" for key, _ in m) or not ground.vanishes(inverse):
            continue
        covered = ground.cover(inverse, Fraction(1, 2))
        if covered is not None:
            ground.touch(inverse)
            return evolve(found, certificate=(found.certificate, m, covered[2]))
    raise UndecidedError("what is rounded may stay small")


def split_attempt(
    question: Question,
    vanishing: bool,
    order: int,
    depth: int = 0,
    stop: float = float("inf"),
    variant: int = 0,
) -> Attempt:
    """Try with the region cut in two, for each way to do so."""
    best = Attempt(None)
    free = sorted(question.variables - question.pinned)
    has_logs = "log" in functions_in(question.f) | functions_in(question.g)
    for ways in cuts(free, has_logs and depth == 0):
        cases = []
        for cut in ways:
            if process_time() > stop:
                return best
            part = half(question, cut)
            found = attempt(part, vanishing, order, stop=stop, variant=variant)
            if found.proof is None and depth + 1 < MOST_SPLITS and len(free) > 2:
                found = split_attempt(part, vanishing, order, depth + 1, stop, variant)
            if found.proof is None:
                best = Attempt(
                    None,
                    best.truncated or found.truncated,
                    found.reason,
                    best.is_varied or found.is_varied,
                )
                break
            cases.append(((cut.large, cut.small), found.proof))
        else:
            return Attempt(evolve(cases[0][1], f=question.f, g=question.g, cases=tuple(cases)))
    return best


def half(question: Question, cut: Cut, value: Tree | None = None) -> Question:
    """The question in one part of the region, where a variable has a value."""
    variables = (question.variables - {cut.replaced}) | {cut.name}
    part = question.replaced({cut.replaced: value or cut.value}, variables)
    return evolve(part, pinned=question.pinned | {cut.name})


@frozen(eq=False)
class Refutation:
    """A curve along which f outgrows every multiple of g, or does not fall behind it.

    Args:
        path: what every variable is on the curve.
        proof: of g = o(f), or g = O(f), on the curve.
        phase: what is rounded, and its distance to the next integer at the points of the curve
            that count; `None` if all do.
        orders: what is shown to be positive along the curve besides.
    """

    path: Mapping[str, Tree]
    proof: Proof
    phase: tuple[Tree, Fraction] | None = None
    orders: tuple[tuple[Tree, Derivation, Floor | None], ...] = ()


def refute(
    question: Question,
    vanishing: bool,
    order: int,
    stop: float = float("inf"),
    variant: int = 0,
    is_unbalanced: bool = False,
    orders: Sequence[tuple[Tree, Tree]] = (),
) -> tuple[Refutation | None, bool]:
    """A curve on which f = O(g), or with `vanishing` f = o(g), is false; and whether a series
    was cut off on the way.

    Args:
        question: f, g and the variables.
        vanishing: whether it is o that is false.
        order: of Taylor series.
        stop: when to give up, on the clock of the process.
        variant: which of several bounds is taken where there are some.
        is_unbalanced: whether to try curves on which variables stay fixed, which say nothing
            about o, and no others.
        orders: pairs of which the first must be the larger one along the curve.
    """
    truncated = False
    backwards = evolve(question, f=question.g, g=question.f)
    constants = (names_in(question.f) | names_in(question.g)) - question.variables
    several = len(question.variables) > 1
    sizes = [monomials_of(question, side) for side in "fg"] if several else [[], []]
    used = functions_in(question.f) | functions_in(question.g)
    waves, jumps = bool(WAVES & used), bool(JUMPS & used)
    free = question.variables - question.pinned
    tried = paths(question.variables, constants, sizes, vanishing, waves, jumps)
    if is_unbalanced:
        tried = unbalanced(question.variables)
    elif question.pinned:
        least = dict.fromkeys(question.pinned, whole(16))
        first = paths(free, constants, [[], []], vanishing, waves, jumps)
        tried = chain(({**path, **least} for path in first), tried)
    for place, path in enumerate(tried):
        if process_time() > stop:
            break
        names = frozenset().union(*map(names_in, path.values())) - constants
        variables = frozenset(name for name in names if name in MOVING)
        along = evolve(backwards.replaced(path, variables), pinned=frozenset())
        gaps = [replaced(plus(one, times(MINUS, two)), path) for one, two in orders]
        signs = [not_negative(gap, variables, stop) for gap in gaps]
        kept = tuple(each for each in signs if each is not None)
        if len(kept) < len(orders):
            continue  # the orders do not hold on it
        try:
            found = attempt(along, not vanishing, order, positive=True, stop=stop, variant=variant)
        except DividedError as problem:
            if problem.symbol != EVERY:
                raise
            continue  # another curve may do for every power
        truncated |= found.truncated
        if found.proof is not None:
            return Refutation(path, found.proof, orders=kept), truncated
        if jumps and variables == {"#t"} and place < MOST_PHASED:
            for x in phases_in(along.f, along.g):
                for height in HEIGHTS:
                    part = evolve(
                        along, f=at_phase(along.f, x, height), g=at_phase(along.g, x, height)
                    )
                    found = attempt(
                        part, not vanishing, order, True, stop, ahead=x, variant=variant
                    )
                    truncated |= found.truncated
                    if found.proof is not None:
                        return Refutation(path, found.proof, (x, height), kept), truncated
    return None, truncated


def not_negative(
    tree: Tree, variables: frozenset[str], stop: float
) -> tuple[Tree, Derivation, Floor | None] | None:
    """Why an expression is positive far out, or, without a floor, zero; `None` if neither is."""
    for order in ORDERS[:2]:
        derivation = Derivation(Ground(variables), order, enclose_node, stop)
        try:
            each = derivation.enclose(tree)
            found = floor_of(derivation.ground, each)
        except UndecidedError:
            continue
        if not each.size or (found is not None and found.sign > 0):
            return tree, derivation, found
    return None


def monomials_of(question: Question, side: str) -> list[Monomial]:
    """Monomials that f or g is made of, with atoms replaced by parts of their bounds."""
    derivation = Derivation(Ground(question.variables, question.pinned), 0, enclose_node)
    try:
        each = derivation.enclose(question.f if side == "f" else question.g)
    except UndecidedError:
        return []
    found = [*each.main, *each.error]
    for index in range(len(derivation.ground.atoms) - 1, -1, -1):
        bounds = [m for _, m in derivation.ground.atoms[index].upper]
        found = [
            other
            for m in found
            for e in [dict(m).get(("o", index))]
            for other in (
                [m]
                if e is None
                else [
                    product(tuple(p for p in m if p[0] != ("o", index)), to_power(b, e))
                    for b in bounds
                ]
            )
        ][:60]
    return found


def find_division(question: Question) -> None:
    """Find a constant whose value decides the sign of a coefficient.

    Raises:
        DividedError: if there is one.
    """
    derivation = Derivation(Ground(question.variables, question.pinned), 1, enclose_node)
    for tree in (question.f, question.g):
        try:
            derivation.enclose(tree)
        except DividedError:
            raise
        except UndecidedError:
            continue
    for each in derivation.known.values():
        for c in each.main.values():
            try:
                sign(c)
            except DividedError:
                raise
            except UndecidedError:
                continue


def enclosure_of(tree: Tree, variables: frozenset[str], order: int) -> tuple[Enclosure, Derivation]:
    """The enclosure of one expression."""
    derivation = Derivation(Ground(variables), order, enclose_node)
    return derivation.enclose(tree), derivation
