"""The short form of an answer: no formula above a few lines, names defined beneath.

An answer whose formulas all fit is left as it is.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import sympy
from attrs import define, evolve, frozen
from sympy.core.function import AppliedUndef

from estimator.report.layout import column_widths, value_width
from estimator.report.naming import DEFINITION, Namer, Room, expanded, identifier, put
from estimator.report.parts import AnyReport, Fact, Facts, Part, Table, fact_groups, shown
from estimator.symbols import ABBREVIATIONS

WIDTH = 80
"""Width of the terminal that formulas are to fit. Unit: characters."""

WIDEST_NAME = 20
"""Characters of names of facts, words being whole, before they take several lines."""

LEAST_CELL = 8
"""Characters of the narrowest column of a table."""

HEADING = "names in the formulas (--full writes everything out)"
"""Above the definitions."""

_FUNCTION = re.compile(r"[A-Za-z_]\w*\(\w+\)")
"""Left side of a definition such as that of f(i) or epsilon(0)."""

_NUMBERED = re.compile(r"(.*?)(\d+)")
"""A name that ends in a number."""

Place: TypeAlias = tuple[str | int, ...]
"""Keys of a part and of what is in it."""


@define(eq=False)
class Cell:
    """A formula that is shown.

    Args:
        value: the formula.
        room: for it.
        stem: what names of its parts begin with.
    """

    value: sympy.Expr
    room: Room
    stem: str


def shortened(report: Any) -> Any:
    """The report with names for parts of its long formulas, and their definitions at the end."""
    if all(cell.room.has(cell.value) for cell in _cells(report, 0).values()):
        return report
    return _Shortening(report).report()


def in_full(report: Any) -> Any:
    """The report with every formula as JSON has it."""
    return evolve(report, parts=[_part_in_full(part) for part in report.parts])


def _part_in_full(part: Part) -> Part:
    if isinstance(part, Fact):
        return _in_full(part)
    if isinstance(part, Facts):
        return evolve(part, rows=[_in_full(row) for row in part.rows])
    if isinstance(part, Table):
        return evolve(part, columns=[_in_full(column) for column in part.columns])
    return part


def _in_full(item: Any) -> Any:
    style = item.style
    return item if style.full is None else evolve(item, style=evolve(style, text=style.full))


def _is_formula(value: Any) -> bool:
    return isinstance(value, sympy.Expr) and not value.is_number


def _has_formula(fact: Fact) -> bool:
    return fact.style.full is not None and _is_formula(fact.value)


def _is_definition(fact: Fact) -> bool:
    return fact.key in ABBREVIATIONS or _FUNCTION.fullmatch(fact.key) is not None


def _cells(report: AnyReport, widest_name: int) -> dict[Place, Cell]:
    """Every formula that is shown, by its place, with the room that a terminal has for it."""
    parts = shown(report)
    rows = {fact.key: symbol for fact, symbol in _rows(report)}
    found: dict[Place, Cell] = {}
    for facts in fact_groups(parts):
        names, units = [fact.shown_label for fact in facts], [fact.shown_unit for fact in facts]
        room = Room(value_width(names, units, WIDTH, widest_name))
        for fact in filter(_has_formula, facts):
            stem = rows[fact.key].name if fact.key in rows else identifier(fact.shown_label)
            found[fact.key,] = Cell(fact.value, room, stem)
    for table in (part for part in parts if isinstance(part, Table)):
        found |= _cells_of(table)
    return found


def _rows(report: AnyReport) -> list[tuple[Fact, sympy.Symbol]]:
    """Facts whose values other formulas may use, with their names."""
    symbols = report.breakdown().rows
    facts = (fact for group in fact_groups(shown(report)) for fact in group)
    return [(fact, symbols[fact.key]) for fact in facts if fact.key in symbols]


def _cells_of(table: Table) -> dict[Place, Cell]:
    texts = [
        [column.heading, *(column.style.text(row.get(column.key)) for row in table.rows)]
        for column in table.columns
    ]
    needed = [max(map(len, each)) for each in texts]
    least = [
        min(LEAST_CELL, width) if column.wraps else width
        for column, width in zip(table.columns, needed, strict=True)
    ]
    widths = column_widths(needed, least, WIDTH - table.gap * (len(needed) - 1))
    found: dict[Place, Cell] = {}
    for column, width in zip(table.columns, widths, strict=True):
        for number, row in enumerate(table.rows):
            value = row.get(column.key)
            if column.style.full is not None and _is_formula(value):
                about = str(row.get(table.columns[0].key, "")).split("(")[0]
                stem = identifier(f"{column.key}_{about}")
                found[table.key, number, column.key] = Cell(value, Room(width), stem)
    return found


class _Shortening:
    """One report on its way to the short form."""

    def __init__(self, given: Any) -> None:
        breakdown = given.breakdown()
        self.given = evolve(given, breakdown=lambda: breakdown)  # found once
        self.breakdown = breakdown
        facts = [fact for group in fact_groups(shown(given)) for fact in group]
        self.own = {fact.key: fact for fact in facts if _is_definition(fact)}
        self.cells = _cells(evolve(self.given, parts=self._without_own()), WIDEST_NAME)
        self.rows: dict[sympy.Expr, tuple[str, sympy.Symbol]] = {}
        for fact, symbol in _rows(self.given):
            self.rows.setdefault(expanded(fact.value), (fact.key, symbol))
        self.namer = self._namer()

    def _without_own(self) -> list[Part]:
        parts = []
        for part in self.given.parts:
            if isinstance(part, Facts) and part.place != "data":
                part = evolve(part, rows=[x for x in part.rows if x.key not in self.own])
            if not isinstance(part, Fact) or part.key not in self.own:
                parts.append(part)
        return parts

    def _namer(self) -> Namer:
        named = _named_in(self.given)
        own = {
            fact.value: named[key]
            for key, fact in self.own.items()
            if _has_formula(fact) and key in named
        }
        taken = {*self.given.glossary, *(name.split("(")[0] for name in named)}
        taken |= {symbol.name for symbol in self.breakdown.rows.values()}
        return Namer(self.breakdown, taken, own)

    def report(self) -> Any:
        """The short form."""
        for place, cell in self.cells.items():
            cell.value = self._short(place, cell)
        names = {name: Cell(value, DEFINITION, "") for name, value in self._own_values().items()}
        made = {
            symbol.name: Cell(value, DEFINITION, "")
            for symbol, value in self.namer.definitions.items()
        }
        _put_back(made, [*self.cells.values(), *made.values(), *names.values()])
        rows = [Fact(key=name, value=cell.value) for name, cell in made.items()]
        rows += [
            evolve(fact, value=names[key].value) if key in names else fact
            for key, fact in self.own.items()
        ]
        parts = [
            *(self._with_cells(part) for part in self._without_own()),
            Facts(key="names", rows=rows, heading=HEADING, place="shown"),
        ]
        return evolve(
            self.given,
            parts=parts,
            glossary=self._glossary([*self.cells.values(), *made.values(), *names.values()]),
            widest_name=WIDEST_NAME,
        )

    def _short(self, place: Place, cell: Cell) -> sympy.Expr:
        if cell.room.has(cell.value):
            return cell.value
        key, symbol = self.rows.get(expanded(cell.value), ("", None))
        if symbol is not None and place != (key,):
            return symbol
        return self.namer.short(cell.value, cell.room, cell.stem)

    def _own_values(self) -> dict[str, sympy.Expr]:
        """Definitions that the answer has already, shortened."""
        facts = {key: fact for key, fact in self.own.items() if _has_formula(fact)}
        names = {str(name): name for name in self.namer.own.values()}
        values = self.namer.without_repeated([fact.value for fact in facts.values()])
        return {
            key: self.namer.short(value, DEFINITION, identifier(key), but=names.get(key))
            for key, value in zip(facts, values, strict=True)
        }

    def _with_cells(self, part: Part) -> Part:
        """The part with the short form of its formulas."""
        if part.place == "data":
            return part
        if isinstance(part, Fact):
            return self._with_cell(part)
        if isinstance(part, Facts):
            return evolve(part, rows=[self._with_cell(row) for row in part.rows])
        if isinstance(part, Table):
            rows = [dict(row) for row in part.rows]
            for number, row in enumerate(rows):
                for key in row:
                    if (cell := self.cells.get((part.key, number, key))) is not None:
                        row[key] = cell.value
            return evolve(part, rows=rows, keeps_words=True)
        return part

    def _with_cell(self, fact: Fact) -> Fact:
        cell = self.cells.get((fact.key,))
        return fact if cell is None or fact.place == "data" else evolve(fact, value=cell.value)

    def _glossary(self, cells: list[Cell]) -> dict[str, str]:
        """Meanings of symbols that occur and of names; numbered ones of one meaning together."""
        used = {symbol.name for cell in cells for symbol in cell.value.free_symbols}
        above = {
            symbol.name: f"{fact.shown_label}, above [{fact.unit}]"
            for fact, symbol in _rows(self.given)
            if symbol.name in used
        }
        known: dict[str, str] = {}
        for symbol in self.namer.definitions:
            known |= self.breakdown.meaning_of(symbol) if symbol.name in used else {}
        lines = sorted(known.items(), key=lambda line: line[0].startswith("..."))
        given = self.given.glossary
        kept = {k: x for k, x in given.items() if k in used or not k.isidentifier()}
        return above | dict(lines) | together(kept)


def _put_back(made: dict[str, Cell], cells: list[Cell]) -> None:
    """Take out the names that one formula alone needs, if it fits with what they stand for.

    A name whose parts are called after it stays.
    """
    for name in reversed([*made]):
        users = [x for x in cells if any(s.name == name for s in x.value.free_symbols)]
        has_parts = any(s.name.startswith(f"{name}_") for s in made[name].value.free_symbols)
        if len(users) > 1 or has_parts:
            continue
        for user in users:
            symbol = next(x for x in user.value.free_symbols if x.name == name)
            whole = put(user.value, symbol, made[name].value)
            if not user.room.has(whole):
                break
            user.value = whole
        else:
            cells.remove(made.pop(name))


def _named_in(report: AnyReport) -> dict[str, sympy.Expr]:
    """Symbols and functions of symbols in the report, by their text."""
    values = [
        fact.value
        for part in report.parts
        for fact in (part.rows if isinstance(part, Facts) else [part])
        if isinstance(fact, Fact)
    ]
    tables = [part for part in report.parts if isinstance(part, Table)]
    values += [value for table in tables for row in table.rows for value in row.values()]
    found: set[sympy.Expr] = set()
    for value in filter(_is_formula, values):
        found |= value.free_symbols | value.atoms(AppliedUndef)
    return {str(each): each for each in found}


@frozen
class _Family:
    """Names that differ in their number alone, and so do their meanings."""

    name: str
    meaning: str


def together(glossary: Mapping[str, str]) -> dict[str, str]:
    """The glossary with `f_1 to f_8: degree in layer 1 to 8` in place of eight lines."""
    members: dict[_Family, list[int]] = {}
    found: dict[str, str] = {}
    for name, family, number in _families(glossary):
        if family is None:
            found[name] = glossary[name]
        else:
            members.setdefault(family, []).append(number)
            found.setdefault(f"{family.name}#", "")
    whole: dict[str, str] = {}
    for name, meaning in found.items():
        if not name.endswith("#"):
            whole[name] = meaning
            continue
        for family, numbers in members.items():
            if name == f"{family.name}#":
                whole |= _joint(family, sorted(numbers))
    return whole


def _families(glossary: Mapping[str, str]) -> Iterator[tuple[str, _Family | None, int]]:
    """Each name, what it shares with others, and its number."""
    for name, meaning in glossary.items():
        found = _NUMBERED.fullmatch(name)
        stem, number = found.groups() if found else ("", "0")
        shared = re.sub(rf"(?<!\[)\b{number}\b", "#", meaning)
        is_member = found is not None and "#" in shared
        yield name, _Family(stem, shared) if is_member else None, int(number)


def _joint(family: _Family, numbers: list[int]) -> dict[str, str]:
    """A line for numbers without a gap, else one for each."""
    first, last = numbers[0], numbers[-1]
    if first == last or numbers != [*range(first, last + 1)]:
        return {f"{family.name}{x}": family.meaning.replace("#", str(x)) for x in numbers}
    joint = "and" if last == first + 1 else "to"
    key = f"{family.name}{first} {joint} {family.name}{last}"
    return {key: family.meaning.replace("#", f"{first} {joint} {last}")}
