"""Formulas as MathML, which a browser sets by itself: no script and no font from elsewhere."""

from html import escape
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml


def as_mathml(tex: str, is_block: bool = False) -> str:
    """A formula as an element of a page; the text itself, as code, where it is not understood."""
    try:
        return str(tex2mathml(tex, as_block=is_block))
    except (MathError, SyntaxError):
        return f"<code>{escape(tex)}</code>"


def _inline(translator: Any, node: nodes.math) -> None:
    translator.body.append(as_mathml(node.astext()))
    raise nodes.SkipNode


def _block(translator: Any, node: nodes.math_block) -> None:
    translator.body.append(f'<div class="formula">{as_mathml(node.astext(), True)}</div>')
    raise nodes.SkipNode


def setup(app: Any) -> dict[str, bool]:
    """An extension of Sphinx: the renderer `mathml`."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
