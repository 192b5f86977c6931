"""Elements of a page: text in them is escaped, and what is opened is closed."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

Inside = str | Element


def element(tag: str, *inside: Inside, **attributes: str) -> Element:
    """An element with text and elements in it.

    Args:
        tag: its name.
        inside: in order.
        attributes: by name; `class_` is class, and _ elsewhere is -.
    """
    made = Element(tag, {name.rstrip("_").replace("_", "-"): x for name, x in attributes.items()})
    return filled(made, inside)


def filled(whole: Element, inside: Iterable[Inside]) -> Element:
    """The same element, with more at its end."""
    for each in inside:
        if isinstance(each, Element):
            whole.append(each)
        elif len(whole):
            whole[-1].tail = (whole[-1].tail or "") + each
        else:
            whole.text = (whole.text or "") + each
    return whole


def link(text: str, target: str, **attributes: str) -> Element:
    """A link to another page, or to a place on one."""
    return element("a", text, href=target, **attributes)


def paragraph(*inside: Inside) -> Element:
    """A paragraph."""
    return element("p", *inside)


def bullets(items: Iterable[Inside], tag: str = "ul") -> Element:
    """A list."""
    return element(tag, *(element("li", each) for each in items))


def table(headings: Iterable[str], rows: Iterable[Iterable[Inside]], about: str) -> Element:
    """A table in a box of its own, which scrolls where the page is too narrow.

    Args:
        headings: of the columns.
        rows: of cells; the first of each is the row's heading.
        about: what is in it, for those who hear it.
    """
    head = element("tr", *(element("th", each, scope="col") for each in headings))
    body = []
    for row in rows:
        first, *rest = row
        body.append(
            element("tr", element("th", first, scope="row"), *(element("td", x) for x in rest))
        )
    inside = element("table", element("thead", head), element("tbody", *body))
    return element("div", inside, class_="wide", role="group", aria_label=about, tabindex="0")


def as_text(whole: Element) -> str:
    """The element as HTML."""
    return tostring(whole, encoding="unicode", method="html")
