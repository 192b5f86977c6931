"""Points on workers: those of this machine, of a cluster, and clusters that cannot be used."""

import os
import subprocess
import sys

import distributed
import pytest

import quledger
from estimator.grid import workers

SCRIPT = """
import quledger
quledger.sweep("vector-loading", ["b=4,5,6", "loader=qrom,qroam-clean"], "{file}", N=16, workers=2)
"""

OVER = {"b": "4,5,6", "loader": "qrom,qroam-clean"}


@pytest.mark.slow
def test_a_script_that_does_not_ask_whether_it_is_main(tmp_path):
    """Workers do not run it again; the table is that of one process, and nothing else is said."""
    (tmp_path / "script.py").write_text(SCRIPT.format(file="two.csv"))
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": path},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    quledger.sweep("vector-loading", OVER, tmp_path / "one.csv", N=16)
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


def cluster(count):
    """A cluster in this process."""
    return distributed.LocalCluster(
        n_workers=count, threads_per_worker=1, processes=False, dashboard_address=":0",
        silence_logs=50,
    )  # fmt: skip


def test_a_cluster_gives_the_same_bytes(tmp_path):
    """Chunks come back in any order; the table has the order of the grid."""
    with cluster(1) as one:
        quledger.sweep(
            "vector-loading", OVER, tmp_path / "two.csv", N=16, scheduler=one.scheduler_address
        )
    quledger.sweep("vector-loading", OVER, tmp_path / "one.csv", N=16)
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


@pytest.mark.parametrize(
    ("count", "theirs", "said"),
    [
        (0, "", "has no workers; start some"),
        (1, "other", "has another version of quledger"),
        (None, "", "does not answer within 1 seconds"),
    ],
)
def test_clusters_that_cannot_be_used(count, theirs, said, tmp_path, monkeypatch):
    """One sentence, and no table."""
    monkeypatch.setattr(workers, "CONNECT", 1)
    if count is None:
        refused(tmp_path, "tcp://127.0.0.1:1", said)
        return
    monkeypatch.setattr(workers, "check_workers", checked(count, theirs, workers.check_workers))
    with cluster(count) as made:
        refused(tmp_path, made.scheduler_address, said)


def checked(count, theirs, check):
    """Workers that say who they are as they are told to."""

    def run(client, scheduler):
        client.run = lambda function: {f"tcp://worker:{i}": theirs for i in range(count)}
        check(client, scheduler)

    return run


def refused(folder, scheduler, said):
    with pytest.raises(ValueError, match=said):
        quledger.sweep("vector-loading", OVER, folder / "a.csv", N=16, scheduler=scheduler)
    assert not list(folder.iterdir())
