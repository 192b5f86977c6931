"""What a certificate is: a task, an answer, and evidence that a checker follows without a search.

A file holds one JSON object: "format", "name" of the kind, "task", "complete", "answer",
"evidence", and "digest", the SHA-256 of the others as JSON on one line.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from estimator.ask.json_text import each_key_once, short_integer
from estimator.ask.parameter import quoted
from estimator.ask.question import Tracker
from estimator.report.plain import dumped, line
from estimator.report.text import shorten

FORMAT = "quledger-certificate/1"
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a checker raises about evidence of another form."""
KEYS = ("format", "name", "task", "complete", "answer", "evidence")


@frozen(kw_only=True)
class Certificate:
    """An answer with its evidence, all of it plain: what JSON can hold.

    Args:
        name: of its kind.
        task: what was asked, with nothing left to a default.
        answer: in one sentence.
        evidence: what the checker reads.
        is_complete: whether the search came to its end; if not, nothing is shown.
    """

    name: str
    task: Mapping[str, Any]
    answer: str
    evidence: Mapping[str, Any]
    is_complete: bool = True

    def text(self) -> str:
        """Its file."""
        plain = {
            "format": FORMAT,
            "name": self.name,
            "task": dict(self.task),
            "complete": self.is_complete,
            "answer": self.answer,
            "evidence": dict(self.evidence),
        }
        return dumped({**plain, "digest": digest(plain)}) + "\n"

    def altered(self, **evidence: Any) -> "Certificate":
        """With other evidence; for false twins."""
        return evolve(self, evidence={**self.evidence, **evidence})


@frozen
class Examined:
    """What a checker says.

    Args:
        is_accepted: whether the evidence shows the answer.
        reason: why not; or what was followed, in a few words.
    """

    is_accepted: bool
    reason: str


Checker = Callable[[Certificate, Tracker], Examined]


class NotShownError(Exception):
    """The evidence does not show the answer; raised and caught within a checker."""


def demand(truth: object, reason: str) -> None:
    """Raises NotShownError unless something is true."""
    if not truth:
        raise NotShownError(reason)


def examined(check: Callable[[Certificate, Tracker], str]) -> Checker:
    """A checker from a function that says what it followed, or raises on the first fault."""

    def checker(certificate: Certificate, track: Tracker) -> Examined:
        if not certificate.is_complete:
            return Examined(False, "it is incomplete: the search was broken off, nothing is shown")
        try:
            return Examined(True, check(certificate, track))
        except NotShownError as fault:
            return Examined(False, str(fault))
        except KeyboardInterrupt:
            return Examined(False, "the check was broken off, nothing is shown")
        except UNREADABLE as fault:
            return Examined(False, f"its evidence cannot be read: {type(fault).__name__}: {fault}")

    return checker


def digest(plain: Mapping[str, Any]) -> str:
    """SHA-256 of what stands in a certificate besides the digest."""
    return hashlib.sha256(line(plain).encode()).hexdigest()


def certificate_from_text(text: str) -> Certificate:
    """A certificate from its file; what it says is not checked yet.

    Raises:
        ValueError: if it is truncated, altered or none.
    """
    try:
        plain = json.loads(
            text,
            object_pairs_hook=each_key_once("a certificate"),
            parse_int=short_integer("a certificate"),
        )
    except RecursionError:
        raise ValueError(
            "a certificate is one JSON object, got what is nested too deep; certify again"
        ) from None
    except json.JSONDecodeError as error:
        raise ValueError(
            f"a certificate is one JSON object, got what ends or breaks at character {error.pos}; "
            "it may be truncated, certify again"
        ) from None
    if not isinstance(plain, dict) or plain.keys() != {*KEYS, "digest"}:
        found = (
            shorten(", ".join(sorted(plain)), 80) or "none"
            if isinstance(plain, dict)
            else type(plain).__name__
        )
        raise ValueError(f"a certificate has the keys {', '.join(KEYS)} and digest, got {found}")
    if plain["format"] != FORMAT:
        raise ValueError(f"a certificate has the format {FORMAT}, got {quoted(plain['format'])}")
    said = plain.pop("digest")
    if said != digest(plain):
        raise ValueError(
            "a certificate's digest is the SHA-256 of the rest, and this one's is not: it was "
            "altered; certify again"
        )
    kinds = {"name": str, "task": dict, "complete": bool, "answer": str, "evidence": dict}
    for key, kind in kinds.items():
        if not isinstance(plain[key], kind):
            raise ValueError(
                f"{key} of a certificate is a {kind.__name__}, got {quoted(plain[key])}"
            )
    return Certificate(
        name=plain["name"],
        task=plain["task"],
        answer=plain["answer"],
        evidence=plain["evidence"],
        is_complete=plain["complete"],
    )
