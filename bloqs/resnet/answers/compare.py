"""The command `quledger compare`: from what was typed to what is printed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen
from rich.console import Console
from rich.progress import track

from bloqs.data_loading.loaders import LOADERS
from bloqs.resnet.answers.compare_network import NetworkAnswer, NetworkQuestion, compare_network
from bloqs.resnet.answers.compare_settings import settings
from bloqs.resnet.answers.compare_sizes import MEMORIES, Question, compare_sizes
from bloqs.resnet.model.block_plan import Variant
from estimator.ask.registry import is_file, typed_settings
from estimator.compare.sweep import SizeComparison
from estimator.network.image import image_of
from estimator.report.compare_network_view import show_network
from estimator.report.compare_picture import draw_sizes, picture_format
from estimator.report.compare_view import show_sizes

LARGEST_SIZE = 64
"""log2 of the largest length that is compared."""

VARIANTS = (Variant.TIGHT.value, Variant.PUBLISHED.value, Variant.FIXED_POINT.value)


@frozen(kw_only=True)
class CompareRequest:
    """What was typed.

    Args:
        target: "resnet", or the path of an .onnx file.
        param: settings, NAME=VALUE.
        regimes: names with commas between; all if `None`.
        variants: likewise.
        memories: likewise; `MEMORIES` if `None`.
        start: smallest length, a number or 2**n.
        stop: largest length.
        picture: file to draw, or `None`.
        image: path of a .npy file, or `None`.
        digit: number of a held-out digit, or `None`.
        confidence: probabilities of naming the right class.
        sampler_epsilon: total variation distance asked of the classical sampler.
        samples: classes that it draws.
        seed: of its randomness.
    """

    target: str
    param: Sequence[str] = field(converter=tuple)
    regimes: str | None = None
    variants: str | None = None
    memories: str | None = None
    start: str = "2**10"
    stop: str = "2**40"
    picture: Path | None = None
    image: Path | None = None
    digit: int | None = None
    confidence: Sequence[float] = field(default=(), converter=tuple)
    sampler_epsilon: float = 0.3
    samples: int = 400
    seed: int = 0


def run(request: CompareRequest, as_json: bool) -> None:
    """Compare, and print a table or JSON.

    Raises:
        ValueError: if something is not known, not allowed, or does not go together.
    """
    if request.picture is not None:
        picture_format(request.picture)
    if is_file(request.target):
        _network(request, as_json)
        return
    if request.target != "resnet":
        raise ValueError(
            f"compare knows resnet, or the path of an .onnx file, got {request.target!r}"
        )
    if request.image is not None or request.digit is not None:
        raise ValueError("an image goes with the path of an .onnx file; leave it out for resnet")
    question = Question(
        title="resnet as N grows",
        settings=settings(typed_settings(request.param)),
        **_choices(request),
    )
    found = compare_sizes(question, _tracked)
    if request.picture is not None:
        draw_sizes(found, request.picture)
    if as_json:
        print(json.dumps(found.as_json(), indent=2))
        return
    show_sizes(found, _console())
    _name_picture(request)


def _network(request: CompareRequest, as_json: bool) -> None:
    image, name = image_of(request.image, request.digit)
    question = NetworkQuestion(
        file=request.target,
        image=image,
        image_name=name,
        given=typed_settings(request.param),
        confidences=tuple(request.confidence),
        sampler_epsilon=request.sampler_epsilon,
        samples=request.samples,
        seed=request.seed,
        choices=_choices(request),
        wants_picture=request.picture is not None,
    )
    answer: NetworkAnswer = compare_network(question, _tracked)
    grown: SizeComparison | None = answer.grown
    if request.picture is not None and grown is not None:
        draw_sizes(grown, request.picture)
    if as_json:
        print(json.dumps(answer.as_json(), indent=2))
        return
    console = _console()
    show_network(answer.honesty, answer.circuits, console)
    console.print()
    if grown is None:
        console.print(answer.left_out)
        return
    show_sizes(grown, console)
    _name_picture(request)


def _choices(request: CompareRequest) -> dict[str, Any]:
    """Regimes, variants, memories and sizes."""
    start, stop = _size("--from", request.start), _size("--to", request.stop)
    if start >= stop:
        raise ValueError(f"--from must be below --to, got {request.start} and {request.stop}")
    return {
        "regimes": _named("--regimes", request.regimes, ("1", "2", "3"), ("1", "2", "3")),
        "variants": _named("--variants", request.variants, VARIANTS, VARIANTS),
        "memories": _named("--memories", request.memories, tuple(LOADERS), MEMORIES),
        "start": start,
        "stop": stop,
    }


def _named(
    option: str, text: str | None, known: Sequence[str], default: Sequence[str]
) -> tuple[str, ...]:
    """The names that a list with commas mentions, in the order of `known`."""
    if text is None:
        return tuple(default)
    names = [part.strip() for part in text.split(",")]
    for name in names:
        if name not in known:
            raise ValueError(f"{option} takes some of {','.join(known)}, got {name!r}")
    return tuple(name for name in known if name in names)


def _size(option: str, text: str) -> int:
    """log2 of a length such as 1024 or 2**10."""
    base, power, exponent = text.replace("^", "**").partition("**")
    try:
        size = int(exponent) if power else int(base).bit_length() - 1
        known = int(base) == (2 if power else 2 ** min(max(size, 0), LARGEST_SIZE))
    except ValueError:
        size, known = 0, False
    if not (known and 2 <= size <= LARGEST_SIZE):
        raise ValueError(
            f"{option} must be a power of two from 4 to 2**{LARGEST_SIZE}, such as 2**20, "
            f"got {text[:40]!r}"
        )
    return size


def _tracked(steps: Iterable[Any]) -> Iterator[Any]:
    """The steps, with a bar on the error channel while they last."""
    console = Console(stderr=True)
    shown = console.is_terminal
    yield from track(
        steps, description="costing", console=console, transient=True, disable=not shown
    )


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False)


def _name_picture(request: CompareRequest) -> None:
    if request.picture is not None:
        print(f"wrote {request.picture}")
