"""The best of all choices that meet their bounds, the front of trade-offs, and what binds."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from estimator.ask.parameter import Number, quoted
from estimator.ask.question import Question, Tracker, untracked
from estimator.choice.candidates import BEYOND, Candidate, Found, candidates_of, choice_axes
from estimator.choice.constraint import ROUNDING, Constraint, column_of, constraints_of
from estimator.grid.asking import Asking, question_of
from estimator.report.model import Report
from estimator.report.parts import (
    Axis,
    Chart,
    Column,
    Fact,
    Facts,
    Kind,
    Line,
    Mark,
    Notes,
    Part,
    Table,
)
from estimator.report.text import SHORT, TEXT

SPACETIME = "spacetime"
"""Qubits times Toffoli depth. Unit: logical qubit layers."""

MAIN = ("t_count", "qubits", "toffoli_depth", SPACETIME)
"""Costs that are shown of every choice."""

MOST_SHOWN = 20
"""Rows of the front."""

UNITS = {
    "t_count": "gates", "qubits": "logical qubits", "toffoli_depth": "layers",
    SPACETIME: "qubit layers",
}  # fmt: skip


@frozen(kw_only=True)
class Wish:
    """What is chosen, and by what.

    Args:
        minimise: a cost, by the name of its column or its short name.
        over: what is chosen: names, or NAME=VALUES.
        subject_to: bounds, as texts.
        tracker: shows progress.
    """

    minimise: str
    over: Sequence[str] | Mapping[str, Any]
    subject_to: Sequence[str] = ()
    tracker: Tracker = field(default=untracked, repr=False)


def choose(target: str, wish: Wish, fixed: Mapping[str, Any]) -> Report:
    """The best choice.

    Args:
        target: a name, or the path of a file.
        wish: what is chosen, and by what.
        fixed: parameters that are the same for all.

    Raises:
        ValueError: if something is not understood, nothing can be asked, or no choice meets the
            bounds (the nearest is named); in one sentence.
    """
    bounds = constraints_of(wish.subject_to)
    names = wish.over if isinstance(wish.over, Mapping) else _names(wish.over)
    question = question_of(target, [*fixed, *names])
    axes = choice_axes(question, wish.over)
    settled, left = _settled(question, bounds, {*fixed, *(a.name for a in axes)})
    found = candidates_of(target, axes, {**fixed, **settled}, wish.tracker)
    if not found.candidates:
        why = next(iter(found.refused), "there is none")
        raise ValueError(f"no choice has an answer: {why}")
    search = _Search(found, [*left, *_errors(bounds, question)], wish.minimise)
    best = search.best()
    tried = _smaller(target, fixed, settled, best, search)
    return _report(target, {**fixed, **settled}, search, best, settled, tried)


def _names(over: str | Sequence[str]) -> list[str]:
    """Names that are parameters for certain: those before the first list of values."""
    found = []
    for text in [over] if isinstance(over, str) else over:
        before, sign, rest = text.partition("=")
        found += [name.strip() for name in before.split(",") if name.strip()]
        found += [
            part.partition("=")[0].strip() for part in rest.split(",") if "=" in part and sign
        ]
    return found


def _settled(
    question: Question, bounds: Sequence[Constraint], known: set[str]
) -> tuple[dict[str, Any], list[Constraint]]:
    """Parameters that a bound settles, at the bound; and the bounds on something else."""
    settled: dict[str, Any] = {}
    left = []
    for each in bounds:
        parameter = question.spellings.get(each.name.replace("-", "_"))
        if not isinstance(parameter, Number) or parameter.name in known:
            left.append(each)
        elif each.sign == "=" or each.sign.endswith("="):
            if parameter.name in settled:
                raise ValueError(f"{parameter.name} is bounded twice; give one bound")
            settled[parameter.name] = parameter.parse(each.bound)
        else:
            raise ValueError(f"{each} has no closest value; write {each.sign}= in place of it")
    return settled, left


def _errors(bounds: Sequence[Constraint], question: Question) -> list[Constraint]:
    """Bounds on the error that is asked for are bounds on the error that is reached, too."""
    return [
        Constraint(settled.column, each.sign, each.bound * (1 + ROUNDING))
        for each in bounds
        for settled in question.settles.values()
        if each.name == settled.allowed and each.sign in ("<=", "<")
    ]


class _Search:
    """Choices, bounds and a cost."""

    def __init__(self, found: Found, bounds: Sequence[Constraint], minimise: str) -> None:
        rows = [_with_spacetime(each) for each in found.candidates]
        columns = list(dict.fromkeys(name for row in rows for name in row))
        self.cost = column_of(minimise, columns)
        known = [i for i, row in enumerate(rows) if row.get(self.cost) is not None]
        if not known:
            raise ValueError(f"no choice has a number for {minimise}; minimise something else")
        self.unknown = len(rows) - len(known)
        self.found = evolve(found, candidates=[found.candidates[i] for i in known])
        self.costs = [rows[i] for i in known]
        self.bounds = [
            (each, each.name if each.name in found.candidates[0].chosen
             else column_of(each.name, columns))
            for each in bounds
        ]  # fmt: skip
        for row in self.costs:
            if not _is_number(row.get(self.cost)):
                raise ValueError(
                    f"{minimise} is no number here, it is {quoted(str(row.get(self.cost)))}; give "
                    f"the parameters that it depends on, or minimise something else"
                )

    def value(self, i: int, name: str) -> Any:
        """A parameter that was chosen, or a cost."""
        chosen = self.found.candidates[i].chosen
        return chosen[name] if name in chosen else self.costs[i].get(name)

    def allowed(self, without: Constraint | None = None) -> list[int]:
        """Choices that meet all bounds, or all but one."""
        return [
            i
            for i in range(len(self.costs))
            if all(each.holds(self.value(i, name)) for each, name in self.bounds
                   if each is not without)
        ]  # fmt: skip

    def best(self) -> int:
        """The first of the cheapest.

        Raises:
            ValueError: if no choice meets the bounds; the nearest is named.
        """
        if allowed := self.allowed():
            return min(allowed, key=lambda i: self.costs[i][self.cost])

        def missed(i: int) -> float:
            return max(each.excess(self.value(i, name)) for each, name in self.bounds)

        nearest = min(range(len(self.costs)), key=missed)
        chosen = self.found.candidates[nearest].chosen
        values = ", ".join(
            f"{name} = {SHORT.text(self.value(nearest, name))}"
            for each, name in self.bounds
            if not each.holds(self.value(nearest, name))
        )
        raise ValueError(
            f"none of {len(self.costs):,} choices meets {', '.join(str(x) for x, _ in self.bounds)}"
            f"; the nearest is {_text(chosen)}, with {values}"
        )

    def front(self, other: str) -> list[int]:
        """Allowed choices that none beats in both costs, by the other cost, rising."""
        order = sorted(
            (i for i in self.allowed() if _is_number(self.costs[i].get(other))),
            key=lambda i: (self.costs[i][other], self.costs[i][self.cost]),
        )
        kept: list[int] = []
        for i in order:
            if not kept or self.costs[i][self.cost] < self.costs[kept[-1]][self.cost]:
                kept.append(i)
        return kept


def _with_spacetime(each: Candidate) -> dict[str, Any]:
    row = dict(each.costs)
    qubits, depth = row.get("qubits"), row.get("toffoli_depth")
    if _is_number(qubits) and _is_number(depth):
        row[SPACETIME] = qubits * depth  # type: ignore[operator]
    return row


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _smaller(
    target: str,
    fixed: Mapping[str, Any],
    settled: Mapping[str, Any],
    best: int,
    search: _Search,
) -> list[str]:
    """What becomes of the cost where a parameter that a bound settled is half as large."""
    said = []
    for name, value in settled.items():
        if not isinstance(value, float):
            said.append(f"{name} = {value}, at its bound; other values were not tried")
            continue
        chosen = search.found.candidates[best].chosen
        given = {**fixed, **settled, **{k: x for k, x in chosen.items() if x is not None}}
        row = Asking.single(target, {**given, name: value / 2}).row(())
        cost = row.get(search.cost, _with_spacetime(Candidate({}, row)).get(search.cost))
        ours = search.costs[best][search.cost]
        word = "no cheaper" if not _is_number(cost) or cost >= ours else "CHEAPER"
        said.append(
            f"{name} = {value:g}, at its bound; half of it is {word} here, which was tried and is "
            f"not proved; choose among values with --over {name}=A,B"
        )
    return said


def _report(
    target: str,
    fixed: Mapping[str, Any],
    search: _Search,
    best: int,
    settled: Mapping[str, Any],
    tried: Sequence[str],
) -> Report:
    chosen, costs = search.found.candidates[best].chosen, search.costs[best]
    main = [name for name in dict.fromkeys((search.cost, *MAIN)) if name in costs]
    other = "qubits" if search.cost != "qubits" else "t_count"
    front = search.front(other) if other in costs else [best]
    count = len(search.costs)
    lines = [
        f"{count:,} choices have an answer, {len(search.allowed()):,} of them meet every bound: "
        f"all were compared, so the best is exact among them",
        *([f"{search.found.by_formulas:,} of them were evaluated by formulas that equal single "
           f"answers where they were tried"] if search.found.by_formulas else []),
        *(f"of {each}, where circuits are built, the least that the error allows and the next "
          f"{BEYOND} were asked; that larger ones cost no less is not proved"
          for each in search.found.thinned),
        *_unpriced(costs),
        *([f"{search.unknown:,} without {search.cost}"] if search.unknown else []),
        *tried,
        *(f"{times:,} without an answer: {why}"
          for why, times in search.found.refused.most_common(3)),
    ]  # fmt: skip
    parts: list[Part] = [
        Facts(
            key="chosen",
            rows=[Fact(key=name, value=_plain(x), style=TEXT) for name, x in chosen.items()],
            heading=f"least {search.cost}",
        ),
        Facts(
            key="costs",
            rows=[
                Fact(key=name, value=costs[name], unit=UNITS.get(name, ""), kind=Kind.ESTIMATE)
                for name in main
            ],
        ),
        *([_bounds_table(search, best)] if search.bounds else []),
        _front_table(search, front, main),
        _front_chart(search, front, best, other, target),
        Notes(key="notes", lines=lines),
    ]
    return Report(
        title=f"{target}: the choice with the least {search.cost}",
        settings={name: _plain(x) for name, x in fixed.items()},
        parts=parts,
        assumed=[*settled],
    )


def _bounds_table(search: _Search, best: int) -> Table:
    """Each bound, and what the cost would be without it."""
    rows = []
    ours = search.costs[best][search.cost]
    for each, name in search.bounds:
        free = search.allowed(each)
        least = min(search.costs[i][search.cost] for i in free)
        rows.append(
            {
                "bound": str(each),
                "here": search.value(best, name),
                "binds": "yes" if least < ours else "no",
                "without": least,
            }
        )
    return Table(
        key="bounds",
        columns=[
            Column(key="bound"),
            Column(key="here", style=SHORT, align="right"),
            Column(key="binds"),
            Column(key="without", label=f"{search.cost} without it", style=SHORT, align="right"),
        ],
        rows=rows,
        heading="bounds",
    )


def _front_table(search: _Search, front: Sequence[int], main: Sequence[str]) -> Table:
    names = list(search.found.candidates[0].chosen)
    step = max(1, -(-len(front) // MOST_SHOWN))
    shown = [*front[::step], *([front[-1]] if (len(front) - 1) % step else [])]
    return Table(
        key="front",
        columns=[
            *(Column(key=name, style=TEXT) for name in names),
            *(Column(key=name, style=SHORT, align="right", kind=Kind.ESTIMATE) for name in main),
        ],
        rows=[
            {
                **{k: _plain(x) for k, x in search.found.candidates[i].chosen.items()},
                **{name: search.costs[i].get(name) for name in main},
            }
            for i in shown
        ],
        heading="no choice is better in both"
        + (f" ({len(shown)} of {len(front)} shown)" if len(shown) < len(front) else ""),
    )


def _front_chart(
    search: _Search, front: Sequence[int], best: int, other: str, target: str
) -> Chart:
    points = sorted({(search.costs[i].get(other), search.costs[i][search.cost]) for i in front})
    return Chart(
        key="chart_front",
        title=f"{search.cost} against {other} of {target}",
        x=Axis(label=other, is_logarithmic=True),
        y=Axis(label=search.cost, is_logarithmic=True),
        lines=[
            Line(
                label="front",
                x=[x for x, _ in points],
                y=[y for _, y in points],
                is_classical=False,
            )
        ],
        marks=[
            Mark(
                x=float(search.costs[best].get(other) or 1),
                y=float(search.costs[best][search.cost]),
                label="chosen",
            )
        ],
        note=f"choices that meet every bound and that none beats in both; chosen: "
        f"{_text(search.found.candidates[best].chosen)}",
    )


def _unpriced(costs: Mapping[str, Any]) -> list[str]:
    """What is said of queries that have no gates."""
    queries = [
        name.partition(".")[2] for name, x in costs.items() if name.startswith("queries.") and x
    ]
    if not queries:
        return []
    return [
        f"queries to {' and '.join(queries)} have no gates here, so their price is left out; "
        f"choose among what has one with --over NAME=A,B"
    ]


def _plain(value: Any) -> Any:
    if value is None:
        return "-"
    return value if isinstance(value, (int, float, str, bool)) else str(value)


def _text(chosen: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_plain(value)}" for name, value in chosen.items())
