"""What a training is told, all of it checked before any work."""

from math import comb

from attrs import frozen

from bloqs.hypergraph.model.translation_task import TranslationTask
from bloqs.hypergraph.parameters import NETWORKS
from bloqs.hypergraph.training.network_settings import EXACT_BITS, NetworkSettings
from estimator.ask.parameter import quoted
from estimator.ask.question import Asked

MOST_SIZE = 512
MOST_LISTED = 12


@frozen(kw_only=True)
class Plan:
    """Networks, and how they are judged.

    Args:
        networks: each.
        precisions: bits of an entry that is kept.
        test: sentences that are judged.
    """

    networks: tuple[NetworkSettings, ...]
    precisions: tuple[int, ...]
    test: int

    @property
    def task(self) -> TranslationTask:
        """What all of them learn."""
        return self.networks[0].task


def plan_of(asked: Asked) -> Plan:
    """What is to be trained.

    Raises:
        ValueError: if parameters do not go together, in one sentence.
    """
    n, k = asked.values["n"], asked.values["k"]
    if k > n:
        raise ValueError(f"k is from 2 to n = {n}, got {k}")
    task = TranslationTask(n, k, asked.get("reads", 2 * n))
    kinds = asked.get("networks", NETWORKS)
    sizes = numbers_of("sizes", asked.get("sizes", "8,32"), MOST_SIZE)
    precisions = numbers_of("precisions", asked.get("precisions", "1,2,4,32"), EXACT_BITS)
    for name, kind in (("window", {"window"}), ("layers", {"window", "transformer"})):
        if asked.get(name) is not None and not kind & {*kinds}:
            raise ValueError(
                f"--{name} is of a Transformer, and --networks has none that takes it, got "
                f"{','.join(kinds)}; leave --{name} out"
            )
    layers = asked.get("layers", 2)
    window = asked.get("window", (comb(n, k) + 1) // 2)
    networks = tuple(
        NetworkSettings(
            network=kind,
            size=size,
            layers=0 if kind == "gru" else layers,
            window=window if kind == "window" else 0,
            modes=n,
            order=k,
            reads=task.reads,
            choice=asked.values["records"],
            steps=asked.values["steps"],
            batch=asked.values["B"],
            rate=asked.values["rate"],
            seed=asked.values["seed"],
        )
        for kind in kinds
        for size in sizes
    )
    return Plan(networks=networks, precisions=precisions, test=asked.values["test"])


def numbers_of(name: str, text: str, most: int) -> tuple[int, ...]:
    """Whole numbers with commas between, each once and in order.

    Args:
        name: of the parameter.
        text: as typed.
        most: largest that there is.

    Raises:
        ValueError: if it is none.
    """
    parts = [part.strip() for part in str(text).split(",")]
    for part in parts:
        is_number = part.isascii() and part.isdecimal() and len(part) <= 9
        if not is_number or not 1 <= int(part) <= most:
            raise ValueError(
                f"--{name} takes whole numbers from 1 to {most} with commas between, got "
                f"{quoted(part)}"
            )
    if len(parts) > MOST_LISTED:
        raise ValueError(f"--{name} takes at most {MOST_LISTED} numbers, got {len(parts)}")
    return tuple(sorted({int(part) for part in parts}))
