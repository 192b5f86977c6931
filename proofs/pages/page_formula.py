"""Formulas on a page, as MathML."""

import re
from functools import lru_cache
from html.entities import html5
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

import sympy
from sympy.printing.mathml import mathml

from estimator.report.formula import size
from proofs.pages.page_element import element

LONGEST = 40
"""Numbers and symbols up to which a formula is set; a longer one is text, which can be wrapped."""

WIDEST = 28
"""Characters from which a formula may need a box that scrolls, on a telephone."""

SIGNS = {"==": "=", "<=": "≤", "<": "<"}


def inline(formula: Any) -> Element:
    """A formula within a line."""
    return _set(sympy.sympify(formula), "", "span")


def displayed(formula: Any, sign: str = "", left: Any = None) -> Element:
    """A formula on a line of its own, `left sign formula` or `sign formula`.

    Args:
        formula: of SymPy.
        sign: "==" or "<=", or nothing.
        left: of SymPy; nothing if `None`.
    """
    return _set(sympy.sympify(formula), sign, "div", left)


def _set(formula: Any, sign: str, box: str, left: Any = None) -> Element:
    sides = [formula] if left is None else [sympy.sympify(left), formula]
    length = sum(map(_size, sides))
    if length > LONGEST:
        text = f" {SIGNS[sign]} ".join(map(str, sides)) if sign else str(formula)
        return element("code", text, class_="formula")
    made = Element("math", {"display": "block"} if box == "div" else {})
    if left is not None:
        made.append(_presented(sides[0]))
    if sign:
        made.append(element("mo", SIGNS[sign]))
    made.append(_presented(formula))
    is_wide = sum(len(str(side)) for side in sides) > WIDEST
    focus = {"tabindex": "0", "role": "group", "aria_label": "formula"} if is_wide else {}
    return element(box, made, class_="formula", **focus)


def _size(formula: Any) -> int:
    if isinstance(formula, sympy.Symbol):
        return 1 + len(formula.name) // 8  # what is no formula of SymPy is told by its name
    return size(formula)


@lru_cache(maxsize=4096)
def _markup(formula: Any) -> str:
    printed = str(mathml(formula, printer="presentation"))
    return re.sub(r"&(\w+;)", lambda name: _entity(name[1], name[0]), printed)


def _entity(name: str, written: str) -> str:
    """The character that an entity of HTML stands for, which XML does not know."""
    return written if name in ("lt;", "gt;", "amp;", "quot;", "apos;") else html5[name]


def _presented(formula: Any) -> Element:
    """The formula as an element of MathML."""
    try:
        return fromstring(f"<mrow>{_markup(formula)}</mrow>")
    except ParseError:  # the name of a symbol, which is not escaped
        return element("mtext", str(formula))
