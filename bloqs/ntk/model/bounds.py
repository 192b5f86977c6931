r"""What is proved, as functions of the numbers that a user sees.

K has a diagonal of one; $r = \max_i \sum_{j \ne i} |K_{ij}|$ is its largest row sum beside it, and
$r_S \le r$ that of a masked K. Three errors, never mixed: of a *prediction*, in units of
$\lVert k_* \rVert_1$; of the *state*, two unit vectors apart; and *relative* to the prediction,
which no r bounds since the margin may be zero.

Source: derived; [ZNL21] abstract for errors of O(1/n), Eqs. A.27 to A.29 for clipping
"""

from math import exp, inf, log

from scipy.special import betainc

from bloqs.ntk.model.depths import contraction_depth


def contracted(delta: float, mu: float, layers: int) -> float:
    """Bound on the correlation of points delta from duplicates after so many layers."""
    start = contraction_depth(delta, mu)
    if layers < start:
        return 1 - delta * (1 + mu / 2) ** layers
    return (1 - mu / 2) ** (layers - start) * min(0.5, 1 - delta)


def largest_entry(delta: float, mu: float, chi: float, depth: int) -> float:
    """Bound on |k_L| for points delta from duplicates; 1 below L_0."""
    beyond = depth - contraction_depth(delta, mu)
    return min(1.0, (1 + 1 / mu) * exp(-beyond * log(chi))) if beyond >= 0 else 1.0


def smallest_entry(rho: float, mu: float, chi: float, depth: int) -> float:
    """k_L(rho) is at least this for rho >= 0."""
    return rho * (depth + 1) * (chi - 1) / chi * exp(depth * log((1 - mu) / chi))


def condition_bound(row_sum: float) -> float:
    """Bound on the condition number; infinite unless the row sum is below 1."""
    return (1 + row_sum) / (1 - row_sum) if row_sum < 1 else inf


def diagonal_error(row_sum: float) -> float:
    """Bound on |f - f_D| over the 1-norm of k_*; of f_S for the masked row sum."""
    return row_sum / (1 - row_sum) if row_sum < 1 else inf


def masked_error(row_sum: float) -> float:
    """Bound on |f - f_S| over the 1-norm of k_*."""
    return row_sum / (1 - row_sum) ** 2 if row_sum < 1 else inf


def state_error(row_sum: float) -> float:
    """Bound on the distance of the unit solution from the unit labels, and so of o_S from o_D."""
    return min(2.0, 2 * row_sum / (1 - row_sum)) if row_sum < 1 else 2.0


def near_share(gap: float, wide: float, d: int) -> float:
    """Share of a neighbourhood's points that are clipped, for uniform directions.

    Args:
        gap: eps', points closer than which are clipped.
        wide: of the neighbourhood, 1 - x . x_* at most; above the gap.
        d: dimension of the rows.

    Raises:
        ValueError: if the numbers are out of their range.
    """
    if not 0 < gap < wide <= 1 or d < 2:
        raise ValueError(
            f"needs 0 < eps' < width <= 1 and d >= 2, got eps'={gap}, width={wide}, d={d}"
        )
    caps = [betainc((d - 1) / 2, 0.5, x * (2 - x)) for x in (gap, wide)]
    return float(caps[0] / caps[1])


def largest_sparsity(n: int) -> float:
    """Entries of a row of a random mask: at most this with probability 1 - 1/n."""
    return 1 + 3.592 * log(n)


def mean_rows_above(n: int, factor: float) -> float:
    """Chernoff: expected rows of a random mask with more than 1 + factor ln n entries, at most."""
    return float(n ** (1 - (factor * log(factor) - factor + 1)))


def median_shots(d: int) -> float:
    """1/o**2 in the random-sphere teacher model, median: (pi/2) d / .455; within about a factor 2
    of what is seen. Unit: shots."""
    return 1.5707963267948966 * d / 0.455
