"""The one record that every verb answers with; terminal, JSON, HTML and pictures are made of it."""

import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve, field, frozen

from estimator.report.breakdown import AnyBreakdown, NothingKnown
from estimator.report.latex import latex
from estimator.report.parts import Chart, Facts, Part, Table, Value, data
from estimator.report.plain import plain, plain_value
from estimator.report.text import AS_SHOWN, TEXT, Style

if TYPE_CHECKING:
    from estimator.report.drawing import Drawing
    from estimator.verdict import Verdict


def _parts(given: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(given)


def _meant(part: Part) -> str:
    """The key of a part, without what says that it is shown in place of another."""
    return re.sub(r"shown | \d+$", "", part.key)


@frozen(kw_only=True, repr=False)
class Report:
    """An answer.

    Args:
        title: what was asked about.
        settings: what went in, by name.
        parts: what there is to say, in order, each under a key of its own.
        glossary: meaning and unit of every symbol that occurs.
        passed: `False` if what was checked does not hold; `None` if nothing was checked.
        verdict: what was decided, if something was.
        bloq: the Qualtran bloq that it is about, which can be drawn; not in JSON.
        settings_style: how the settings are shown.
        units: of the settings, by name.
        assumed: names of settings that nobody gave.
        head: what of title and settings a terminal prints.
        widest_name: characters that names of facts take on one line; 0 if as many as they need.
        breakdown: gives what is known about long formulas, asked for when some are shortened.
        kept_short: of a report that was kept as it is shown, its short form.
    """

    title: str
    settings: Mapping[str, Value] = field(factory=dict, hash=False)
    parts: tuple[Part, ...] = field(converter=_parts, hash=False)
    glossary: Mapping[str, str] = field(factory=dict, hash=False)
    passed: bool | None = None
    verdict: "Verdict | None" = None
    bloq: Any = field(default=None, repr=False)
    settings_style: Style = TEXT
    units: Mapping[str, str] = field(factory=dict, hash=False)
    assumed: Collection[str] = ()
    head: Literal["all", "title", "none"] = "all"
    widest_name: int = 0
    breakdown: Callable[[], AnyBreakdown] = field(default=NothingKnown, repr=False, eq=False)
    kept_short: "Report | None" = field(default=None, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        keys = [part.key for part in self.parts if part.place != "shown"]
        if len(keys) != len(set(keys)):
            raise ValueError(f"parts of a report need keys of their own, got {', '.join(keys)}")

    def plain(self) -> dict[str, Any]:
        """Everything as numbers, text, lists and mappings, as JSON has it."""
        return plain(self)

    def __getitem__(self, key: str) -> Any:
        return self.plain()[key]

    def keys(self) -> list[str]:
        """What can stand in square brackets."""
        return list(self.plain())

    def to_frame(self, key: str) -> Any:
        """A table, or facts, as a pandas `DataFrame`.

        Raises:
            ValueError: if there is no table and are no facts of that name.
        """
        frame = import_module("pandas").DataFrame
        for part in data(self):
            if part.key == key and isinstance(part, Table):
                return frame(self.plain()[key], columns=[each.key for each in part.columns])
            if part.key == key and isinstance(part, Facts):
                rows = [(row.key, plain_value(row.value), row.unit) for row in part.rows]
                return frame(rows, columns=["name", "value", "unit"])
        known = [part.key for part in data(self) if isinstance(part, (Table, Facts))]
        raise ValueError(f"a frame is made of one of {', '.join(known)}, got {key!r}")

    def latex(self) -> str:
        """Facts and tables as LaTeX, for a paper."""
        return latex(self)

    def only(self, *keys: str) -> "Report":
        """The report with some of its parts alone, as a notebook shows one table of many.

        Args:
            keys: of parts and charts; what is shown in place of a part goes with it.

        Raises:
            ValueError: if there is no part of that name, or none is named.
        """
        chosen = [part for part in self.parts if {part.key, _meant(part)} & {*keys}]
        known = dict.fromkeys(map(_meant, self.parts))
        missing = [key for key in keys if key not in known and key not in {x.key for x in chosen}]
        if missing or not keys:
            raise ValueError(
                f"a part is one of {', '.join(known)}, got {', '.join(missing) or 'none'}; name "
                "one of those"
            )
        stands_in = {_meant(part) for part in chosen if part.place == "shown"}
        return evolve(
            self,
            parts=[
                evolve(part, place="everywhere")
                if part.place == "data" and _meant(part) not in stands_in
                else part
                for part in chosen
            ],
            settings={},
            kept_short=None if self.kept_short is None else self.kept_short.only(*keys),
        )

    def picture(self, file: str | Path | None = None) -> "Drawing | None":
        """Draw the charts into a file, SVG, PNG or PDF by its ending; or for a notebook to show.

        Args:
            file: to write.

        Returns:
            The drawing, if no file is named.

        Raises:
            ValueError: if there is no chart, the ending is another, or the file cannot be written.
        """
        chart = import_module("estimator.report.chart")
        if file is not None:
            chart.write_picture(self, file)
            return None
        found: Drawing = chart.drawing(self)
        return found

    def text(self, *, full: bool = False, width: int = 80) -> str:
        """The report as a terminal shows it, without colours.

        Args:
            full: whether long formulas are written out, as JSON has them.
            width: of the terminal, at least 40. Unit: characters.
        """
        text: str = import_module("estimator.report.terminal").text(self.form(full), width)
        return text

    def html(self, *, full: bool = False) -> str:
        """The report as a whole page, without script and without anything from elsewhere.

        Args:
            full: whether long formulas are written out, as JSON has them.
        """
        page: str = import_module("estimator.report.page").page([self.form(full)])
        return page

    def form(self, full: bool = False) -> "Report":
        """The report as a person reads it: long formulas in names, or all of them written out."""
        if self.settings_style is AS_SHOWN:
            return self if full or self.kept_short is None else self.kept_short
        if "sympy" not in sys.modules:  # then there is no formula
            return self
        short = import_module("estimator.report.short")
        found: Report = short.in_full(self) if full else short.shortened(self)
        return found

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        part: str = import_module("estimator.report.html").fragment(self.form())
        return part

    @property
    def charts(self) -> tuple[Chart, ...]:
        """What the picture shows."""
        return tuple(part for part in self.parts if isinstance(part, Chart))
