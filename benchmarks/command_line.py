"""Whole processes: what one waits for after pressing return."""

import subprocess
import sys
from functools import partial
from typing import Any

from sympy.core.cache import clear_cache
from typer.testing import CliRunner

from benchmarks.benchmark import Benchmark, Case
from estimator.cli import app

IMPORT = "import qualtran"

NETWORK_SIZES = (1, 4, 20)
"""Residual blocks of a network whose cost is asked in symbols."""

NETWORK = (
    "whole process: cost of a residual network of 1, 4 and 20 blocks, all sizes symbols, never "
    "asked before, against `import qualtran` alone"
)

QUALTRAN = """
from qualtran.bloqs.data_loading.qrom import _qrom_symb
from qualtran.resource_counting import QECGatesCost, QubitCount, get_cost_value
bloq = _qrom_symb.make()
print(get_cost_value(bloq, QECGatesCost()), get_cost_value(bloq, QubitCount()))
"""


def process(arguments: list[str], _: Any) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def quledger(*arguments: str) -> Any:
    return partial(process, ["-m", "estimator", *arguments])


def worked_out(*arguments: str) -> Any:
    """A question that was never answered before."""
    return quledger(*arguments, "--no-cache")


def query(_: Any) -> None:
    assert CliRunner().invoke(app, ["cost", "convolution", "--no-cache"]).exit_code == 0


COMMAND_LINE = Benchmark(
    "command_line",
    [
        Case(what="quledger --help", size="whole process", ours=quledger("--help")),
        Case(
            what="quledger cost convolution",
            size="whole process",
            ours=worked_out("cost", "convolution"),
            peer=partial(process, ["-c", QUALTRAN]),
            note="a script that asks Qualtran for the symbolic cost of its own QROM",
        ),
        *[
            Case(
                what="quledger cost resnet",
                size=f"whole process, {k} blocks, {variant}",
                ours=worked_out("cost", "resnet", "--variant", variant, "--param", f"k={k}"),
                peer=partial(process, ["-c", IMPORT]),
                note="only `import qualtran`, which every answer includes",
                headline=NETWORK,
            )
            for variant in ("tight", "published")
            for k in NETWORK_SIZES
        ],
        Case(
            what="quledger cost convolution",
            size="after import",
            setup=clear_cache,
            ours=query,
            grows=False,
        ),
    ],
)
