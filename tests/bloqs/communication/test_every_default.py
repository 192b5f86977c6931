"""What is taken where nothing is said: one default a name, wherever it is asked for."""

import inspect
import math
import pkgutil
from importlib import import_module

import attrs
import pytest

import bloqs.communication
import bloqs.messages
from estimator.costs import hands, holders, messages


def modules():
    for package in (bloqs.communication, bloqs.messages):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            yield import_module(found.name)
    yield from (hands, holders, messages)


def of_function(function):
    for name, each in inspect.signature(function).parameters.items():
        if each.default is not inspect.Parameter.empty:
            yield name, each.default


def of_class(cls):
    if attrs.has(cls):
        for each in attrs.fields(cls):
            if each.default is not attrs.NOTHING and not isinstance(each.default, attrs.Factory):
                yield each.alias, each.default
    for name, each in vars(cls).items():
        function = getattr(each, "__func__", each)
        if inspect.isfunction(function) and not name.startswith("_"):
            yield from of_function(function)


def defaults():
    """Owner, parameter and default of all that is public."""
    for module in modules():
        for name, each in vars(module).items():
            if name.startswith("_") or getattr(each, "__module__", "") != module.__name__:
                continue
            if inspect.isclass(each):
                yield from ((name, *found) for found in of_class(each))
            elif inspect.isfunction(each):
                yield from ((name, *found) for found in of_function(each))


ALWAYS = {
    "readout": "Z", "variant": "grouped", "form": "uncontrolled", "way": "eigenbasis",
    "counted": "closed form", "parameter": "",
    "is_controlled": False, "is_adjoint": False, "is_back": False, "is_entangled": False,
    "is_fine": False, "is_parallel": False, "is_pooled": False, "is_teleported": False,
    "is_together": False,
    "is_grouped": True, "is_open": True, "is_trainable": True, "has_pairs": True,
    "angle": 0.0, "allowed": 0.0, "slack": 0.0, "found": 1.0,
    "qubits": 0, "messages": 0, "bits": 0, "ebits": 0, "news": 0, "riders": 0, "parameters": 0,
    "groups": 0,
    "layer": 1, "layers": 1, "block": 1, "m": 1, "observables": 1, "slope": 1, "times": 1,
    "dim": 2, "size": 4, "norm_bits": 64, "largest": 90, "success": 8 / math.pi**2,
    "group": (0,), "control": (), "idx": (), "on": (), "read": (), "scales": (), "steps": (),
    "told": (),
    "source": "[BO21] threshold search: O((log(m)**2 + l) l/epsilon**2), l = log(1/delta)",
}  # fmt: skip
"""By the name of the parameter."""

NOTHING = {
    "tests",
    "constant", "data", "datum", "error", "gates", "loss", "matching", "matrix", "node", "one",
    "ones", "party", "rng", "string", "subspace", "turn", "two", "twos", "vector", "weight",
    "weights",
}  # fmt: skip
"""Names of what is `None` if it is not given."""

ELSE = {
    ("Gate", "control"): None,
    ("FormReading", "form"): None,
    ("FormShot", "form"): None,
    ("audit", "is_fine"): None,
    ("graph_from_text", "where"): "the text",
    ("model_from_text", "where"): "the text",
    ("graph_from_content", "where"): "the graph",
    ("model_from_content", "where"): "the model",
    ("problem_from_content", "where"): "the problem",
    ("kind_of", "where"): "the file",
}
"""By owner, where a name has another default there."""


@pytest.mark.parametrize("name", sorted({name for _, name, _ in defaults()}))
def test_a_name_has_one_default(name):
    """As a boolean if it is one: 1 is not `True`."""
    for owner, each, found in defaults():
        if each == name:
            wanted = ELSE.get((owner, name), None if name in NOTHING else ALWAYS.get(name, owner))
            assert (type(found), found) == (type(wanted), wanted), owner


def test_every_name_that_is_listed_is_asked_for():
    found = {(owner, name) for owner, name, _ in defaults()}
    assert {name for _, name in found} == ALWAYS.keys() | NOTHING | {"where"}
    assert ELSE.keys() <= found


LIMITS = {
    "answers.compare_exact.DECIDED": 0.5,
    "answers.compare_limits.SMALLEST": 4,
    "answers.gradient_learning.LEARNED_QUBITS": 5,
    "answers.gradient_report.EXACT_TO": 1e-9,
    "answers.gradient_runs.QUBITS_RUN": 10,
    "answers.gradient_runs.ROTATIONS_RUN": 20_000,
    "answers.run_protocol.EXACT_TO": 1e-9,
    "answers.run_protocol.MOST_CODED": 20,
    "answers.run_protocol.MOST_QUBITS": 6,
    "answers.simulate.GATES_RUN": 2000,
    "answers.simulate.MOST_SHOTS": 1e15,
    "circuits.dense_unitary.MOST_QUBITS": 8,
    "model.blocks.UNITARY": 1e-9,
    "model.graph.DENSE": 3000,
    "model.model_file.LARGEST_FILE": 134_217_728,
    "model.model_file.MOST_QUBITS": 22,
    "model.rounding.EXPONENT_BITS": 11,
    "model.schedule.BEST_SHARE": 0.2113,
    "model.subspace_problem.PROMISE": 1e-9,
    "parameters.LEAST_ERROR": 1e-12,
    "rivals.chain.NORM_BITS": 64,
    "rivals.one_way_optima.MOST_INPUTS": 12,
    "rivals.window.LARGEST": 90,
}
"""Sizes and errors that refusals and notes name."""


def test_limits():
    """As they are said, by module."""
    found = {
        f"{module.__name__.removeprefix('bloqs.communication.')}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float)
    }
    assert LIMITS.items() <= found.items()
    assert holders.MOST_STEPS == 5000
