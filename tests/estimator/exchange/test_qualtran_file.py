"""Bloqs that are saved: Qualtran loads them, at the same cost."""

import pytest
from google.protobuf.json_format import Parse
from qualtran.bloqs.basic_gates import CSwap
from qualtran.bloqs.qft import QFTTextBook
from qualtran.protos.bloq_pb2 import BloqLibrary
from qualtran.serialization.bloq import bloqs_from_proto

import quledger
from estimator.costs.cost import cost_by_annotation, cost_by_counting

UNITARY = """OPENQASM 2.0;
include "qelib1.inc";
gate g(x) a, b { rz(x) a; cx a, b; t b; }
qreg q[4];
g(0.3) q[0], q[1];
ccx q[0], q[1], q[2];
c3x q[0], q[1], q[2], q[3];
"""


def loaded(file):
    if file.suffix == ".pb":
        return bloqs_from_proto(BloqLibrary.FromString(file.read_bytes()))[0]
    return bloqs_from_proto(Parse(file.read_text(), BloqLibrary()))[0]


@pytest.mark.parametrize("ending", ["json", "pb"])
@pytest.mark.parametrize(
    "asked", [CSwap(4), QFTTextBook(5), ("vector-loading", {"N": 16, "b": 6})], ids=str
)
def test_qualtran_loads_the_bloq(asked, ending, tmp_path):
    report = (
        quledger.cost(asked[0], **asked[1]) if isinstance(asked, tuple) else quledger.cost(asked)
    )
    file = tmp_path / f"a.{ending}"
    quledger.write(report, file, "qualtran")
    found = loaded(file)
    assert found == report.bloq
    assert cost_by_annotation(found) == cost_by_annotation(report.bloq)


def test_a_circuit_from_a_file_is_saved_in_gates_of_qualtran(tmp_path):
    (tmp_path / "a.qasm").write_text(UNITARY)
    report = quledger.cost(tmp_path / "a.qasm")
    quledger.write(report, tmp_path / "a.json", "qualtran")
    assert "estimator" not in (tmp_path / "a.json").read_text()
    found, wanted = cost_by_counting(loaded(tmp_path / "a.json")), report["gates"]
    numbers = (found.t, found.rotations, found.toffoli, found.cnots, found.measurements)
    assert numbers == (1, 1, 3, 1, 1)
    assert numbers == tuple(
        wanted[k] for k in ("t", "rotations", "toffoli", "cnot", "measurements")
    )


def test_what_qualtran_cannot_load_again_is_refused(tmp_path):
    (tmp_path / "a.qasm").write_text(UNITARY + "creg c[1];\nmeasure q[0] -> c[0];\n")
    report = quledger.cost(tmp_path / "a.qasm")
    with pytest.raises(ValueError, match="Qualtran cannot save"):
        quledger.write(report, tmp_path / "b.json", "qualtran")
    assert not (tmp_path / "b.json").exists()
