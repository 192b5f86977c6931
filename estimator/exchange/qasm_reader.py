"""OpenQASM as a list of Cirq's operations, read by Cirq, or one sentence that says what is wrong.

Cirq's reader is `cirq.contrib.qasm_import`. What it lets through, it means; four things are mended
here: a condition on a gate of several qubits holds for all of them, `barrier` is read and left out,
`OPENQASM 3;` is version 3.0, and comments in `/* */` are none of its business.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import cirq
import numpy as np
import sympy
from attrs import frozen

from estimator.ask.parameter import quoted
from estimator.symbols import bare
from estimator.whole_file import check_file, text_of_file

LARGEST = 16 * 2**20
"""Of a file that is read. Unit: bytes."""

MOST_STATEMENTS = 250_000
"""Statements of a file that is read: what Cirq's reader gets through in about a minute."""

MOST_OPERATIONS = 500_000
"""Gates, measurements and resets that are read, one for each qubit of a register."""

MOST_BITS = 100_000
"""Qubits and bits that a file may declare."""

WIDEST = 60
"""Of a line that a refusal shows. Unit: characters."""

DEEPEST = 200
"""Brackets inside each other, beyond which a reader may run out of room."""

NO_VERSION = "it does not start with OPENQASM 2.0; or OPENQASM 3.0;"

BARRIER = "barrier"

BY_ANGLE = "by a given angle"
"""Tag of operations whose angles are written in the file."""

PARSER = "cirq.contrib.qasm_import._parser"
"""Where Cirq's parser is; it needs `ply`, so it is loaded when it is wanted."""


@frozen
class ReadCircuit:
    """What a file says.

    Args:
        registers: names and sizes of the quantum registers, in order of declaration.
        operations: gates, measurements and resets, in order; a gate of the file's own is a
            `cirq.CircuitOperation`.
        names: of the gates of its own, by `id` of their circuits, which `gates` keeps.
        gates: those circuits.
    """

    registers: Mapping[str, int]
    operations: Sequence[cirq.Operation]
    names: Mapping[int, str]
    gates: Sequence[cirq.FrozenCircuit]


class _RefusedError(ValueError):
    """What is wrong with a text, and in which line."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.line = line


def read_file(path: Path) -> ReadCircuit:
    """The circuit of a file.

    Raises:
        ValueError: if it cannot be read, is too large, or Cirq's reader does not take it; with the
            line and what stands there.
    """
    try:
        check_file(path)
        if path.stat().st_size > LARGEST:
            raise ValueError(
                f"{path} has more than {LARGEST} bytes, the most that is read; split the circuit"
            )
        text = text_of_file(path)
    except UnicodeDecodeError:
        raise ValueError(f"{path} is no text in UTF-8, so no OpenQASM; give a .qasm file") from None
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}") from None
    return read_text(text, str(path))


def read_text(text: str, name: str = "the text") -> ReadCircuit:
    """The circuit that a text in OpenQASM describes.

    Args:
        text: in OpenQASM 2 or 3.
        name: of where it is from, for refusals.

    Raises:
        ValueError: as `read_file`.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    plain = _plain("\n".join(lines))
    try:
        _check_size(plain)
        return _read(plain)
    except _RefusedError as problem:
        where = f"{name}, line {problem.line}" if problem.line else name
        shown = _shown(lines, problem.line)
        raise ValueError(f"{where}: {problem}{shown}") from None


def _shown(lines: Sequence[str], number: int | None) -> str:
    if number is None or not 1 <= number <= len(lines):
        return ""
    line = " ".join(lines[number - 1].split())
    line = line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
    return f" in {quoted(line)}" if line else ""


def _plain(text: str) -> str:
    """The text without comments in `/* */`, on the same lines, and with a version of two digits."""

    def blanks(found: re.Match[str]) -> str:
        if found["long"] is None:
            return found[0]
        return re.sub(r"[^\n]", " ", found[0])

    plain = re.sub(r"(?P<short>//[^\n]*)|(?P<long>/\*.*?\*/)", blanks, text, flags=re.DOTALL)
    return re.sub(r"^(\s*(?://[^\n]*\s*)*OPENQASM\s+[23])\s*;", r"\1.0;", plain)


def _check_size(text: str) -> None:
    """Refuse what Cirq's reader would take too long over.

    Raises:
        _RefusedError: if there is nothing, or too much.
    """
    if not text.strip():
        raise _RefusedError("it is empty; a file starts with OPENQASM 2.0; or OPENQASM 3.0;")
    code = re.sub(r"//[^\n]*", "", text)
    if not code.lstrip().startswith("OPENQASM"):
        raise _RefusedError(NO_VERSION, 1)
    statements = text.count(";")
    if statements > MOST_STATEMENTS:
        raise _RefusedError(
            f"it has {statements:,} statements, and at most {MOST_STATEMENTS:,} are read; split it"
        )
    declared = re.findall(r"\b(?:qreg|creg)\s+\w+\s*\[\s*(\d+)|\b(?:qubit|bit)\s*\[\s*(\d+)", code)
    sizes = [size for pair in declared for size in pair if size]
    if any(len(size) > 9 for size in sizes) or sum(map(int, sizes)) > MOST_BITS:
        raise _RefusedError(
            f"it declares more than {MOST_BITS:,} qubits and bits, the most that are"
        )
    depth = 0
    for number, line in enumerate(code.split("\n"), 1):
        for found in re.findall(r"[()]", line):
            depth += 1 if found == "(" else -1
            if depth > DEEPEST:
                raise _RefusedError(
                    f"there are more than {DEEPEST} brackets inside each other", number
                )


