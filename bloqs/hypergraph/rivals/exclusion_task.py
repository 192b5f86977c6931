"""Three states of which a measurement is to leave one out, or a family of them, as typed.

States are given by writes, sentences such as "W(0,1,2) W(0,3)", or by squared overlaps. A number is
a text: "3/16" or "0.2".
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text
from bloqs.hypergraph.model.tokens import IdleToken, WriteToken

WIDEST = 14
"""Qubits of a state whose points are counted."""

MOST_FORMS = 12
"""States, or generators of a family."""


def forms_from_texts(texts: Sequence[str], modes: int | None, q: int) -> tuple[Sentence, ...]:
    """Forms from the writes that make them, on equally many modes.

    Raises:
        ValueError: if one is none, reads, has an angle, or there are too many qubits.
    """
    if not 1 <= len(texts) <= MOST_FORMS:
        raise ValueError(
            f"from 1 to {MOST_FORMS} states are given, each by its writes, got {len(texts)}; "
            "name --form for each"
        )
    found = [sentence_from_text(text, modes=modes, q=q) for text in texts]
    if modes is None:
        modes = max(each.modes for each in found)
        found = [sentence_from_text(text, modes=modes, q=q) for text in texts]
    for each in found:
        if each.qubits > WIDEST:
            raise ValueError(f"states of at most {WIDEST} qubits are counted, got {each.qubits}")
        for token in each.tokens:
            is_write = isinstance(token, WriteToken) and token.angle is None
            if not is_write and not isinstance(token, IdleToken):
                raise ValueError(f"a state is given by writes without angles, got {token.text()}")
    return tuple(found)


def forms_task(forms: Sequence[Sentence]) -> dict[str, Any]:
    """What a certificate says of forms."""
    return {
        "modes": forms[0].modes,
        "q": 2 ** forms[0].field_bits,
        "forms": [form.text for form in forms],
    }


def forms_of(task: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """The forms of a certificate.

    Raises:
        ValueError: if they are none.
    """
    return forms_from_texts(task["forms"], task["modes"], task["q"])


def overlaps_from_text(text: str) -> tuple[Fraction, Fraction, Fraction]:
    """Squared overlaps 12, 13, 23, with commas between.

    Raises:
        ValueError: if they are not three numbers from 0 to 1, or no three states have them.
    """
    try:
        found = [Fraction(part.strip()) for part in text.split(",")]
    except (ValueError, ZeroDivisionError):
        found = []
    if len(found) != 3 or not all(0 <= x <= 1 for x in found):
        raise ValueError(
            f"squared overlaps are three numbers from 0 to 1 with commas, 12, 13, 23, got {text!r}"
        )
    one, two, three = found
    excess = one + two + three - 1
    if excess > 0 and excess**2 > 4 * one * two * three:
        raise ValueError(
            "three states have squared overlaps with sum - 1 <= 2 sqrt(product), "
            f"got {text!r}; no three states have these"
        )
    return one, two, three
