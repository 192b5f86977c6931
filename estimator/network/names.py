"""Names in a network file that can be printed: without control characters, and short."""

import onnx

LONGEST = 60
"""Characters of a name."""


def shown(name: str) -> str:
    """A name as it can be printed: what is not printable is escaped, the end of a long one cut."""
    escaped = "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in name
    )
    return escaped if len(escaped) <= LONGEST else f"{escaped[: LONGEST - 3]}..."


def with_shown_names(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same model, in which every name is one that can be printed.

    Different names stay different: what is cut off gets a number instead.
    """
    given: dict[str, str] = {"": ""}
    taken = {""}

    def new(name: str) -> str:
        if name not in given:
            short, number = shown(name), 1
            while (candidate := short if number == 1 else f"{short}~{number}") in taken:
                number += 1
            given[name] = candidate
            taken.add(candidate)
        return given[name]

    graph = model.graph
    values = [*graph.input, *graph.output, *graph.value_info, *graph.initializer]
    for named in (*values, *(sparse.values for sparse in graph.sparse_initializer)):
        named.name = new(named.name)
    for node in graph.node:
        node.name = shown(node.name)
        node.input[:] = [new(name) for name in node.input]
        node.output[:] = [new(name) for name in node.output]
    graph.name = shown(graph.name)
    return model
