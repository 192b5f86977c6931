"""The short form of a report, and the full one."""

import pytest
import sympy

from bloqs.resnet import symbols as own
from estimator.report.breakdown import NothingKnown
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Table
from estimator.report.short import HEADING, together
from estimator.report.text import EXACT, IF_KNOWN
from estimator.symbols import b, beta, c, d, degree, m, n, part

SIZES = (b, c, d, m, n, beta, 2**c, 2**d, 2**m)
LONG = sympy.Add(*((5 * i + 2) * x * y for i, x in enumerate(SIZES) for y in SIZES))
ROUNDED = sympy.Float("0.123456789") * c + 1
R_0 = own.calls_of(0)


class Halves(NothingKnown):
    """Knows that LONG is twice a part, which is a cost of its own, and has a name for a row."""

    half = part("gates_Half")

    @property
    def rows(self):
        return {"gates": part("Gates")}

    def sum_of(self, value):
        return 2 * self.half if value == LONG else None

    def value_of(self, name):
        return LONG / 2 if name == self.half else None

    def meaning_of(self, name):
        return {"gates_...": "gates [gates]", "..._Half": "of one call of Half(n=c)"}


def report(*rows, breakdown=NothingKnown, cells=(b,), glossary=None):
    return Report(
        title="a formula",
        parts=[
            Facts(key="facts", rows=rows),
            Table(
                key="parts",
                columns=[
                    Column(key="name"),
                    Column(key="cost", style=IF_KNOWN, unit="gates"),
                    Column(key="number", style=EXACT),
                ],
                rows=[{"name": f"{i}", "cost": x, "number": 10**17} for i, x in enumerate(cells)],
            ),
        ],
        glossary={x.name: "a size [1]" for x in (b, c, d, m)} if glossary is None else glossary,
        breakdown=breakdown,
    )


def test_an_answer_that_fits_is_left_alone():
    """Not a letter of it changes; in full it differs in numbers that are rounded alone."""
    given = report(Fact(key="alpha", value=ROUNDED), Fact(key="n", value=12))
    assert given.form() is given
    assert "0.123457*c + 1" in given.text()
    assert "0.123456789*c + 1" in given.text(full=True)
    assert "1.00e17" in given.text()
    assert "1.00e17" in given.text(full=True)
    assert given["facts"]["alpha"] == "0.123456789*c + 1"


def test_names_stand_beneath_and_json_has_the_formula():
    given = report(Fact(key="gates", value=LONG, unit="gates"), Fact(key="n", value=b + c))
    short = given.form()
    assert HEADING in short.text()
    assert str(LONG) not in " ".join(short.text().split())
    assert str(LONG) in " ".join(given.text(full=True, width=2000).split())
    assert given["facts"] == {"gates": str(LONG), "n": "b + c"}
    (names,) = (part_ for part_ in short.parts if part_.key == "names")
    assert names.rows
    facts = {row.key: row.value for row in short.parts[0].rows}
    assert facts["n"] == b + c  # what fits stays
    assert short.form() is short


def test_what_is_known_of_the_formulas_comes_first():
    """Sub-bloqs by name; a row is named where another has its value; meanings in the glossary."""
    given = report(
        Fact(key="gates", value=LONG, label="all gates", unit="gates"),
        Fact(key="depth", value=LONG, unit="layers"),
        breakdown=Halves,
        cells=(LONG,),
    )
    short = given.form()
    facts = {row.key: row.value for row in short.parts[0].rows}
    assert facts == {"gates": 2 * Halves.half, "depth": part("Gates")}
    assert short.parts[1].rows[0]["cost"] == part("Gates")
    assert "gates_Half" in {row.key for row in short.parts[-1].rows}
    assert short.glossary["Gates"] == "all gates, above [gates]"
    assert short.glossary["..._Half"] == "of one call of Half(n=c)"


def test_definitions_that_an_answer_has_go_beneath():
    """Abbreviations, and functions of a layer; they are shortened as other formulas are."""
    given = report(
        Fact(key="gates", value=sympy.expand(R_0 * LONG), unit="gates"),
        Fact(key="R_0", value=LONG + 1),
        Fact(key="f(i)", value=degree + 1),
        glossary={"R_0": "calls of the input [calls]", "b": "bits [qubits]"},
    )
    short = given.form()
    assert [row.key for row in short.parts[0].rows] == ["gates"]
    names = [row.key for row in short.parts[-1].rows]
    assert {"gates_R_0", "R_0", "f(i)"} <= set(names)
    assert given.form(full=True).parts[0].rows[1].key == "R_0"


def test_pages_and_notebooks_have_the_same_form():
    given = report(Fact(key="gates", value=LONG, unit="gates"))
    assert HEADING in given.html()
    assert HEADING in given._repr_html_()
    assert str(LONG) not in given.html()
    assert HEADING not in given.html(full=True)
    assert f"<code>{LONG}</code>" in given.html(full=True)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_words_of_a_table_are_whole(width):
    """Of a table with names in it: columns that do not fit go into a further one."""
    name = part("a_name_of_thirty_characters_or_so")
    text = report(Fact(key="gates", value=LONG), cells=(name + b, b)).text(width=width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "a_name_of_thirty_characters_or_so + b" in " ".join(text.split())


def test_numbered_names_of_one_meaning_are_together():
    found = together(
        {
            "b": "bits 1 [1]",
            "f_1": "degree in layer 1 [1]",
            "f_2": "degree in layer 2 [1]",
            "f_3": "degree in layer 3 [1]",
            "R_0": "calls of the input [calls]",
            "R_1": "calls of layer 1 [calls]",
            "s_1": "degree of layer 1 [1]",
            "s_2": "degree of layer 2 [1]",
            "g_1": "first [1]",
            "g_4": "size 4 [1]",
            "g_6": "size 6 [1]",
        }
    )
    assert found == {
        "b": "bits 1 [1]",
        "f_1 to f_3": "degree in layer 1 to 3 [1]",
        "R_0": "calls of the input [calls]",
        "R_1": "calls of layer 1 [calls]",
        "s_1 and s_2": "degree of layer 1 and 2 [1]",
        "g_1": "first [1]",
        "g_4": "size 4 [1]",
        "g_6": "size 6 [1]",
    }
