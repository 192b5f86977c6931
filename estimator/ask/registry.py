"""From what a user typed to bloqs with a cost: an algorithm by name, or the layers of a network."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

from attrs import frozen
from qualtran import Bloq

from estimator.ask.question import Algorithm, Value
from estimator.costs.budget import Synthesis
from estimator.discover import instances_of
from estimator.network.network import Network

ROTATIONS = ("phase-gradient", "bitwise")
"""Ways in which the bits of an angle turn a qubit, by the name the command line uses."""


@frozen(kw_only=True)
class Target:
    """One bloq to be costed or drawn.

    Args:
        algorithm: that built it.
        bloq: what it built.
        title: what was asked about.
        layer: the layer of a network it was built for, or `None`.
        settings: variant, loader, rotation and parameters as used.
        values: the parameters given.
    """

    algorithm: Algorithm
    bloq: Bloq
    title: str
    layer: Any
    settings: Mapping[str, Value | str]
    values: Mapping[str, Value]


def is_file(name: str) -> bool:
    """Whether a target is a network rather than an algorithm."""
    return name.endswith(".onnx")


def algorithms() -> dict[str, Algorithm]:
    """Every algorithm, by name. The bloqs are loaded by name: this layer knows none of them."""
    found = instances_of(Algorithm, import_module("bloqs"))
    return {each.name: each for each in found.values()}


def synthesis_named(name: str | None) -> Synthesis | None:
    """The way of making rotations from T gates that is called `name`.

    Raises:
        ValueError: if there is none.
    """
    methods = {method.label: method for method in Synthesis}
    if name is not None and name not in methods:
        raise ValueError(f"--synthesis must be one of {', '.join(methods)}, got {name!r}")
    return None if name is None else methods[name]


def targets(
    name: str,
    param: Sequence[str],
    loader: str | None,
    variant: str | None,
    rotation: str,
    options: Mapping[str, str | None] = MappingProxyType({}),
) -> list[Target]:
    """What `name` stands for: one target, or one for each layer of a file that has a cost.

    With an option of an algorithm for whole networks, a file stands for the network as a whole.

    Args:
        name: of an algorithm, or the path of an .onnx file.
        param: settings as typed, NAME=VALUE.
        loader: memory; the algorithm's first if `None`.
        variant: construction; the algorithm's first if `None`.
        rotation: one of `ROTATIONS`.
        options: further choices by name; `None` where nothing was chosen.

    Raises:
        ValueError: if something is not known, not allowed, or does not go together.
    """
    if rotation not in ROTATIONS:
        raise ValueError(f"--rotation must be {' or '.join(ROTATIONS)}, got {rotation!r}")
    settings, known = typed_settings(param), algorithms()

    def built(
        algorithm: Algorithm, build: Callable[..., Bloq], title: str, layer: Any = None
    ) -> Target:
        values = algorithm.parse(settings)
        chosen = {
            "variant": algorithm.choose("variant", variant),
            "loader": algorithm.choose("loader", loader),
            "rotation": rotation,
        }
        picked = algorithm.chosen(options)
        extra = {"options": picked} if picked else {}
        try:
            bloq = build(**chosen, **extra, **values)
        except ValueError as problem:
            if is_file(name):
                raise ValueError(f"{title}: {problem}") from problem
            raise
        return Target(
            algorithm=algorithm,
            bloq=bloq,
            title=title,
            layer=layer,
            settings={**chosen, **picked, **values},
            values=values,
        )

    if not is_file(name):
        if name not in known:
            raise ValueError(
                f"there is no algorithm {name!r}; there is {', '.join(known)}, "
                f"or give the path of an .onnx file"
            )
        return [built(known[name], known[name].build, name)]
    network: Network = import_module("estimator.network.onnx_reader").read_network(name)
    if any(choice is not None for choice in options.values()):
        whole = [each for each in known.values() if each.build_network and each.options]
        title = f"{network.name}: whole network"
        return [built(each, _bound(each.build_network, network), title) for each in whole]
    found = []
    for layer in network.layers:
        for each, algorithm in known.items():
            if algorithm.layer is not None and isinstance(layer, algorithm.layer):
                title = f"{network.name}: {each} {layer.name}"
                found.append(built(algorithm, _bound(algorithm.build_layer, layer), title, layer))
    if not found:
        raise ValueError(f"{name} has no layer that can be costed; it needs a 2-D Conv")
    return found


def _bound(build: Any, layer: Any) -> Callable[..., Bloq]:
    return lambda **choices: build(layer, **choices)


def typed_settings(given: Sequence[str]) -> dict[str, str]:
    """The texts given as NAME=VALUE, by name.

    Raises:
        ValueError: if one is not of that form, or a name is given twice.
    """
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise ValueError(f"--param takes NAME=VALUE, got {text!r}")
        if name in pairs:
            raise ValueError(f"--param {name} is given twice")
        pairs[name] = value
    return pairs
