"""Qualtran's own functions load our bloqs, in this process and in another."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from qualtran import BloqExample
from qualtran.bloqs.basic_gates import MeasureX, MeasureZ
from qualtran.serialization.bloq import bloqs_from_proto, bloqs_to_proto

import bloqs
from bloqs.convolution.adder import adder_convolution_example
from bloqs.encodings.scaled import ScaledEncoding
from estimator.costs.cost import cost_by_annotation
from estimator.discover import instances_of

ROOT = Path(__file__).parent.parent.parent
OTHER = """
import importlib, json, sys
from pathlib import Path
{first}
{second}
from qualtran.protos.bloq_pb2 import BloqLibrary
from estimator.costs.cost import cost_by_annotation

found = {{}}
for file in sorted(Path(sys.argv[1]).glob("*.saved")):
    library = BloqLibrary.FromString(file.read_bytes())
    name = library.table[0].bloq.name
    importlib.import_module(name.rpartition(".")[0])
    loaded = bloqs_from_proto(library)[0]
    found[file.stem] = [str(cost_by_annotation(loaded)), str(loaded.signature)]
    file.with_suffix(".back").write_bytes(bloqs_to_proto(loaded).SerializeToString())
print(json.dumps(found))
"""
"""A program that loads bloqs of which it imports the class alone, costs them, saves them again."""

IMPORTS = (
    "from qualtran.serialization.bloq import bloqs_from_proto, bloqs_to_proto",
    "import bloqs.abstract",
)


@cache
def examples():
    """One of every class, without what names a measurement; and one of another folder's parts.

    Every example is saved and loaded in one process by test_every_example.
    """
    chosen, seen = {}, set()
    for name, example in instances_of(BloqExample, bloqs).items():
        bloq = example.make()
        if type(bloq) not in seen and not lists_measurement(bloq):
            seen.add(type(bloq))
            chosen[name.rpartition(":")[2]] = bloq
    return {"0 of another folder": ScaledEncoding(adder_convolution_example.make(), 2.5), **chosen}


def lists_measurement(bloq):
    return any(isinstance(callee, MeasureX | MeasureZ) for callee in bloq.bloq_counts())


@pytest.mark.parametrize("imports", [IMPORTS, IMPORTS[::-1]], ids=["Qualtran first", "ours first"])
def test_another_process_loads_what_this_one_saves(imports, tmp_path):
    """And finds the same cost; what it saves, this one loads: the same bloq."""
    given = examples()
    assert len(given) >= 161
    if imports is IMPORTS:  # that order for a few
        given = dict(list(given.items())[:3])
    saved = {name: bloqs_to_proto(bloq) for name, bloq in given.items()}
    for name, library in saved.items():
        (tmp_path / f"{name}.saved").write_bytes(library.SerializeToString())
    run = subprocess.run(
        [sys.executable, "-c", OTHER.format(first=imports[0], second=imports[1]), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = {x: [str(cost_by_annotation(y)), str(y.signature)] for x, y in given.items()}
    assert json.loads(run.stdout.splitlines()[-1]) == wanted
    for name, library in saved.items():
        back = type(library).FromString((tmp_path / f"{name}.back").read_bytes())
        assert back == library
        assert bloqs_from_proto(back)[0] == given[name]
