"""Claims whose evidence is a certificate, found by a search and read by a separate checker."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from bloqs.hypergraph.rivals.certificate import Certificate, Checker, certificate_from_text
from estimator.ask.question import untracked
from proofs.claim import AbstractClaim, Finding, Measurement, holds


@frozen(kw_only=True)
class CertificateClaim(AbstractClaim):
    """A claim that is shown by certificates: it holds only if a checker accepts each.

    The checker shares no code with the search. It reads a certificate from its file, so that what
    the search held in memory does not count.

    Args:
        search: the certificate of one instance.
        answer: what it must answer, word for word; written down, not computed by the search.
        checker: reads a certificate.
        instances: keyword arguments of `search` and `answer`, smallest first. At least one.
        false_twin: the certificate with other evidence, or for another task; each must be
            rejected.
    """

    search: Callable[..., Certificate]
    answer: Callable[..., str]
    checker: Checker
    instances: tuple[Mapping[str, Any], ...]
    false_twin: Callable[[Certificate], Certificate]

    def __attrs_post_init__(self) -> None:
        if not self.instances:
            raise ValueError("a claim is about something; give an instance")

    def examine(self, twin: bool = False) -> Finding:
        accepted, measurements, remarks, routes = [], [], [], []
        for instance in self.instances:
            certificate = self.search(**instance)
            text = (self.false_twin(certificate) if twin else certificate).text()
            read = certificate_from_text(text)
            verdict = self.checker(read, untracked)
            is_said = twin or read.answer == self.answer(**instance)
            accepted.append(verdict.is_accepted and is_said)
            measurements.append(Measurement(value=len(text), fidelity="checked"))
            routes.append({"answer": read.answer, "checker": verdict.reason})
            remarks.append(verdict.reason if is_said else f"the answer is {read.answer!r}")
        return Finding(
            symbolic=None,
            numeric=holds(any(accepted) if twin else all(accepted)),
            worst_gap=0.0,
            measurements=tuple(measurements),
            remarks=tuple(dict.fromkeys(remarks)),
            routes=tuple(routes),
        )
