"""Data that nobody prepared: what is reported, against linear algebra in 40 digits."""

import mpmath
import numpy as np
import pytest

import quledger

MP = mpmath.mp.clone()
MP.dps = 40


def clusters(seed, sizes, spread=0.3, d=4):
    """Points of each class around centres of its own, in another order than of class."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(4, d))
    labels = np.repeat([1.0, -1.0], sizes)
    X = np.array([centres[int(y < 0) + 2 * (i % 2)] + spread * rng.normal(size=d)
                  for i, y in enumerate(labels)])  # fmt: skip
    mixed = rng.permutation(len(X))
    test = centres[[0, 1, 2]] + spread * rng.normal(size=(3, d))
    return X[mixed], labels[mixed], test


def kernel(network, depth, one, other):
    """k_L of two vectors of any length, by the recursion as printed."""
    norm = MP.sqrt(MP.fdot(one, one) * MP.fdot(other, other))
    rho = min(MP.mpf(1), MP.fdot(one, other) / norm)
    sigma, theta, top = rho, rho, MP.mpf(1)
    for _ in range(depth):
        if network == "erf":
            whole = MP.asin(MP.mpf(2) / 3)
            slope = 2 / (3 * whole) / MP.sqrt(1 - 4 * sigma**2 / 9)
            sigma, steep = MP.asin(2 * sigma / 3) / whole, 2 / MP.sqrt(5) / whole
        else:
            centre, angle = (1 / MP.pi if network == "relu" else 0), MP.acos(sigma)
            slope, steep = (1 - angle / MP.pi) / (1 - centre), 1 / (1 - centre)
            moment = (MP.sqrt(1 - sigma**2) + sigma * (MP.pi - angle)) / MP.pi
            sigma = (moment - centre) / (1 - centre)
        theta, top = sigma + theta * slope, 1 + top * steep
    return theta / top


def wanted(X, y, test, network, depth, kept, clip):
    """kappa, r and r_S, and for each point f, f_S, f_D, n/P and o."""
    order = np.argsort(-y, kind="stable")
    rows = [[MP.mpf(float(x)) for x in row] for row in X[order]]
    asked = [[MP.mpf(float(x)) for x in row] for row in test]
    n, half = len(rows), 2 ** int(np.ceil(np.log2(max((y > 0).sum(), (y < 0).sum()))))
    labels = MP.matrix([int(v) for v in y[order]])
    whole = MP.matrix(n, n)
    for i in range(n):
        for j in range(i + 1):
            whole[i, j] = whole[j, i] = kernel(network, depth, rows[i], rows[j])
    masked = MP.matrix(n, n)
    for i in range(n):
        for j in range(n):
            masked[i, j] = whole[i, j] if kept[i, j] else 0
    moduli = [abs(x) for x in MP.eigsy(masked, eigvals_only=True)]
    solution, exact = MP.lu_solve(masked, labels), MP.lu_solve(whole, labels)
    start = [1, MP.sqrt(1 - (1 - MP.mpf(clip)) ** 2)], [1, 0]
    ceiling = kernel(network, depth, [1 - MP.mpf(clip), start[0][1]], start[1])
    found = []
    for point in asked:
        k = MP.matrix([kernel(network, depth, row, point) for row in rows])
        cut = [max(MP.mpf(-1), min(MP.mpf(1), x / ceiling)) for x in k]
        square = MP.fdot(cut, cut)
        length = MP.sqrt(square * MP.fdot(solution, solution))
        found.append({
            "f": MP.fdot(k, exact), "f_S": MP.fdot(k, solution), "f_D": MP.fdot(k, labels),
            "attempts": 2 * half / square, "o": MP.fdot(cut, solution) / length,
        })  # fmt: skip
    sums = [
        max(sum(abs(m[i, j]) for j in range(n) if j != i) for i in range(n))
        for m in (whole, masked)
    ]
    return max(moduli) / min(moduli), *sums, found


@pytest.mark.parametrize(
    ("network", "depth", "sizes", "spread"),
    [
        ("erf", 6, (3, 2), 0.3),
        pytest.param("erf", 1000, (3, 3), 0.02, marks=pytest.mark.slow),
        ("relu", 9, (2, 7), 0.3),
        ("relu", 80, (4, 4), 1e-3),
        pytest.param("critical-relu", 40, (3, 5), 0.1, marks=pytest.mark.slow),
    ],
)
def test_clusters(tmp_path, network, depth, sizes, spread):
    X, y, test = clusters(depth, sizes, spread)
    n = len(X)
    kept = np.eye(n, dtype=int)
    for i in range(0, n - 1, 2):
        kept[i, i + 1] = kept[i + 1, i] = 1
    np.savez(tmp_path / "points.npz", X=3 * X, y=y, X_test=test)
    np.save(tmp_path / "mask.npy", kept)
    report = quledger.cost(
        "ntk", data=str(tmp_path / "points.npz"), mask=str(tmp_path / "mask.npy"),
        network=network, depth=str(depth), clip=0.2, solver="shortcut",
    )  # fmt: skip
    kappa, r, masked, points = wanted(X, y, test, network, depth, kept, 0.2)
    facts = report["kernel"]
    assert facts["kappa"] == pytest.approx(float(kappa), rel=1e-9)
    assert facts["row_sum"] == pytest.approx(float(r), rel=1e-9, abs=1e-13)
    assert facts["masked_row_sum"] == pytest.approx(float(masked), rel=1e-9, abs=1e-13)
    for row, exact in zip(report["points"], points, strict=True):
        for name, value in exact.items():
            assert row[name] == pytest.approx(float(value), rel=1e-9, abs=1e-9), name