def _read(text: str) -> ReadCircuit:
    try:
        from_text = _parser()
        from_text.circuit = _InOrder()
        from_text.qelib_gates = {name: _of(x) for name, x in from_text.qelib_gates.items()}
        from_text.gate_set = {name: _of(x) for name, x in from_text.gate_set.items()}
        from_text.gate_set[BARRIER] = _Barrier()
        with np.errstate(all="ignore"):  # angles that are not finite are refused where they occur
            from_text.parse(text)
    except ModuleNotFoundError as problem:
        raise ValueError(
            f"OpenQASM is read by Cirq with {problem.name}, which is not installed; install it "
            f"with pip install {problem.name}"
        ) from None
    except _RefusedError:
        raise
    except RecursionError:
        raise _RefusedError("something in it is nested too deeply to be read") from None
    except Exception as problem:  # the reader fails in many ways: unknown gates, sizes, angles
        raise _refusal(problem, text) from None
    if not from_text.qregs:
        raise _RefusedError("it declares no qubits, so there is no circuit")
    own = {
        name: each.circuit for name, each in from_text.gate_set.items() if hasattr(each, "circuit")
    }
    return ReadCircuit(
        registers=dict(from_text.qregs),
        operations=tuple(from_text.circuit.operations),
        names={id(circuit): name for name, circuit in own.items()},
        gates=tuple(own.values()),
    )


def _refusal(problem: Exception, text: str) -> _RefusedError:
    """What Cirq's reader says, in one sentence with its line apart."""
    said = str(getattr(problem, "message", problem)) or type(problem).__name__
    if isinstance(problem, (OverflowError, ZeroDivisionError)):
        return _RefusedError(f"a number in it has no value: {' '.join(said.split())}")
    if "Unexpected end of file" in said:
        return _RefusedError("it ends in the middle of a statement", text.rstrip().count("\n") + 1)
    if said.startswith("Missing 'OPENQASM"):
        return _RefusedError(NO_VERSION, 1)
    found = re.search(r",?\s*(?:at|in) line (\d+)(?:, column \d+)?'?", said)
    line = int(found[1]) if found else None
    if syntax := re.match(r"Syntax error: '(.*?)'\n", said, flags=re.DOTALL):
        return _RefusedError(f"Cirq's reader of OpenQASM does not take {quoted(syntax[1])}", line)
    if found:
        said = said[: found.start()] + said[found.end() :]
    said = " ".join(said.split())
    if not hasattr(problem, "message"):
        said = f"{type(problem).__name__} of Cirq's reader: {said}"
    return _RefusedError(said[:1].lower() + said[1:] if said[:2].istitle() else said, line)


class _InOrder:
    """Takes what Cirq's reader appends to its circuit, in the order of the file."""

    def __init__(self) -> None:
        self.operations: list[cirq.Operation] = []

    def append(self, more: Any) -> None:
        for operation in cirq.flatten_to_ops(more):
            if len(self.operations) == MOST_OPERATIONS:
                raise _RefusedError(
                    f"it has more than {MOST_OPERATIONS:,} operations, the most that are read; "
                    "split it"
                )
            self.operations.append(operation)


@frozen
class _WithAngles:
    """A gate that takes angles, whose operations say so.

    Args:
        statement: what Cirq's reader has for the gate.
    """

    statement: Any

    def on(self, params: Any, args: Any, lineno: int) -> Iterator[cirq.Operation]:
        for each in self.statement.on(params=params, args=args, lineno=lineno):
            yield each.with_tags(BY_ANGLE)


def _of(statement: Any) -> Any:
    return _WithAngles(statement) if statement.num_params else statement


class _Barrier:
    """The statement `barrier`, which does nothing to a state."""

    def on(self, params: Any, args: Any, lineno: int) -> Iterator[cirq.Operation]:
        return iter(())


def _parser() -> Any:
    """Cirq's parser, which needs `ply`, with conditions that hold for whole registers."""

    class Parser(import_module(PARSER).QasmParser):  # type: ignore[misc]
        start = "start"

        def p_if(self, p: Any) -> None:
            """if : IF '(' condition_list ')' gate_op"""
            conditions = [
                sympy.Eq(bare(key), (value >> bit) & 1)
                for keys, value in p[3]
                for bit, key in enumerate(keys)
            ]
            p[0] = [each.with_classical_controls(*conditions) for each in p[5]]

    return Parser()
