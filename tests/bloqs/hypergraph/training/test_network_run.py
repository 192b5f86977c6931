"""Runs go on bit by bit, hear their own answers, and pass no more than they keep."""

import json
from itertools import product

import numpy as np
import pytest
import torch
from attrs import evolve
from typer.testing import CliRunner

from bloqs.hypergraph.training.network_run import KIND, NetworkRun, SentenceStore, trained
from bloqs.hypergraph.training.network_settings import NetworkSettings
from bloqs.training.checkpoint_file import load_checkpoint, save_checkpoint
from estimator.ask.question import untracked
from estimator.cli import app

GRU = NetworkSettings(
    network="gru", size=6, layers=0, window=0, modes=3, order=2, reads=6, choice="drawn", steps=20,
    batch=8, rate=5e-3, seed=3,
)  # fmt: skip
TRANSFORMER = evolve(GRU, network="transformer", layers=2)
WINDOW = evolve(TRANSFORMER, network="window", window=2)


def run_of(settings):
    return NetworkRun(settings, SentenceStore(settings))


@pytest.mark.parametrize("settings", [GRU, TRANSFORMER, WINDOW])
@pytest.mark.parametrize("stop", [1, 17])
def test_a_run_goes_on_where_it_stopped(settings, stop, tmp_path):
    """Weights, optimiser and losses to the last bit, across parts that are drawn together."""
    run = run_of(settings)
    for _ in range(stop):
        run.advance()
    save_checkpoint(tmp_path / "c.pt", KIND, run.content())
    other = trained(settings, SentenceStore(settings), tmp_path / "c.pt", untracked)
    while run.step < settings.steps:
        run.advance()
    assert other.losses == run.losses
    assert len(run.losses) == settings.steps
    for name, weights in run.network.state_dict().items():
        assert torch.equal(weights, other.network.state_dict()[name])
    stored = load_checkpoint(tmp_path / "c.pt", KIND)
    assert stored["step"] == settings.steps


def test_checkpoints_of_others_are_refused(tmp_path):
    file = tmp_path / "c.pt"
    save_checkpoint(file, KIND, run_of(GRU).content())
    with pytest.raises(ValueError, match=r"network gru-6 had rate = 0.005, and now it is 0.1"):
        trained(evolve(GRU, rate=0.1), SentenceStore(GRU), file, untracked)
    with pytest.raises(ValueError, match="no checkpoint of train contrastive"):
        load_checkpoint(file, "contrastive")
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(ValueError, match="is damaged"):
        trained(GRU, SentenceStore(GRU), file, untracked)


def test_networks_of_one_training_have_the_same_sentences_and_steps_others():
    one, two = SentenceStore(GRU), SentenceStore(WINDOW)
    for step in (0, 15, 16):
        assert all(torch.equal(x, y) for x, y in zip(one.batch(step), two.batch(step), strict=True))
    assert not torch.equal(one.batch(0)[0], one.batch(1)[0])


def test_a_network_hears_what_it_said():
    """One that says 1 after it heard 0, and 0 else, alternates from the first read on."""
    run = run_of(GRU)
    run.network = lambda marks, bits: marks[..., [-1, -2]] + torch.tensor([0.5, 0.0])
    tokens = run.task.draw(np.random.default_rng(0), 5).tokens
    assert (run.answers(tokens, 32) == [0, 1, 0, 1, 0, 1]).all()


def test_answers_of_a_record_are_what_a_network_would_hear():
    """Scores that training sees are those of a network that says the same."""
    run = run_of(TRANSFORMER)
    tokens, answers = run.store.batch(0)
    marks = run.inputs(tokens, answers)
    assert (marks[:, : run.task.writes + 1, -2:] == 0).all()
    heard = marks[:, run.task.writes + 1 :, -2:]
    assert torch.equal(heard.argmax(dim=2), answers[:, :-1])
    assert (heard.sum(dim=2) == 1).all()


def test_no_more_than_the_kept_bits_passes_the_cut():
    """After all eight graphs scores of all reads take at most 2**bits values; with floats eight."""
    assert evolve(GRU, size=2).kept_bits(1) == 2
    task = GRU.task
    (row,) = task.draw(np.random.default_rng(1), 1).tokens
    graphs = [[e if on else 0 for e, on in enumerate(x, 1)] for x in product((0, 1), repeat=3)]
    tokens = torch.tensor([[*edges, *row[task.writes :]] for edges in graphs])
    found = {1: set(), 32: set()}
    for seed in range(12):
        run = run_of(evolve(GRU, size=2, seed=seed))
        with torch.no_grad():
            for weights in run.network.unit.parameters():
                weights.mul_(4)
        inputs = run.inputs(tokens, torch.zeros(8, task.reads, dtype=torch.long))
        for bits, seen in found.items():
            with torch.no_grad():
                scores = run.network(inputs, bits)[:, task.writes :]
            seen.add(len(scores.mul(1e5).round().unique(dim=0)))
    assert 1 < max(found[1]) <= 4
    assert max(found[32]) == 8


@pytest.mark.parametrize("network", ["gru", "transformer"])
def test_a_graph_of_two_modes_is_learned(network):
    """Fewer errors than one who always says 0, by a third at least."""
    settings = evolve(GRU, network=network, layers=2 if network != "gru" else 0, size=16, modes=2,
                      reads=4, choice="zero", steps=300, batch=64)  # fmt: skip
    run = run_of(settings)
    drawn = run.task.draw(np.random.default_rng(2), 400, "zero")
    while run.step < settings.steps:
        run.advance()
    wrong = (run.answers(drawn.tokens, 32) != drawn.answers).any(axis=1).mean()
    assert wrong < drawn.answers.any(axis=1).mean() * 2 / 3


def test_a_loss_that_is_not_finite_names_its_step():
    run = run_of(GRU)
    run.advance()
    with torch.no_grad():
        run.network.answers[0].weight[0, 0] = np.nan
    with pytest.raises(ValueError, match=r"loss of gru-6 is nan at step 2; the last checkpoint"):
        run.advance()
    assert run.step == 1


def train(out, *words, precisions="2,32"):
    given = ["train", "hypergraph", "--steps", 3, "--B", 4, "--test", 10, "--sizes", 4]
    given += ["--precisions", precisions, "--out", out, *words]
    return CliRunner().invoke(app, [str(word) for word in given])


def test_a_training_is_answered_kept_and_gone_on_with(tmp_path):
    """Equal seeds give equal answers; what is there is not trained again, and more can be."""
    one, two = tmp_path / "one", tmp_path / "two"
    assert train(one).exit_code == 0
    assert train(two, "--networks", "gru").exit_code == 0
    refused = train(two)
    assert refused.exit_code == 2
    assert "exists; name another, or go on with --resume" in refused.stderr
    before = (two / "gru-4.pt").stat().st_mtime_ns
    assert train(two, "--resume").exit_code == 0
    assert (two / "gru-4.pt").stat().st_mtime_ns == before
    assert (one / "result.json").read_bytes() == (two / "result.json").read_bytes()
    found = json.loads((one / "result.json").read_text())
    assert len([row for row in found["errors"] if row["bits"]]) == 6
    assert (one / "picture.svg").exists()
    other = train(two, "--resume", "--seed", 1)
    assert other.exit_code == 2
    assert "had seed = 0, and now it is 1" in other.stderr
    assert train(two, "--resume", precisions="8").exit_code == 0
