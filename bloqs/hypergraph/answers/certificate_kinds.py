"""The certificates that can be asked for, each with its task, its search and its checker.

Searches and checkers are loaded when they are called: a check loads no solver.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from attrs import frozen

from bloqs.hypergraph.rivals.certificate import Certificate, Examined
from bloqs.hypergraph.rivals.exclusion_task import (
    forms_from_texts,
    forms_task,
    overlaps_from_text,
)
from bloqs.hypergraph.rivals.machine_task import MACHINES, machine_task, task_from_plain
from estimator.ask.question import Tracker

Settings = Mapping[str, Any]
Task = Mapping[str, Any]
Search = Callable[[Task, Tracker, float | None, Certificate | None], Certificate]
RIVALS = "bloqs.hypergraph.rivals"


@frozen(kw_only=True)
class CertificateKind:
    """What is asked for by one name.

    Args:
        name: as typed.
        says: what it shows.
        kind: name that its certificates bear.
        takes: parameters.
        task: from parameters to the task; raises ValueError.
        search: from task, tracker, patience and a search that was broken off to a certificate.
    """

    name: str
    says: str
    kind: str
    takes: tuple[str, ...]
    task: Callable[[Settings], Task]
    search: Search


CHECKERS = {
    "machine": f"{RIVALS}.machine_check:check_machine",
    "pairs": f"{RIVALS}.pairs_check:check_pairs",
    "exclusion": f"{RIVALS}.exclusion_check:check_exclusion",
    "polygon": f"{RIVALS}.polygon_check:check_polygon",
    "matching": f"{RIVALS}.matching_check:check_matching",
    "mermin": f"{RIVALS}.mermin_check:check_mermin",
    "residual": f"{RIVALS}.turns_check:check_turns",
}


def loaded(place: str) -> Any:
    """A function by its place, "module:function"."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def check(certificate: Certificate, track: Tracker) -> Examined:
    """What the checker of its kind says.

    Raises:
        ValueError: if there is no such kind.
    """
    if certificate.name not in CHECKERS:
        known = ", ".join(CHECKERS)
        raise ValueError(f"a certificate is of a kind {known}, got {certificate.name!r}")
    found: Examined = loaded(CHECKERS[certificate.name])(certificate, track)
    return found


def _machine(
    task: Task, track: Tracker, patience: float | None, before: Certificate | None
) -> Certificate:
    place = f"{RIVALS}.machine_search"
    lines = [] if before is None else loaded(f"{place}:lines_of")(before)
    search = loaded(f"{place}:search_machine")
    found: Certificate = search(task_from_plain(task), track, patience, before=lines)
    return found


def _tracked(place: str) -> Search:
    return lambda task, track, patience, before: loaded(place)(track)


def _of_task(place: str) -> Search:
    return lambda task, track, patience, before: loaded(place)(task)


def _machine_task(name: str) -> Callable[[Settings], Task]:
    def task(settings: Settings) -> Task:
        if "states" not in settings:
            raise ValueError(f"certify {name} needs the states of the machine; name --states")
        return machine_task(name, settings["states"], settings.get("starts", "one")).as_plain()

    return task


def _forms(settings: Settings) -> Task:
    forms = forms_from_texts(settings.get("form", ()), settings.get("n"), settings.get("q", 2))
    return forms_task(forms)


def _three(settings: Settings) -> Task:
    if len(forms := settings.get("form", ())) != 3:
        raise ValueError(f"one of three states is left out, got {len(forms)}; name --form thrice")
    return _forms(settings)


def _exclusion(settings: Settings) -> Task:
    if "overlaps" not in settings:
        return _three(settings)
    if settings.keys() & {"form", "n", "q"}:
        raise ValueError("states are given by --overlaps or by --form, got both; leave one out")
    return {"overlaps": [str(x) for x in overlaps_from_text(settings["overlaps"])]}


def _fixed(task: Task) -> Callable[[Settings], Task]:
    return lambda settings: task


KINDS = (
    *(
        CertificateKind(
            name=each.name, says=f"a machine with --states for {each.says}, or that there is none",
            kind="machine", takes=("states", "starts", "patience", "resume"),
            task=_machine_task(each.name), search=_machine,
        )
        for each in MACHINES
    ),
    CertificateKind(
        name="pairs", says="Theorem B: of three graph states one is excluded, 999936 pairs",
        kind="pairs", takes=(), search=_tracked(f"{RIVALS}.pairs_search:search_pairs"),
        task=_fixed({"modes": 4, "order": 2, "reads": "Pauli strings"}),
    ),
    CertificateKind(
        name="exclusion", says="a measurement that leaves out one of three states, or none",
        kind="exclusion", takes=("form", "n", "q", "overlaps"), task=_exclusion,
        search=_of_task(f"{RIVALS}.exclusion_search:search_exclusion"),
    ),
    CertificateKind(
        name="polygon", says="whether the states of a linear family can share a latent",
        kind="polygon", takes=("form", "n", "q"), task=_forms,
        search=_of_task(f"{RIVALS}.polygon_search:search_polygon"),
    ),
    CertificateKind(
        name="matching", says="Theorem D: bits that are kept for n up to 4, all sets of points",
        kind="matching", takes=(), task=_fixed({"most_modes": 4}),
        search=_tracked(f"{RIVALS}.matching_search:search_matching"),
    ),
    CertificateKind(
        name="mermin", says="squares of nine observables without values, k = 2 to 5",
        kind="mermin", takes=(), task=_fixed({"orders": [2, 3, 4, 5]}),
        search=_tracked(f"{RIVALS}.mermin_search:search_mermin"),
    ),
    CertificateKind(
        name="residual", says="what six turns leave of the exclusion of one of three forms",
        kind="residual", takes=("form", "n", "q"), task=_three,
        search=_of_task("bloqs.hypergraph.answers.turns_search:search_turns"),
    ),
)  # fmt: skip


def kind_named(name: str) -> CertificateKind:
    """A kind by its name.

    Raises:
        ValueError: if there is none.
    """
    for each in KINDS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in KINDS)
    raise ValueError(f"a certificate is one of {known}, got {name!r}; see certify --list")
