r"""The bits of |k_*> from one error.

The circuit rounds three things: entries of the data to b bits after they were divided by the
largest, the address of a table of $k_L$ to $b_\rho$ bits, and angles to $b_\theta$ bits. Rounding
moves a correlation by $\delta\rho$, and the flag's amplitude by $|k'|\, \delta\rho/\hat k +
\pi/2^{b_\theta}$; the unit state is off by at most $2\sqrt{n/P}$ times that.

Source: derived
"""

from math import ceil, log2, pi, sqrt

from attrs import frozen

FEWEST = 4
"""Bits of an angle at least. Unit: qubits."""

MOST = 60
"""Bits beyond which numbers in floating point say nothing. Unit: qubits."""


@frozen(kw_only=True)
class Budget:
    """Bits, and the errors that they leave.

    Args:
        epsilon: allowed l2 error of the unit state.
        attempts: n/P.
        slope: bound on the slope of k_L over its ceiling.
        d: entries of a row.
        largest: largest modulus of an entry of the rows and of the test point, at most 1.
        data_bits: b, sign included. Unit: qubits.
        address_bits: b_rho. Unit: qubits.
        angle_bits: b_theta. Unit: qubits.
    """

    epsilon: float
    attempts: float
    slope: float
    d: int
    largest: float
    data_bits: int
    address_bits: int
    angle_bits: int

    @classmethod
    def of(
        cls, epsilon: float, attempts: float, slope: float, d: int, largest: float = 1.0
    ) -> "Budget":
        """The fewest bits of each that keep a third of the error each.

        Raises:
            ValueError: if a number is out of its range, or no bits are enough in floating point.
        """
        if not 0 < epsilon < 1:
            raise ValueError(f"epsilon is the error of a unit vector, in (0, 1), got {epsilon}")
        if not (attempts >= 1 and slope > 0 and d >= 1 and 0 < largest <= 1):
            raise ValueError(
                f"needs n/P >= 1, a slope above 0, d >= 1 and entries in (0, 1], got "
                f"n/P={attempts}, slope={slope}, d={d}, largest={largest}"
            )
        third = epsilon / 3 / (2 * sqrt(attempts))
        angle = max(FEWEST, ceil(log2(pi / third)))
        address = max(1, ceil(log2(slope / third)))
        data = max(2, ceil(log2(2 * slope * largest * sqrt(d) / third)))
        while slope * correlation_error(data, d, largest) > third:
            data += 1
        if max(angle, address, data) > MOST:
            raise ValueError(
                f"epsilon={epsilon:g} at n/P={attempts:.3g} and a slope of {slope:.3g} would take "
                f"more than {MOST} bits; clip lower (a larger eps'), or allow more error"
            )
        return cls(
            epsilon=epsilon,
            attempts=attempts,
            slope=slope,
            d=d,
            largest=largest,
            data_bits=data,
            address_bits=address,
            angle_bits=angle,
        )

    @property
    def error(self) -> float:
        """Bound on the l2 error of the unit state that these bits leave; at most epsilon."""
        moved = correlation_error(self.data_bits, self.d, self.largest) + 2.0**-self.address_bits
        return state_error(self.attempts, self.slope, moved, self.angle_bits)


def correlation_error(bits: int, d: int, largest: float) -> float:
    r"""How far $x \cdot z$ moves when entries of both are rounded to b bits over the largest.

    With e the largest length of a rounding, $\sqrt d$ largest $2^{-b}$, it is 2 e + e**2.
    """
    rounding = sqrt(d) * largest * 2.0**-bits
    return 2 * rounding + rounding**2


def state_error(attempts: float, slope: float, moved: float, angle_bits: int) -> float:
    r"""Bound on the l2 error of unit |k_*> where correlations move and angles are rounded.

    Entries over the ceiling err by slope moved + pi/2**angle_bits each, the vector by $\sqrt n$
    times that; over its length $\sqrt P$, a unit vector by twice as much at most.
    """
    return 2 * sqrt(attempts) * (slope * moved + pi / 2.0**angle_bits)
