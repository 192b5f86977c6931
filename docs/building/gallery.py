"""Draws the gallery: every kind of picture, each by the command that stands beside it.

python docs/building/gallery.py [FOLDER]: pictures and their page, docs/pictures unless named.
"""

import json
import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

from attrs import frozen
from typer.testing import CliRunner

from estimator import cli
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Line, Mark, Notes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
PAGE = "page.md"
KEPT = "docs/kept_answers"
"""What commands answered that train for minutes and need PyTorch, as their `--json` has it."""

WRITES = ("-o", "--picture")
"""Options that name the file of a picture; the last word of a command is that file."""


@frozen
class Drawn:
    """A picture of the gallery.

    Args:
        command: that makes it, its file last.
        says: what is seen.
        charts: modules that its charts come from; none for a drawing of a circuit.
        kept: answer of the command, in which its charts are; `None` if the command is run.
        finds: where in the file of the answer it is; the whole file if empty.
        is_quick: whether it takes a second or two.
    """

    command: str
    says: str
    charts: tuple[str, ...] = ()
    kept: str | None = None
    finds: str = ""
    is_quick: bool = False

    @property
    def file(self) -> str:
        """Name of the picture."""
        return shlex.split(self.command)[-1]

    def words_into(self, folder: Path) -> list[str]:
        """The command's words without the program's, the file in a folder."""
        _, *words, file = shlex.split(self.command)
        return [*words, str(folder / file)]


SECTIONS: dict[str, tuple[Drawn, ...]] = {
    "Call graphs": (
        Drawn(
            "quledger draw convolution --variant adder --C_in 2 --C_out 2 --D 3 --M 4 --b 8 "
            "-o convolution.svg",
            "What a convolution calls, with the T gates of each part; the dearest in orange.",
            is_quick=True,
        ),
        Drawn(
            "quledger draw resnet --k 2 --N 2**14 --C 16 --D 3 --epsilon 0.01 --kappa 2 "
            "--alpha 5.2 --length 1.2 -o layers.svg",
            "A network by its layers, with how often each of them runs.",
        ),
    ),
    "Circuits": (
        Drawn(
            "quledger draw contrastive --W 4 --L 1 --kind circuit -o ring.svg",
            "A trained circuit as a musical score.",
            is_quick=True,
        ),
        Drawn(
            "quledger draw examples/adder.qasm --kind circuit -o adder.svg",
            "A circuit from OpenQASM, gate by gate.",
            is_quick=True,
        ),
        Drawn(
            "quledger draw qualtran.bloqs.basic_gates.hadamard:_chadamard --kind circuit "
            "-o hadamard.png",
            "A bloq of Qualtran's, as an image of pixels.",
            is_quick=True,
        ),
        Drawn(
            "quledger draw resnet --k 2 --kind circuit -o steps.svg",
            "A network of symbolic size in outline: parts in order, also where there is no "
            "circuit yet.",
        ),
        Drawn(
            "quledger draw qsvt --N 4 --b 5 --degree 3 --kind circuit -o transform.pdf",
            "A transform by a polynomial of degree 3, for print.",
            is_quick=True,
        ),
        Drawn(
            "quledger draw vector-loading --N 4 --b 5 --kind circuit -o loading.txt",
            "The loading of a vector of four entries, as text.",
            is_quick=True,
        ),
    ),
    "Where a cost lies": (
        Drawn(
            "quledger cost examples/digits_cnn.onnx --digit 0 --epsilon 0.1 --picture network.svg",
            "Toffoli gates and runs by part of a network, in powers of ten.",
            charts=("bloqs.feedforward.answers.cost",),
        ),
    ),
    "Surfaces and choices": (
        Drawn(
            "quledger sweep resnet --over N=2**10..2**40:16 --over epsilon=1e-1..1e-7:3 --k 2 "
            "--C 16 --D 3 --alpha 5.2 --picture surface.svg",
            "A cost over a grid: a curve along the first axis for each value of the others.",
            charts=("estimator.grid.surface",),
        ),
        Drawn(
            "quledger choose vector-loading --N 4096 --b 12 --over "
            "loader=qrom,select-swap,qroam-clean,bucket-brigade --over beta=0..6:7 --minimise t "
            '--subject-to "qubits <= 100" --picture choices.svg',
            "Choices that meet every bound, and than which none is better in both costs.",
            charts=("estimator.choice.choose",),
            is_quick=True,
        ),
    ),
    "Side by side with classical algorithms": (
        Drawn(
            "quledger compare resnet --regimes 1 --variants tight --memories "
            "ideal,bucket-brigade --from 2**14 --to 2**30 --k 2 --C 16 --D 3 --epsilon 0.01 "
            "--kappa 2 --alpha 5.2 --length 1.2 --picture networks.svg",
            "Gates, depth and qubits of residual networks by size; crossovers are marked.",
            charts=("estimator.compare.answer",),
        ),
        Drawn(
            "quledger compare ntk --from 2**20 --to 2**30 --loaders ideal,qroam-clean "
            "--picture kernels.svg",
            "Training by the neural tangent kernel, and samplers.",
            charts=("estimator.compare.answer",),
        ),
        Drawn(
            "quledger compare qlss --N 2**20 --picture solvers.svg",
            "Every solver of a linear system as kappa grows, then as the error falls.",
            charts=("estimator.compare.answer",),
        ),
        Drawn(
            "quledger compare communication --picture messages.svg",
            "Qubits and bits that two parties send, under both conventions.",
            charts=("estimator.compare.answer",),
        ),
        Drawn(
            "quledger compare hypergraph --precision 16 --picture memory.svg",
            "Memory of recurrent models on hypergraph states, orders 2 to 6.",
            charts=("bloqs.hypergraph.answers.compare",),
        ),
        Drawn(
            "quledger compare contrastive --ansaetze ring,19 --picture circuits.svg",
            "Trained circuits up to 40 qubits, and published accuracies by shots.",
            charts=("estimator.compare.answer", "bloqs.contrastive.answers.compare_arms"),
        ),
    ),
    "Training": (
        Drawn(
            "quledger train contrastive --arm ring --out runs/ring --picture training.svg",
            "Loss, accuracy and distances of states, step by step.",
            charts=("bloqs.contrastive.training.run_outcome",),
            kept=f"{KEPT}/train_contrastive.json",
            is_quick=True,
        ),
        Drawn(
            "quledger study contrastive --arms ring,identity,classical --seeds 4 "
            "--out runs/study --picture study.svg",
            "Arms of an experiment, each run a dot.",
            charts=("bloqs.contrastive.training.study_answer",),
            kept=f"{KEPT}/study_contrastive.json",
            is_quick=True,
        ),
        Drawn(
            "quledger evaluate contrastive --checkpoint runs/ring/checkpoint.pt "
            "--shots 25,100,400,1600 --picture shots.svg",
            "What few shots leave of a trained circuit.",
            charts=("bloqs.contrastive.training.evaluate_answer",),
            kept=f"{KEPT}/evaluate_contrastive.json",
            is_quick=True,
        ),
        Drawn(
            "quledger train hypergraph --n 3 --sizes 16 --steps 1500 --out runs/three "
            "--picture errors.svg",
            "Errors of trained networks by the bits that they keep.",
            charts=("bloqs.hypergraph.answers.train_report",),
            kept="examples/hypergraph_trained.json",
            finds="result",
            is_quick=True,
        ),
    ),
}
"""The gallery, in order."""

