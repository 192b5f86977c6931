"""A bloq as Qualtran saves it: its protocol buffer, as JSON or in binary."""

from collections.abc import Sequence
from typing import Any

from google.protobuf.json_format import MessageToJson
from qualtran import Bloq
from qualtran.serialization.bloq import bloqs_from_proto, bloqs_to_proto

from estimator.costs.any_bloq import with_room
from estimator.exchange.file_circuit import FileCircuit, flat
from estimator.report.model import Report
from estimator.report.text import bloq_name

BINARY = ".pb"


def written(reports: Sequence[Report], ending: str) -> bytes:
    """The library that `bloqs_from_proto` loads the bloq from, first of all that it holds.

    A circuit from a file is saved as Qualtran's own gates, so that Qualtran alone loads it; a bloq
    of ours is loaded where `bloqs.abstract` has been imported.

    Raises:
        ValueError: if Qualtran cannot save the bloq, or not load what it has saved.
    """
    bloq: Any = reports[0].bloq
    if isinstance(bloq, FileCircuit):
        bloq = flat(bloq).decompose_bloq()
    try:
        library = with_room(lambda: bloqs_to_proto(bloq))
        back: Bloq = bloqs_from_proto(library)[0]
        is_same = back == bloq
    except Exception as problem:  # bloqs of anyone may hold anything
        said = " ".join(str(problem).split())[:200]
        raise ValueError(
            f"Qualtran cannot save {bloq_name(reports[0].bloq)}: {type(problem).__name__} {said}"
        ) from None
    if not is_same:
        raise ValueError(
            f"Qualtran loads {bloq_name(reports[0].bloq)} as something else than it has saved"
        )
    if ending == BINARY:
        return bytes(library.SerializeToString(deterministic=True))
    return (MessageToJson(library) + "\n").encode()
