"""Small trees with one claim, to make mistakes in."""

from collections.abc import Callable
from pathlib import Path

import pytest

LEDGER = """
from proofs import some

def claims():
    return {"some": some.THEOREM}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[str, str], Path]:
    """`tree(bloq, claim)`: a folder with bloqs/some.py, proofs/some.py and a ledger of it."""

    def make(bloq: str, claim: str) -> Path:
        for layer in ("bloqs", "proofs"):
            (tmp_path / layer).mkdir()
            (tmp_path / layer / "__init__.py").write_text("")
        (tmp_path / "bloqs" / "some.py").write_text(bloq)
        (tmp_path / "proofs" / "some.py").write_text(claim)
        (tmp_path / "proofs" / "ledger.py").write_text(LEDGER)
        return tmp_path

    return make
