"""Sentences, records and automata of a question, from their files."""

from typing import Any

from bloqs.hypergraph.model.bounds import check_field_sentence, check_pauli_sentence
from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text
from estimator.ask.question import Asked
from estimator.ask.text_file import texts_of

CHECKS = {"B": check_pauli_sentence, "C": check_field_sentence}
"""Whether a sentence is one of a theorem."""


def read_sentence(asked: Asked) -> Sentence:
    """The sentence of a question.

    Raises:
        ValueError: if it is none, or none of the theorem that is named.
    """
    (text,) = texts_of(asked.values, ("sentence",))
    return _sentence(asked, text)


def read_sentence_and_record(asked: Asked) -> tuple[Sentence, str]:
    """The sentence of a question, and the text of its record, which whoever replays it reads.

    Raises:
        ValueError: if a file cannot be read, or the sentence is none.
    """
    text, said = texts_of(asked.values, ("sentence", "record"))
    return _sentence(asked, text), said


def settings_of(sentence: Sentence) -> dict[str, Any]:
    """What a sentence is, for the head of a report."""
    found = {"n": sentence.modes, "tokens": len(sentence.tokens), "reads": sentence.reads}
    if sentence.field_bits > 1:
        found["q"] = 2**sentence.field_bits
    return found


def _sentence(asked: Asked, text: str) -> Sentence:
    found = sentence_from_text(
        text, modes=asked.get("n"), q=asked.values["q"], order=asked.get("k")
    )
    if name := asked.get("theorem"):
        CHECKS[name](found)
    return found
