"""A drawing that a notebook shows."""

from pathlib import Path

from attrs import field, frozen

from estimator.report.write_file import write_file


@frozen
class Drawing:
    """An SVG document, which a notebook shows by itself.

    Args:
        says: what it is of.
        svg: the document.
    """

    says: str
    svg: str = field(repr=False)

    def _repr_svg_(self) -> str:
        """The document, which fits the width of a page."""
        return self.svg.replace("<svg ", '<svg style="max-width: 100%; height: auto" ', 1)

    def write(self, file: str | Path) -> None:
        """Write it into a file named .svg.

        Raises:
            ValueError: if the name has another ending, or the file cannot be written.
        """
        if Path(file).suffix.lower() != ".svg":
            raise ValueError(f"this drawing is SVG, so its file must be named .svg, got {file}")
        write_file(file, self.svg.encode())
