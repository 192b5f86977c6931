"""Hardware by the name of a published machine, or by the path of a JSON file, read strictly."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from estimator.ask.hardware_presets import (
    CODES,
    DEFAULT_HARDWARE,
    INSTRUCTIONS,
    PRESETS,
    THRESHOLD,
    Hardware,
    cycle_of,
)
from estimator.ask.json_text import each_key_once, short_integer
from estimator.ask.parameter import AbstractParameter, Value, did_you_mean, quoted, spelled
from estimator.whole_file import text_of_file

SECONDS = ("cycle_seconds", "gate_seconds", "measurement_seconds")
CHOICES = {"instructions": INSTRUCTIONS, "code": CODES}
NUMBERS = ("physical_error", "t_error", *SECONDS)
TEXTS = ("name", "source", *CHOICES)
KEYS = (*TEXTS, *NUMBERS)
"""Of a file; `physical_error` and some of `SECONDS` it must have."""

LONGEST_NAME = 40
"""Unit: characters."""


@frozen(kw_only=True)
class HardwareName(AbstractParameter):
    """The name of a published machine, or the path of a JSON file.

    A file has `physical_error`, and `cycle_seconds` or both `gate_seconds` and
    `measurement_seconds`; of a machine whose `instructions` are "majorana" it has
    `measurement_seconds` alone. It may have `t_error` (that of the others if it is left out),
    `name`, `source`, `instructions`, `code`. Errors are probabilities, durations are in seconds.
    """

    unit = ""
    bare = DEFAULT_HARDWARE

    @property
    def metavar(self) -> str:
        return "[HARDWARE]"

    @property
    def allowed(self) -> str:
        return f"one of {', '.join(PRESETS)}, or the path of a .json file"

    @property
    def least_value(self) -> Value:
        return DEFAULT_HARDWARE

    def parse(self, given: Any) -> Value:
        if given is False:
            return None
        text = DEFAULT_HARDWARE if given is True else str(given)
        named = text.replace("-", "_")
        if named in PRESETS:
            return named
        path = Path(text)
        if path.suffix.lower() != ".json":
            raise ValueError(
                f"{spelled(self.name)} must be {self.allowed}, got {quoted(text)}"
                f"{did_you_mean(text, list(PRESETS))}"
            )
        hardware_of(path)
        return path


def hardware_of(named: str | Path) -> Hardware:
    """A published machine, or that of a file.

    Args:
        named: as `HardwareName` gives it.

    Raises:
        ValueError: if the file cannot be read or is not allowed, in one sentence.
    """
    if not isinstance(named, Path):
        return PRESETS[named]
    try:
        text = text_of_file(named)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise ValueError(
            f"the hardware {quoted(str(named))} cannot be read: {why}; name a JSON file, or one "
            f"of {', '.join(PRESETS)}"
        ) from None
    return hardware_from_text(text, named.stem)


def hardware_from_text(text: str, name: str) -> Hardware:
    """A machine from JSON with the keys of `HardwareName`.

    Args:
        text: what is in the file.
        name: of the machine, if the text has none.

    Raises:
        ValueError: if a key is unknown, missing or there twice, or what it has is not allowed.
    """
    try:
        read: Any = json.loads(
            text,
            object_pairs_hook=each_key_once("hardware"),
            parse_int=short_integer("hardware"),
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"hardware is JSON, and this is not: {error}") from None
    if not isinstance(read, dict):
        raise ValueError(f"hardware is an object with {', '.join(KEYS)}, got {quoted(read)}")
    for key in read:
        if key not in KEYS:
            raise ValueError(
                f"hardware has no {quoted(key)}; it has {', '.join(KEYS)}{did_you_mean(key, KEYS)}"
            )
    texts = {key: _text(key, read[key]) for key in TEXTS if key in read}
    numbers = {key: _number(key, read[key]) for key in NUMBERS if key in read}
    for key, names in CHOICES.items():
        if texts.get(key, names[0]) not in names:
            raise ValueError(
                f"{key} of hardware must be {' or '.join(names)}, got {quoted(texts[key])}"
            )
    is_majorana = texts.get("instructions") == "majorana"
    if texts.get("code") == "floquet" and not is_majorana:
        raise ValueError("hardware with code floquet needs instructions majorana")
    if "physical_error" not in numbers:
        raise ValueError("hardware lacks 'physical_error', the probability that a gate fails")
    return Hardware(
        name=texts.get("name", name)[:LONGEST_NAME],
        source=texts.get("source", "as named"),
        physical_error=numbers["physical_error"],
        t_error=numbers.get("t_error", numbers["physical_error"]),
        instructions=texts.get("instructions", INSTRUCTIONS[0]),
        code=texts.get("code", CODES[0]),
        **_durations(numbers, is_majorana),
    )


def _durations(numbers: Mapping[str, float], is_majorana: bool) -> dict[str, float]:
    """The durations, with that of a cycle.

    Raises:
        ValueError: if there are not enough, or one that such a machine has not.
    """
    found = {key: numbers[key] for key in SECONDS if key in numbers}
    if is_majorana:
        if found.keys() != {"measurement_seconds"}:
            raise ValueError(
                "hardware whose instructions are majorana has measurement_seconds and no other "
                f"duration, got {', '.join(found) or 'none'}"
            )
        return found
    both = {"gate_seconds", "measurement_seconds"} <= found.keys()
    if not both and found.keys() != {"cycle_seconds"}:
        raise ValueError(
            "hardware needs cycle_seconds, or both gate_seconds and measurement_seconds, got "
            f"{', '.join(found) or 'none'}"
        )
    if both and "cycle_seconds" not in found:
        found["cycle_seconds"] = cycle_of(found["gate_seconds"], found["measurement_seconds"])
    return found


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError(f"{key} of hardware must be a text of one line, got {quoted(value)}")
    return value


def _number(key: str, value: Any) -> float:
    """A probability or a duration.

    Raises:
        ValueError: if it is none.
    """
    most = {"physical_error": THRESHOLD, "t_error": 1.0}.get(key, math.inf)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    try:
        number = float(value) if is_number else math.nan
    except OverflowError:
        number = math.inf
    if not 0 < number < most:
        bound = "> 0 and finite" if most == math.inf else f"> 0 and < {most:g}"
        raise ValueError(f"{key} of hardware must be a number {bound}, got {quoted(value)}")
    return number
