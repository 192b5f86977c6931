"""Certificates: made, checked and written, or read and checked."""

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt
from typing import Any

from bloqs.hypergraph.answers.certificate_kinds import KINDS, CertificateKind, check, kind_named
from bloqs.hypergraph.rivals.certificate import Certificate, Examined, certificate_from_text
from estimator.ask.question import Asked
from estimator.ask.text_file import texts_of
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Table
from estimator.report.text import SHORT, TEXT, Style
from estimator.report.write_file import check_writable, write_file

YES_NO = Style("yes or no", lambda value: "yes" if value else "no")
OWN = ("states", "starts", "patience", "resume", "form", "n", "q", "overlaps")
"""Parameters of the tasks."""
ROOT_BITS = 64
"""Behind the point of a root that is shown."""


def certified(asked: Asked) -> Report:
    """A certificate, made or read, and what its checker says; it passes if that accepts it.

    Raises:
        ValueError: if the task is none, a parameter does not belong to it, or a file that is read
            is truncated, altered or for another task.
    """
    if asked.get("list"):
        if unused := [x for x in ("certificate", "check", "output", *OWN) if x in asked.named]:
            raise ValueError(f"a list of certificates takes nothing, got {unused[0]}; leave it out")
        return _listed()
    name = asked.get("certificate")
    kind = None if name is None else kind_named(name)
    settings = {x: asked.values[x] for x in OWN if x in asked.named}
    if kind is None and (settings or not asked.get("check")):
        raise ValueError("certify needs the name of a certificate; there is "
                         f"{', '.join(each.name for each in KINDS)}")  # fmt: skip
    if kind is not None:
        for each in settings:
            if each not in kind.takes:
                taken = ", ".join(kind.takes) or "no parameter"
                raise ValueError(f"certify {kind.name} takes {taken}, got {each}; leave it out")
    if asked.get("check"):
        if asked.get("output"):
            raise ValueError("a certificate that is checked is not written; leave --output out")
        for each in ("patience", "resume"):
            if each in settings:
                raise ValueError(f"a check is no search, and not broken off; leave --{each} out")
        return _read(asked, kind, settings)
    assert kind is not None
    return _made(asked, kind, settings)


def _made(asked: Asked, kind: CertificateKind, settings: dict[str, Any]) -> Report:
    task = kind.task(settings)
    before = _broken_off(asked, kind, task) if "resume" in settings else None
    if file := asked.get("output"):
        check_writable(file)
    certificate = kind.search(task, asked.track, settings.get("patience"), before)
    verdict = check(certificate, asked.track)
    text = certificate.text()
    if file:
        write_file(file, text.encode())
    return _report(certificate, verdict, len(text), file)


def _broken_off(asked: Asked, kind: CertificateKind, task: Mapping[str, Any]) -> Certificate:
    (text,) = texts_of(asked.values, ("resume",))
    certificate = certificate_from_text(text)
    _check_is_for(certificate, kind, task)
    if certificate.is_complete:
        raise ValueError(
            "a search that was broken off is gone on with, got a certificate that is complete; "
            "check it by --check"
        )
    return certificate


def _check_is_for(
    certificate: Certificate, kind: CertificateKind, wanted: Mapping[str, Any] | None
) -> None:
    is_other = certificate.name != kind.kind or (
        kind.kind == "machine" and certificate.task.get("machine") != kind.name
    )
    if is_other or (wanted is not None and dict(wanted) != dict(certificate.task)):
        raise ValueError(
            f"the certificate must be for {kind.name} and the task that is named, got "
            f"{certificate.name} for another task; name that, or check another file"
        )


def _read(asked: Asked, kind: CertificateKind | None, settings: dict[str, Any]) -> Report:
    (text,) = texts_of(asked.values, ("check",))
    certificate = certificate_from_text(text)
    if kind is not None:
        wanted = kind.task(settings) if settings or not kind.takes else None
        _check_is_for(certificate, kind, wanted)
    return _report(certificate, check(certificate, asked.track), len(text), None)


def _report(certificate: Certificate, verdict: Examined, size: int, file: str | None) -> Report:
    rows = [
        Fact(key="answer", value=certificate.answer, style=TEXT),
        Fact(key="complete", value=certificate.is_complete, style=YES_NO),
        Fact(key="accepted", label="accepted by the checker", value=verdict.is_accepted,
             style=YES_NO),
        Fact(key="checked", label="followed" if verdict.is_accepted else "fault",
             value=verdict.reason, style=TEXT),
        Fact(key="size", label="size of the certificate", value=size, unit="bytes"),
        Fact(key="file", value=file, style=TEXT),
    ]  # fmt: skip
    return Report(
        title=f"certificate: {certificate.name}",
        settings={key: _shown(value) for key, value in certificate.task.items()},
        parts=[
            Facts(key="certified", rows=rows),
            *(_measurement(certificate) if verdict.is_accepted else ()),
        ],
        passed=certificate.is_complete and verdict.is_accepted,
    )


def _measurement(certificate: Certificate) -> list[Table]:
    """How likely each answer is at each of three states, if there is a measurement."""
    given = certificate.evidence.get("measurement")
    if certificate.name != "exclusion" or given is None:
        return []
    root = Fraction(isqrt(given["root"] << 2 * ROOT_BITS), 1 << ROOT_BITS)
    rows = [
        {"answer": f"not state {number}"}
        | {f"state_{k}": float(Fraction(p) + Fraction(q) * root) for k, (p, q) in enumerate(row, 1)}
        for number, row in enumerate(given["probabilities"], 1)
    ]
    columns = [
        Column(key="answer", style=TEXT),
        *(Column(key=f"state_{k}", label=f"at state {k}", style=SHORT) for k in (1, 2, 3)),
    ]
    return [Table(key="measurement", columns=columns, rows=rows)]


def _shown(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _listed() -> Report:
    return Report(
        title=f"{len(KINDS)} certificates",
        parts=[
            Table(
                key="certificates",
                columns=[
                    Column(key="certificate", wraps=False),
                    Column(key="says", least=24),
                    Column(key="takes", least=12),
                ],
                rows=[
                    {"certificate": each.name, "says": each.says, "takes": ", ".join(each.takes)}
                    for each in KINDS
                ],
            )
        ],
    )
