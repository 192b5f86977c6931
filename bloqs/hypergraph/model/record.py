"""Records: what a model says, a character a token.

`.` is silence, `0` the eigenvalue +1, `1` the eigenvalue -1.
"""

from collections.abc import Iterable

from bloqs.hypergraph.model.sentence import Sentence
from estimator.ask.parameter import WIDEST_VALUE
from estimator.report.text import shorten

SILENT = "."


def record_from_text(text: str, sentence: Sentence) -> str:
    """A record of a sentence, checked; blanks and ends of lines are dropped.

    Raises:
        ValueError: if its length or a character does not fit the sentence.
    """
    record = "".join(text.split())
    if len(record) != len(sentence.tokens):
        raise ValueError(
            f"a record has a character for each of the {len(sentence.tokens)} tokens, "
            f"got {len(record)}"
        )
    for number, (token, said) in enumerate(zip(sentence.tokens, record, strict=True)):
        allowed = "01" if token.is_read else SILENT
        if said not in allowed:
            rule = "0 or 1 at a read" if token.is_read else "'.' at a token that is not answered"
            name = shorten(token.text(sentence.field_bits > 1), WIDEST_VALUE)
            raise ValueError(f"a record says {rule}, got {said!r} at token {number}, {name}")
    return record


def record_text(sentence: Sentence, answers: Iterable[int]) -> str:
    """A record from the answers to the reads, 0 or 1 each, in order."""
    left = iter(answers)
    record = "".join(str(next(left)) if token.is_read else SILENT for token in sentence.tokens)
    return record_from_text(record, sentence)
