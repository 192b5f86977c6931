"""A run goes on bit by bit from any step, and refuses what is not its own."""

import numpy as np
import pytest
import torch
from attrs import evolve

from bloqs.contrastive.training.image_data import images_of
from bloqs.contrastive.training.run_settings import RunSettings
from bloqs.contrastive.training.training_run import KIND, TrainingRun
from bloqs.training.checkpoint_file import load_checkpoint, mark, save_checkpoint

SETTINGS = RunSettings(
    arm="ring", width=4, layers=1, batch=32, steps=6, every=3, seed=3, gradient="two-term",
    shots=20, temperature=0.07, rate=1e-3, data="digits", folder="", classes=10, split=0,
    probe="cached",
)  # fmt: skip


@pytest.fixture(scope="module")
def images():
    return images_of("digits", 10, 0, None)


def finished(run):
    while not run.is_done:
        run.advance()
    return run


def is_same(one, other):
    """Weights, optimiser and metrics, to the last bit."""
    a, b = one.content(), other.content()
    assert a["metrics"] == b["metrics"]
    assert a["model"].keys() == b["model"].keys()
    assert all(torch.equal(x, b["model"][name]) for name, x in a["model"].items())
    for key, state in a["optimiser"]["state"].items():
        other_state = b["optimiser"]["state"][key]
        assert all(torch.equal(x, other_state[name]) for name, x in state.items())


@pytest.mark.parametrize("stop", [0, 1, 4])
def test_a_run_goes_on_where_it_stopped(images, tmp_path, stop):
    run = TrainingRun(SETTINGS, images)
    for _ in range(stop):
        run.advance()
    save_checkpoint(tmp_path / "c.pt", KIND, run.content())
    other = TrainingRun(SETTINGS, images)
    other.restore(load_checkpoint(tmp_path / "c.pt", KIND))
    assert other.step == stop
    is_same(finished(other), finished(run))


def test_damaged_and_foreign_checkpoints_are_refused(images, tmp_path):
    file = tmp_path / "c.pt"
    run = TrainingRun(SETTINGS, images)
    save_checkpoint(file, KIND, run.content())
    whole = bytearray(file.read_bytes())
    whole[len(mark(KIND)) + 500] ^= 1
    (tmp_path / "damaged.pt").write_bytes(whole)
    (tmp_path / "short.pt").write_bytes(file.read_bytes()[:-1])
    (tmp_path / "foreign.pt").write_bytes(b"PK" + bytes(100))
    for name, words in (("damaged", "is damaged"), ("short", "is damaged"), ("foreign", "is no c")):
        with pytest.raises(ValueError, match=words):
            load_checkpoint(tmp_path / f"{name}.pt", KIND)
    with pytest.raises(ValueError, match="cannot be read"):
        load_checkpoint(tmp_path / "none.pt", KIND)
    other = TrainingRun(evolve(SETTINGS, rate=1e-2), images)
    with pytest.raises(ValueError, match=r"had rate = 0.001, and now it is 0.01"):
        other.restore(load_checkpoint(file, KIND))
    content = load_checkpoint(file, KIND)
    content["versions"]["torch"] = "1.0"
    with pytest.raises(ValueError, match=r"had torch = 1.0"):
        run.restore(content)


@pytest.mark.parametrize("content", [[1], {}, {"settings": {}}])
def test_checkpoints_without_a_run_are_refused(content, tmp_path):
    save_checkpoint(tmp_path / "c.pt", KIND, content)
    with pytest.raises(ValueError, match="holds no run"):
        load_checkpoint(tmp_path / "c.pt", KIND)


def test_arms_of_one_seed_share_encoder_head_and_batches(images):
    """Only what is between differs."""
    one = TrainingRun(evolve(SETTINGS, shots=None, gradient="adjoint"), images)
    other = TrainingRun(evolve(SETTINGS, arm="identity", gradient="", shots=None), images)
    for part in ("encoder", "head"):
        for x, y in zip(
            getattr(one.model, part).parameters(),
            getattr(other.model, part).parameters(),
            strict=True,
        ):
            assert torch.equal(x, y)
    assert torch.equal(one.batch(), other.batch())


def test_an_epoch_takes_every_image_at_most_once(images):
    run = TrainingRun(evolve(SETTINGS, arm="identity", gradient="", shots=None), images)
    epoch = len(images.train) // SETTINGS.batch
    seen = []
    for run.step in range(epoch):
        seen += run.batch().tolist()
    assert len(seen) == len(set(seen)) == epoch * SETTINGS.batch
    run.step = epoch
    assert run.batch().tolist() != seen[: SETTINGS.batch]


def test_a_loss_that_is_not_finite_names_its_step(images):
    run = TrainingRun(evolve(SETTINGS, arm="identity", gradient="", shots=None), images)
    run.advance()
    with torch.no_grad():
        run.model.head[3].weight[0, 0] = np.nan
    with pytest.raises(ValueError, match=r"loss is nan at step 2; the checkpoint of step 1 is"):
        run.advance()
    assert run.step == 1


def test_a_batch_larger_than_the_data_is_refused(images):
    with pytest.raises(ValueError, match=r"got B=1301 and 1300 images"):
        TrainingRun(evolve(SETTINGS, batch=1301), images)


def test_a_frozen_ring_keeps_its_angles(images):
    changed = {}
    for arm in ("frozen", "ring"):
        run = TrainingRun(evolve(SETTINGS, arm=arm, shots=None, gradient="adjoint"), images)
        before = run.model.representation.angles.detach().clone()
        run.advance()
        changed[arm] = not torch.equal(before, run.model.representation.angles)
    assert changed == {"frozen": False, "ring": True}
