r"""Graph networks of hops and one activation of degree 2, which are quadratic forms of their data.

Features of hop r are $\hat A^r X$; $h_r = \sigma(\hat A^r X W_r + b_r)$ with
$\sigma(z) = c_0 + c_1 z + c_2 z^2$; hops are concatenated, nodes summed or one chosen, and a
read-out gives a value for each class. With $\tilde x = (1, \mathrm{vec} X)$ a value is
$\tilde x^T Q \tilde x$, where Alice holds X and Bob the graph and the rest.

Accuracies that are published for this network on large graphs (Reddit, Cora, OGBN) need the data of
those graphs, which are not here: read them from a file of your own.
"""

from functools import cached_property
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from scipy.sparse.linalg import LinearOperator, eigsh

DENSE = 3000
"""Entries of the extended data up to which a form is diagonalised as a whole."""


def _floats(given: Any) -> Any:
    return np.array(given, dtype=float)


def _list(given: Any) -> Any:
    return tuple(np.array(each, dtype=float) for each in given)


def _rows(given: Any) -> Any:
    return np.atleast_2d(_floats(given))


def _numbers(given: Any) -> tuple[float, ...]:
    return tuple(map(float, given))


def hop_operator(adjacency: Any) -> Any:
    """D^(-1/2) A D^(-1/2) with rows scaled to sum to 1; a node without edges has a row of zeros.

    Args:
        adjacency: symmetric, not negative, shape (nodes, nodes).

    Raises:
        ValueError: if it is not.
    """
    a = _floats(adjacency)
    if a.ndim != 2 or a.shape[0] != a.shape[1] or not len(a):
        raise ValueError(f"an adjacency matrix is square with at least one node, got {a.shape}")
    if not np.isfinite(a).all() or (a < 0).any():
        raise ValueError(f"weights of edges are finite and not negative, got {_worst(a)}")
    if not np.array_equal(a, a.T):
        raise ValueError("an adjacency matrix is symmetric; give every edge both ways")
    degrees = a.sum(axis=1)
    scale = np.divide(1.0, np.sqrt(degrees), out=np.zeros(len(a)), where=degrees > 0)
    even = scale[:, None] * a * scale
    sums = even.sum(axis=1)
    return np.divide(even, sums[:, None], out=np.zeros_like(even), where=sums[:, None] > 0)


def _worst(a: Any) -> float:
    return float(a[~np.isfinite(a)][0] if not np.isfinite(a).all() else a.min())


def folded_batch_norm(
    weights: Any,
    bias: Any,
    mean: Any,
    variance: Any,
    scale: Any,
    shift: Any,
    epsilon: float,
) -> tuple[Any, Any]:
    """Weights and bias that do what those given do with batch norm after them, before activation.

    Args:
        weights: shape (D, H).
        bias: shape (H,); so are the running mean and variance, scale and shift.
        epsilon: what is added to the variance.

    Raises:
        ValueError: if a variance with its addition is not positive.
    """
    spread = np.asarray(variance, dtype=float) + epsilon
    if not (spread > 0).all():
        raise ValueError(f"variance plus epsilon is positive in batch norm, got {spread.min():.3g}")
    turn = np.asarray(scale) / np.sqrt(spread)
    return np.asarray(weights) * turn, (np.asarray(bias) - mean) * turn + shift


