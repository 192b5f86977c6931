"""Tokens as a network sees them: which edge, or which modes by letter."""

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.model.tokens import EdgeToken, PauliToken
from bloqs.hypergraph.model.translation_task import TranslationTask


def token_marks(task: TranslationTask) -> NDArray[np.float32]:
    """A row of 0 and 1 for each token, shape (tokens, 1 + C(n,k) + 3n).

    A token that does nothing and each edge have a mark of their own; a read has marks at the
    modes with X or Y, with Z or Y, and in the sign of a stabilizer of an edge.
    """
    first, n = 1 + task.writes, task.modes
    rows = np.zeros((len(task.alphabet), first + 3 * n), dtype=np.float32)
    rows[:first, :first] = np.eye(first)
    for row, token in zip(rows[first:], task.alphabet[first:], strict=True):
        if isinstance(token, PauliToken):
            for (mode, _), letter in token.letters:
                row[first + mode] = letter in "XY"
                row[first + n + mode] = letter in "YZ"
        elif isinstance(token, EdgeToken):
            row[first + token.center[0]] = 1
            for mode, _ in token.rest:
                row[first + 2 * n + mode] = 1
    return rows