NOTES = ("assumptions", "undecided", "ways")
"""Lines of an answer that a picture has below it."""


def every_picture() -> list[Drawn]:
    """All of the gallery."""
    return [each for drawn in SECTIONS.values() for each in drawn]


def kept_report(drawn: Drawn) -> Report:
    """The report of a command that is not run again, as far as its picture needs it.

    Raises:
        OSError: if its file is not there.
        KeyError: if there is something else in it.
    """
    found = json.loads((ROOT / str(drawn.kept)).read_text(encoding="utf-8"))
    answer = found[drawn.finds] if drawn.finds else found
    charts = [
        _chart(key, part)
        for key, part in answer.items()
        if isinstance(part, dict) and {"x", "y", "lines"} <= part.keys()
    ]
    notes = [Notes(key=key, lines=answer[key]) for key in NOTES if key in answer]
    return Report(title=answer["title"], settings=answer["settings"], parts=[*charts, *notes])


def _chart(key: str, part: dict[str, Any]) -> Chart:
    """A chart as JSON has it."""
    x, y = (
        Axis(label=part[side]["label"], is_logarithmic=part[side]["logarithmic"]) for side in "xy"
    )
    lines = [
        Line(label=line["label"], x=line["x"], y=line["y"], is_classical=line["classical"])
        for line in part["lines"]
    ]
    marks = [Mark(**mark) for mark in part["marks"]]
    return Chart(key=key, title=part["title"], x=x, y=y, lines=lines, marks=marks)


def draw(drawn: Drawn, folder: Path) -> Path:
    """Make one picture.

    Returns:
        Its file.

    Raises:
        RuntimeError: if the command is refused or fails.
    """
    file = folder / drawn.file
    if drawn.kept is not None:
        kept_report(drawn).picture(file)
        return file
    done = CliRunner().invoke(cli.app, drawn.words_into(folder))
    if done.exit_code or not file.is_file():
        raise RuntimeError(f"{drawn.command}: {done.output}") from done.exception
    return file


def shown(drawn: Drawn, folder: Path) -> str:
    """A picture as Markdown: command, what is seen, the picture."""
    lines = ["```{code-block} console", ":class: command", "", f"$ {drawn.command}", "```", ""]
    lines.append(drawn.says)
    if drawn.kept is not None:
        lines[-1] += " The run needs the extra `train`; drawn from its answer, which is kept in "
        lines[-1] += f"`{drawn.kept}`."
    kind = Path(drawn.file).suffix
    if kind == ".txt":
        text = (folder / drawn.file).read_text(encoding="utf-8").rstrip()
        return "\n".join([*lines, "", "```text", text, "```", ""])
    if kind == ".pdf":
        link = f"{{download}}`{drawn.file} <{folder.name}/{drawn.file}>`"
        return "\n".join([*lines, "", link, ""])
    picture = [f"```{{image}} {folder.name}/{drawn.file}", f":alt: {drawn.says}", "```"]
    return "\n".join([*lines, "", *picture, ""])


def write_gallery(folder: Path) -> None:
    """Draw all pictures, and write the page that shows them.

    Args:
        folder: emptied first.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder, text = folder.resolve(), []
    os.chdir(ROOT)  # from where the commands name their files
    for title, drawn in SECTIONS.items():
        text.append(f"## {title}\n")
        for each in drawn:
            print(each.command, flush=True)
            draw(each, folder)
            text.append(shown(each, folder))
    (folder / PAGE).write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    write_gallery(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