@frozen(eq=False, slots=False)
class GraphNetwork:
    """Graph, features and parameters of one network.

    Args:
        adjacency: shape (nodes, nodes).
        features: X of Alice, shape (nodes, D).
        weights: W_r of each hop from 0, shape (D, H_r).
        biases: b_r, shape (H_r,).
        readout: a row for each class over all hops, shape (classes, sum of H_r); one row tells two
            classes apart by the sign of its value.
        activation: c_0, c_1, c_2, or fewer.
    """

    adjacency: Any = field(converter=_floats)
    features: Any = field(converter=_floats)
    weights: tuple[Any, ...] = field(converter=_list)
    biases: tuple[Any, ...] = field(converter=_list)
    readout: Any = field(converter=_rows)
    activation: tuple[float, ...] = field(converter=_numbers)

    def __attrs_post_init__(self) -> None:
        hop_operator(self.adjacency)
        nodes = len(self.adjacency)
        if self.features.ndim != 2 or len(self.features) != nodes or not self.features.size:
            raise ValueError(
                f"features have a row for each of {nodes} nodes, got shape {self.features.shape}"
            )
        columns = self.features.shape[1]
        if not self.weights or len(self.weights) != len(self.biases):
            raise ValueError(
                "there are weights and a bias for each hop from 0, got "
                f"{len(self.weights)} and {len(self.biases)}"
            )
        for r, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            if w.ndim != 2 or w.shape[0] != columns or b.shape != w.shape[1:]:
                raise ValueError(
                    f"weights of hop {r} have shape ({columns}, H) and its bias (H,), got "
                    f"{w.shape} and {b.shape}"
                )
        if self.readout.ndim != 2 or self.readout.shape[1] != self.hidden:
            raise ValueError(
                f"a read-out has {self.hidden} entries a row, one for each hidden unit, got shape "
                f"{self.readout.shape}"
            )
        degree = max((i for i, c in enumerate(self.activation) if c), default=0)
        if degree > 2 or not self.activation:
            raise ValueError(
                "an activation has coefficients c_0, c_1 and c_2: a network of another degree than "
                f"2 is no quadratic form, got degree {degree} from {len(self.activation)} numbers"
            )
        for name, parts in (
            ("features", [self.features]), ("weights", self.weights), ("biases", self.biases),
            ("a read-out", [self.readout]), ("an activation", [np.array(self.activation)]),
        ):  # fmt: skip
            values = np.concatenate([*map(np.ravel, parts)])
            if not np.isfinite(values).all():
                raise ValueError(f"{name} of a network are finite, got {_worst(values)}")

    @property
    def hidden(self) -> int:
        """Hidden units of all hops."""
        return sum(len(b) for b in self.biases)

    @property
    def nodes(self) -> int:
        """Of the graph."""
        return len(self.adjacency)

    @cached_property
    def coefficients(self) -> tuple[float, float, float]:
        """c_0, c_1, c_2."""
        c0, c1, c2, *_ = (*self.activation, 0.0, 0.0, 0.0)
        return c0, c1, c2

    @cached_property
    def hops(self) -> tuple[Any, ...]:
        """Powers of the hop operator from 0, each of shape (nodes, nodes)."""
        step, powers = hop_operator(self.adjacency), [np.eye(self.nodes)]
        for _ in self.weights[1:]:
            powers.append(step @ powers[-1])
        return tuple(powers)

    def node_values(self) -> Any:
        """The value of each class at each node, by the network itself; shape (nodes, classes)."""
        c0, c1, c2 = self.coefficients
        seen, layers = self.features, []
        for w, b in zip(self.weights, self.biases, strict=True):
            z = seen @ w + b
            layers.append(c0 + c1 * z + c2 * z**2)
            seen = hop_operator(self.adjacency) @ seen
        return np.concatenate(layers, axis=1) @ self.readout.T

    def node_values_of(self, row: Any) -> Any:
        """The value of any read-out row at each node; shape (nodes,)."""
        return evolve(self, readout=np.atleast_2d(row)).node_values()[:, 0]

    def values(self, node: int | None = None) -> Any:
        """The value of each class, shape (classes,): at a node, or summed over all."""
        found = self.node_values()
        return found.sum(axis=0) if node is None else found[self._node(node)]

    def _node(self, node: int) -> int:
        if not 0 <= node < self.nodes:
            raise ValueError(f"nodes are numbered from 0 to {self.nodes - 1}, got {node}")
        return node

    def predicted(self, node: int | None = None) -> int:
        """The class with the largest value; with one row, 1 if it is above 0."""
        return chosen(self.values(node))

    @property
    def extended(self) -> Any:
        """(1, vec X), shape (1 + nodes D,); entry 1 + i D + d is feature d of node i."""
        return np.concatenate([[1.0], self.features.ravel()])

    @property
    def qubits(self) -> int:
        """ceil(log2(1 + nodes D)) of the message."""
        return int(self.features.size).bit_length()

    def _rows(self, node: int | None) -> Any:
        return range(self.nodes) if node is None else [self._node(node)]

    def factors(self, node: int | None = None) -> tuple[Any, Any]:
        """g of every hidden unit at each node that counts, and the place of its unit.

        Returns:
            Arrays of shape (units, 1 + nodes D) and (units,).
        """
        rows, units, first = [], [], 0
        for hop, w, b in zip(self.hops, self.weights, self.biases, strict=True):
            for i in self._rows(node):
                part = np.einsum("j,dh->hjd", hop[i], w).reshape(len(b), -1)
                rows.append(np.concatenate([b[:, None], part], axis=1))
                units.append(first + np.arange(len(b)))
            first += len(b)
        return np.concatenate(rows), np.concatenate(units)

    def quadratic_form(self, row: Any, node: int | None = None) -> Any:
        """Q of a read-out row, shape (1 + nodes D, 1 + nodes D), symmetric.

        Args:
            row: number of a row, or a row, such as the difference of two, shape (hidden,).
            node: whose value it is; the sum over all if not given.
        """
        return form_of(*self._weighted(row, node), self.coefficients)

    def _weighted(self, row: Any, node: int | None) -> tuple[Any, Any]:
        g, units = self.factors(node)
        v = self.readout[row] if np.ndim(row) == 0 else _floats(row)
        return g, v[units]

    def ends(self, row: Any, node: int | None = None) -> tuple[float, float]:
        """Least and largest eigenvalue of Q; with padding of zeros to a power of two, if any."""
        size = 1 + self.features.size
        if size <= DENSE:
            values = np.linalg.eigvalsh(self.quadratic_form(row, node))
            least, most = float(values[0]), float(values[-1])
        else:
            g, v = self._weighted(row, node)
            c0, c1, c2 = self.coefficients
            first = np.eye(1, size)[0]

            def apply(x: Any) -> Any:
                x = np.ravel(x)
                inner = g @ x
                plain = c2 * inner + c1 / 2 * x[0]
                return g.T @ (v * plain) + (c1 / 2 * (v @ inner) + c0 * v.sum() * x[0]) * first

            operator = LinearOperator((size, size), matvec=apply, dtype=float)
            # a Krylov space from one start is repeated from run to run
            found = eigsh(operator, k=2, which="BE", v0=self.extended, return_eigenvectors=False)
            least, most = float(found.min()), float(found.max())
        if size & (size - 1):
            least, most = min(least, 0.0), max(most, 0.0)
        return least, most


def form_of(g: Any, v: Any, coefficients: tuple[float, float, float]) -> Any:
    """sum v [c2 g g^T + c1/2 (g e^T + e g^T) + c0 e e^T]; e is the first basis vector."""
    c0, c1, c2 = coefficients
    q = c2 * (g.T * v) @ g
    mixed = c1 / 2 * (v @ g)
    q[0] += mixed
    q[:, 0] += mixed
    q[0, 0] += c0 * v.sum()
    return (q + q.T) / 2


def chosen(values: Any) -> int:
    """Class of the largest value; of one value, 1 if it is above 0."""
    return int(values[0] > 0) if len(values) == 1 else int(np.argmax(values))


def weight(spread: float, length: float, margin: float) -> float:
    """rho = spread |x|^2/(2 |margin|), whose square is what shots grow with.

    Args:
        spread: largest minus least eigenvalue of Q.
        length: norm of the extended data.
        margin: the value whose sign is asked for.
    """
    return float("inf") if margin == 0 else spread * length**2 / (2 * abs(margin))
