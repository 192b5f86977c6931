"""What a question about training means: sizes, numbers or letters, and what is assumed."""

from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.contrastive import symbols
from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.ansatz_parts import kind_named
from bloqs.contrastive.model.ansatz_sizes import Sizes, sizes_of
from bloqs.contrastive.model.training_circuits import Schedule
from bloqs.contrastive.parameters import DEFAULT_CIRCUIT_ERROR, PUBLISHED
from estimator.ask.question import Asked


@frozen(kw_only=True)
class Setting:
    """A circuit and its training.

    Args:
        circuit: of one shot.
        sizes: of its ansatz.
        batch: B.
        shots: S.
        schedule: images and epochs.
        circuit_error: of all rotations of a circuit together. Unit: 1.
        assumed: what nobody named, by name.
    """

    circuit: RepresentationCircuit
    sizes: Sizes
    batch: SymbolicInt
    shots: SymbolicInt
    schedule: Schedule
    circuit_error: float
    assumed: dict[str, Any]

    @property
    def width(self) -> SymbolicInt:
        """W."""
        return self.circuit.width

    @property
    def layers(self) -> SymbolicInt:
        """L."""
        return self.circuit.layers


def setting_of(asked: Asked) -> Setting:
    """What is asked about.

    Raises:
        ValueError: if there is no such ansatz of this size or in this form, or a batch has more
            images than there are.
    """
    taken = dict(PUBLISHED)
    if asked.get("letters"):
        taken |= {"B": symbols.B, "S": symbols.S}
    found = {name: asked.get(name, known) for name, known in taken.items()}
    width, layers = asked.get("W", symbols.W), asked.get("L", symbols.L)
    kind = kind_named(found["ansatz"])
    form = asked.get("form", "plain")
    circuit = RepresentationCircuit(
        kind,
        width,
        layers,
        form=form,
        is_half_measured=asked.get("between") == "half-measured",
    )
    batch, images = found["B"], found["images"]
    if not is_symbolic(batch, images) and batch > images:
        raise ValueError(
            f"a batch has at most as many images as there are, got B={batch} and {images} images"
        )
    names = [each.name for each in attrs.fields(Schedule)]
    assumed = {name: x for name, x in found.items() if name not in asked.named}
    error = asked.get("circuit_error")
    if error is None:
        assumed["circuit_error"] = error = DEFAULT_CIRCUIT_ERROR
    return Setting(
        circuit=circuit,
        sizes=sizes_of(kind, width, layers, form),
        batch=batch,
        shots=found["S"],
        schedule=Schedule(**{name: found[name] for name in names}),
        circuit_error=error,
        assumed=assumed,
    )


def tidy(value: Any) -> Any:
    """A whole number of Python, or an expression with numbers put together."""
    found = sympy.sympify(value)
    return int(found) if found.is_Integer else sympy.factor_terms(found)


def exact(value: Any) -> Any:
    """A fraction in place of a rounded number; a letter as it is."""
    return value if is_symbolic(value) else sympy.Rational(str(value))


def as_text(value: Any) -> str:
    """A number in a sentence; a letter as it is."""
    return str(value) if is_symbolic(value) else f"{value:g}"


def is_number(value: Any) -> bool:
    """Whether a value is text or has no letters."""
    return isinstance(value, str) or not sympy.sympify(value).free_symbols
