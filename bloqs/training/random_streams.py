"""Random numbers that depend on seed, purpose and step alone, so that a run can go on anywhere."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch


def stream(seed: int, purpose: str, step: int = 0) -> np.random.Generator:
    """The generator of one purpose at one step; arms of one seed share all but their own."""
    return np.random.default_rng([seed, step, *purpose.encode()])


@contextmanager
def seeded(seed: int, purpose: str) -> Iterator[None]:
    """Inside, PyTorch draws from the stream of a purpose; outside, its state is as before."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(stream(seed, purpose).integers(2**62)))
        yield


def settle_threads() -> None:
    """One thread and deterministic algorithms: sums are added in one order."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
