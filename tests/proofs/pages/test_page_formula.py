"""Formulas are set as XML by itself; what is too long to be set is text."""

from xml.etree.ElementTree import fromstring

import pytest
import sympy

from estimator.symbols import L, n
from proofs.pages.page_element import as_text, element
from proofs.pages.page_formula import displayed, inline

x, y = sympy.Symbol("x", positive=True), sympy.Symbol("y", real=True)


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (L * (n + 1), "L\u2062(n+1)"),
        (sympy.ceiling(sympy.log(x) / 2), "⌈log(x)2⌉"),
        (sympy.Max(1, x) - sympy.Abs(y), "-|y|+max(1,x)"),
        (sympy.Symbol("norm(A<B&C)"), "norm(A<B&C)"),
        (sympy.Sum(x, (L, 1, n)), "∑L=1nx"),
        (sympy.Symbol("epsilon_P"), "εP"),
    ],
)
def test_a_formula_is_xml_and_says_what_it_is(formula, shown):
    text = as_text(inline(formula))
    assert "".join(fromstring(text).itertext()) == shown
    assert "&I" not in text


def test_both_sides_and_the_sign_are_shown():
    assert "".join(displayed(n, "<=", L).itertext()) == "L≤n"
    assert "".join(displayed(n, "==").itertext()) == "=n"


def test_a_long_formula_is_text_that_can_be_wrapped():
    long = sympy.Add(*(sympy.Symbol(f"a{k}") for k in range(60)))
    made = displayed(long, "==", L)
    assert made.tag == "code"
    assert made.text == f"L = {long}"


def test_text_is_escaped_and_tags_are_closed():
    """Whatever a claim says."""
    made = element("p", "a < b & c", element("br"), "</p><script>", class_="x", aria_label='"')
    assert as_text(made) == (
        '<p class="x" aria-label="&quot;">a &lt; b &amp; c<br>&lt;/p&gt;&lt;script&gt;</p>'
    )
