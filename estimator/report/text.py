"""Numbers and names as a person would write them; formulas are in `formula`, which loads SymPy."""

import re
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

from attrs import frozen

LONG_WHOLE = 10**15
"""Whole numbers from here on are not written out where a person reads them."""


WRITTEN_OUT = 100_000
"""Whole numbers from here on are shown with three digits and a power of ten."""

SHORT_WHOLE = 10**6
"""Whole numbers below this are written out among the layers of a network."""


def short(value: Any) -> str:
    """A number with at most five digits before the exponent; a dash for none."""
    if value is None:
        return "-"
    if isinstance(value, int) and abs(value) < WRITTEN_OUT:
        return f"{value:,}"
    if isinstance(value, float) and abs(value) < 1000:
        return f"{value:.3g}"
    return f"{Decimal(value):.2e}".replace("e+", "e")


def whole_text(number: int) -> str:
    """Every digit of a whole number below `LONG_WHOLE`, else three and a power of ten."""
    return short(number) if abs(number) >= LONG_WHOLE else f"{number:,}"


def few_digits(value: Any) -> str:
    """A number with three digits, or written out if it is whole and not too long."""
    if isinstance(value, str):
        return value
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond floating point
        return f"{Decimal(int(value)):.3g}"
    whole = number == int(number) and abs(number) < SHORT_WHOLE
    return f"{int(number):,}" if whole else f"{number:.3g}"


def mixed_text(value: Any) -> str:
    """Text, a whole number, another number or nothing, in one column."""
    if isinstance(value, str):
        return value
    return whole_text(value) if isinstance(value, int) else short(value)


def exponent(value: float | None) -> str:
    """Two digits after the point; zero has no sign."""
    if value is None:
        return "undecided"
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text


def four_digits(value: Any) -> str:
    """Four digits of a number that is not whole."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@frozen
class Style:
    """How a value is shown where a person reads it.

    Args:
        name: of the style.
        text: from a value to its text.
        full: likewise where formulas are asked for in full; `None` if the style is not for
            formulas.
    """

    name: str
    text: Callable[[Any], str]
    full: Callable[[Any], str] | None = None


def exact(value: Any) -> str:
    """Every digit of a number, or a formula; see `estimator.report.formula.formula_text`."""
    text: str = import_module("estimator.report.formula").formula_text(value)
    return text


def in_full(value: Any) -> str:
    """The same with formulas as JSON has them; see `estimator.report.formula.exact_text`."""
    text: str = import_module("estimator.report.formula").exact_text(value)
    return text


AS_SHOWN = Style("as shown", lambda value: value.text)
"""The text that a value once had, of an answer that was kept."""
EXACT = Style("exact", exact, in_full)
"""Every digit of a number, and formulas."""
IF_KNOWN = Style(
    "if known",
    lambda value: "" if value is None else exact(value),
    lambda value: "" if value is None else in_full(value),
)
"""All digits and formulas, and nothing for nothing."""
SHORT = Style("short", short)
"""At most five digits."""
FEW = Style("few", few_digits)
"""Three digits, whole numbers below a million written out."""
SHARE = Style("share", lambda value: "?" if value is None else f"{value:.0%}")
"""Per cent."""
SCIENTIFIC = Style("scientific", lambda value: f"{value:.1e}")
"""Two digits and a power of ten."""
PRECISE = Style("precise", lambda value: f"{value:.4f}")
"""Four digits after the point."""
EXPONENT = Style("exponent", exponent)
"""Two digits after the point."""
SETTING = Style("setting", four_digits)
"""Four digits of what is not whole."""
TEXT = Style("text", lambda value: "" if value is None else str(value))
"""As it is."""
MIXED = Style("mixed", mixed_text)
"""Text as it is, every digit of a whole number that is not long, three of another; - for none."""
COUNT = Style("count", lambda value: "" if value is None else whole_text(value))
"""Every digit of a whole number that is not long."""

NAME_WIDTH = 28
"""Longest bloq name in a drawing. Unit: characters."""


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` characters, cut with … at the end."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def rounded(text: str) -> str:
    """`text` with long decimals rounded to four places."""
    return re.sub(r"\d+\.\d{5,}", lambda found: f"{float(found[0]):.4f}", text)


def bloq_name(bloq: object, width: int = NAME_WIDTH) -> str:
    """`str(bloq)` without its long tuples, in at most `width` characters."""
    try:
        name = rounded(" ".join(str(bloq).split()))
    except Exception:  # a third-party `__str__` may fail in any way
        name = type(bloq).__name__
    if len(name) > width:  # innermost brackets with two commas or more hold data
        name = re.sub(r"([(\[{])[^()\[\]{}]*,[^()\[\]{}]*,[^()\[\]{}]*([)\]}])", r"\1…\2", name)
    return shorten(name, width)


def plain_symbols(text: str) -> str:
    """`text` without the LaTeX in symbol names: `C_JA`, not `C_{JA}`."""
    return re.sub(r"[\\\\{}]", "", text)
