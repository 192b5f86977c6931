"""What goes wrong when a file of arrays is read that is cut short, altered or of another kind."""

import zlib
from tokenize import TokenError
from zipfile import BadZipFile

UNREADABLE: tuple[type[Exception], ...] = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    TypeError,
    MemoryError,
    OverflowError,
    RuntimeError,  # encrypted, or NotImplementedError for a way of packing that nobody knows
    SyntaxError,
    TokenError,  # a header that is no expression
    BadZipFile,
    zlib.error,
)
"""What `numpy.load` and the archives that it opens raise about a file that they cannot read."""
