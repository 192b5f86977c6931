"""`train hypergraph`: networks on the translation task, their errors by the bits that they keep."""

import math
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bloqs.hypergraph.answers.train_report import trained_report
from bloqs.hypergraph.answers.train_settings import Plan, plan_of
from bloqs.hypergraph.model.bounds import upper_bits_at_cut
from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.translation_task import Numbers, TranslationTask
from bloqs.hypergraph.rivals.edge_tracker import EdgeTracker
from bloqs.hypergraph.rivals.forgetful import ForgetfulMachine, best_family
from bloqs.training.run_folder import read_kept, run_folder
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.plain import dumped
from estimator.report.write_file import write_file

PLAN, PICTURE, RESULT = "plan.json", "picture.svg", "result.json"
"""Files of a training, beside a checkpoint and what was judged for each network."""

KEPT = ("settings", "judged", "parameters", "loss", "rows")
"""Of a network in its file, see `judged_network`."""

TRAINING = "bloqs.hypergraph.training.network_run"
"""Loaded when a network is trained, and never before."""

Rows = list[dict[str, Any]]


class RecordsJudge:
    """Counts sentences to which something was said that cannot be; each record is judged once.

    Args:
        task: of the sentences.
        tokens: numbers of tokens, shape (sentences, length).
    """

    def __init__(self, task: TranslationTask, tokens: Numbers) -> None:
        self.tokens = tokens
        self.sentences = [task.sentence(row) for row in tokens]
        self.known: dict[tuple[int, str], bool] = {}

    def wrong(self, records: Sequence[str]) -> int:
        """How many of the records, one a sentence, are impossible."""
        return sum(not self.is_allowed(k, record) for k, record in enumerate(records))

    def is_allowed(self, number: int, record: str) -> bool:
        """Whether a record of a sentence can be, by `judge_record`."""
        key = (number, record)
        if key not in self.known:
            self.known[key] = judge_record(self.sentences[number], record).is_allowed
        return self.known[key]


def hypergraph_trained(asked: Asked) -> Report:
    """Train what is not trained yet, judge it, and put it beside the bound and exact machines.

    Raises:
        ValueError: in one sentence, before any work, but for a loss that is not finite.
    """
    plan = plan_of(asked)
    training = import_module(TRAINING)
    training.settle_threads()
    out = Path(asked.get("out"))
    with run_folder(out, bool(asked.get("resume")), PLAN) as is_begun:
        return _trained(asked, plan, training, out, is_begun)


def _trained(asked: Asked, plan: Plan, training: Any, out: Path, is_begun: bool) -> Report:
    """All that is left, in a folder of our own."""
    shared = shared_settings(plan) | training.versions(*training.USED)
    if is_begun:
        training.check_same("this training", read_kept(out / PLAN), shared)
    else:
        write_file(out / PLAN, dumped(shared).encode())
    random = np.random.default_rng([plan.networks[0].seed, 1])
    drawn = plan.task.draw(random, plan.test)
    judge = RecordsJudge(plan.task, drawn.tokens)
    store = training.SentenceStore(plan.networks[0])
    networks: Rows = []
    for settings in plan.networks:
        file = out / f"{settings.name}.json"
        kept = read_kept(file, *KEPT) if file.exists() else {}
        if kept.get("judged") != judged_by(plan):
            run = training.trained(settings, store, out / f"{settings.name}.pt", asked.track)
            kept = judged_network(asked, plan, run, judge)
            write_file(file, dumped(kept).encode())
        check_judged(file, kept, plan)
        training.check_same(f"the file {file}", kept["settings"], settings.named)
        networks.append(kept)
    quantum = judge.wrong([plan.task.record(said) for said in drawn.answers])
    machines = exact_machines(asked, plan.task, judge)
    report = trained_report(plan, networks, machines, quantum)
    report.picture(out / PICTURE)
    write_file(out / RESULT, dumped(report.plain()).encode())
    return report


def shared_settings(plan: Plan) -> dict[str, Any]:
    """What all networks of a folder have in common."""
    own = ("network", "size", "layers", "window")
    return {name: x for name, x in plan.networks[0].named.items() if name not in own}


def judged_by(plan: Plan) -> dict[str, Any]:
    """How a network was judged."""
    return {"precisions": list(plan.precisions), "test": plan.test}


def check_judged(file: Path, kept: Mapping[str, Any], plan: Plan) -> None:
    """Refuse what `judged_network` cannot have written.

    Raises:
        ValueError: if a number is missing, or none.
    """
    rows, numbers = kept["rows"], (kept["parameters"], kept["loss"])
    is_whole = (
        isinstance(kept["settings"], dict)
        and all(isinstance(x, int | float) and math.isfinite(x) for x in numbers)
        and isinstance(rows, list)
        and [x.get("bits") if isinstance(x, dict) else None for x in rows] == [*plan.precisions]
        and all(isinstance(x.get(name), int) for x in rows for name in ("kept", "wrong"))
        and all(0 <= x["wrong"] <= plan.test and x["kept"] > 0 for x in rows)
    )
    if not is_whole:
        raise ValueError(f"the file {file} is damaged; remove it")


def judged_network(asked: Asked, plan: Plan, run: Any, judge: RecordsJudge) -> dict[str, Any]:
    """Errors of a trained network, for each number of bits."""
    rows = []
    for bits in asked.track(plan.precisions, f"judging {run.settings.name}"):
        said = run.answers(judge.tokens, bits)
        wrong = judge.wrong([plan.task.record(row) for row in said])
        rows.append({"bits": bits, "kept": run.settings.kept_bits(bits), "wrong": wrong})
    return {
        "settings": run.settings.named,
        "judged": judged_by(plan),
        "parameters": run.parameters,
        "loss": float(np.mean(run.losses[-100:])),
        "rows": rows,
    }


def exact_machines(asked: Asked, task: TranslationTask, judge: RecordsJudge) -> Rows:
    """Errors of machines without training: trackers of 0, 1, ... edges, and the forgetful one."""
    edges = list(combinations(range(task.modes), task.order))
    rows = []
    for kept in asked.track(range(len(edges) + 1), "judging machines"):
        tracker = EdgeTracker(frozenset(edges[:kept]))
        wrong = judge.wrong([tracker.record(sentence) for sentence in judge.sentences])
        rows.append({"machine": "edge tracker", "kept": kept, "wrong": wrong})
    rows.append(
        {
            "machine": "forgetful machine",
            "kept": upper_bits_at_cut(task.modes, task.order),
            "wrong": judge.wrong(forgetful_records(task, judge.tokens)),
        }
    )
    return rows


def forgetful_records(task: TranslationTask, tokens: Numbers) -> list[str]:
    """What the machine says that forgets the largest family; it is not told of idle tokens."""
    machine = ForgetfulMachine(task.modes, task.order, best_family(task.modes, task.order))
    return [
        "." * task.writes + machine.record(task.sentence(row[row > 0]))[-task.reads :]
        for row in tokens
    ]
