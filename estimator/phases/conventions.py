r"""Three ways of writing one sequence of phases, and what each product of matrices equals.

**Wx.** $W(x) = \begin{pmatrix} x & i\sqrt{1-x^2} \\ i\sqrt{1-x^2} & x \end{pmatrix}$ and
$$U_\phi(x) = e^{i\phi_0 Z} \prod_{k=1}^{d} W(x)\, e^{i\phi_k Z}, \qquad
p(x) = \langle 0|U_\phi(x)|0\rangle.$$
Reversing the sign of every phase conjugates: $\langle 0|U_{-\phi}|0\rangle = \bar p$. Hence
$\mathrm{Re}\,p = (\langle 0|U_\phi|0\rangle + \langle 0|U_{-\phi}|0\rangle)/2$.

**Reflection.** $R(x) = \begin{pmatrix} x & \sqrt{1-x^2} \\ \sqrt{1-x^2} & -x \end{pmatrix}
= -i\, e^{i\pi Z/4} W(x)\, e^{i\pi Z/4}$. With
$$\varphi_0 = \phi_0 + (2d-1)\pi/4, \qquad \varphi_k = \phi_k - \pi/2 \ (0<k<d), \qquad
\varphi_d = \phi_d - \pi/4 \quad (d \ge 1; \varphi_0 = \phi_0 \text{ for } d = 0),$$
$$\langle 0| e^{i\varphi_0 Z} \prod_{k=1}^{d} R(x)\, e^{i\varphi_k Z} |0\rangle = p(x)$$
exactly: the shifts by $\pi/4$ and $\pi/2$ leave $(-i)^d$, and the $d\pi/2$ added to
$\varphi_0$, which acts on $\langle 0|$ as a phase, takes it off again. Reversing the sign of
every $\varphi_k$ conjugates $p$, because R is real; no further sign is needed.

**Circuit.** U block-encodes $A = \tilde\Pi U \Pi$, singular values $\sigma$ with vectors w, v.
Every operator product below is written as a matrix product: the rightmost acts first.
$$d \text{ odd:}\quad e^{i\varphi_0(2\tilde\Pi-1)}\, U \prod_{k=1}^{(d-1)/2} \left[
e^{i\varphi_{2k-1}(2\Pi-1)} U^\dagger e^{i\varphi_{2k}(2\tilde\Pi-1)} U \right]
e^{i\varphi_d(2\Pi-1)}$$
$$d \text{ even:}\quad \prod_{k=1}^{d/2} \left[ e^{i\varphi_{2k-2}(2\Pi-1)} U^\dagger
e^{i\varphi_{2k-1}(2\tilde\Pi-1)} U \right] e^{i\varphi_d(2\Pi-1)}$$
U acts first in both. The block is $\sum p(\sigma)|w\rangle\langle v|$, from $\Pi$ to
$\tilde\Pi$, if d is odd and $\sum p(\sigma)|v\rangle\langle v|$, from $\Pi$ to $\Pi$ and kernel
included, if d is even. For a block encoding with ancillas, $\Pi = \tilde\Pi$ projects on ancilla
zero. With one more qubit in $|+\rangle$ and $Z \otimes (2\Pi-1)$ in place of $2\Pi-1$, the block
at $\langle +|..|+\rangle$ is that of $\mathrm{Re}\,p$.

**Generalised.** $S = \mathrm{diag}(z, 1)$, i.e. $|0\rangle\langle 0| \otimes U$ plus
$|1\rangle\langle 1| \otimes 1$, and
$$\mathcal{R}(\theta, \phi, \lambda) = \begin{pmatrix} e^{i(\lambda+\phi)}\cos\theta &
e^{i\phi}\sin\theta \\ e^{i\lambda}\sin\theta & -\cos\theta \end{pmatrix}, \qquad
\mathcal{G}(z) = \left[\prod_{k=d}^{1} \mathcal{R}(\theta_k, \phi_k, 0)\, S\right]
\mathcal{R}(\theta_0, \phi_0, \lambda),$$
index d leftmost. `generalized_angles` gives angles with
$\langle 0|\mathcal{G}(e^{2it})|0\rangle = e^{idt} p(\cos t)$, no phase left over.

Source: [GSLW18] Thm. 3, Cor. 8, Def. 15, Thm. 17, with d + 1 phases in place of their d; [MW24]
Thm. 3
"""

from enum import StrEnum

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

Real = NDArray[np.float64]
Complex = NDArray[np.complex128]


class Convention(StrEnum):
    """Which signal the phases are interleaved with."""

    WX = "wx"
    REFLECTION = "reflection"


@frozen
class GeneralizedAngles:
    """theta_0 .. theta_d, phi_0 .. phi_d and lambda of the generalised product. Unit: radians."""

    theta: Real = field(eq=False)
    phi: Real = field(eq=False)
    lambda_: float


def reflection_phases(wx: Real) -> Real:
    """d + 1 phases that make the same polynomial of R as `wx` makes of W; radians."""
    degree = len(wx) - 1
    if degree == 0:
        return wx.copy()
    shifted = wx - np.pi / 2
    shifted[0] = wx[0] + (2 * degree - 1) % 8 * np.pi / 4
    shifted[-1] = wx[-1] - np.pi / 4
    return shifted


def wx_phases(reflection: Real) -> Real:
    """Inverse of `reflection_phases`; radians."""
    degree = len(reflection) - 1
    if degree == 0:
        return reflection.copy()
    shifted = reflection + np.pi / 2
    shifted[0] = reflection[0] - (2 * degree - 1) % 8 * np.pi / 4
    shifted[-1] = reflection[-1] + np.pi / 4
    return shifted


def generalized_angles(wx: Real) -> GeneralizedAngles:
    r"""Angles whose product has the entry $z^{d/2} p$ with $z = e^{2it}$, $p$ that of `wx`.

    Between Hadamard gates $W(\cos t) = e^{-it}\,\mathrm{diag}(z, 1)$, so the product is
    $H e^{i\phi_0 X} S e^{i\phi_1 X} \cdots S e^{i\phi_d X} H$. From the left, each factor is
    split into $\mathcal{R}(\theta, \phi, 0)$, a diagonal matrix that moves through S into the
    next factor, and a global phase that ends in $\lambda$.
    """
    degree = len(wx) - 1
    hadamard = np.array([[1, 1], [1, -1]], dtype=complex) / np.sqrt(2)
    theta, phi = np.empty(degree + 1), np.empty(degree + 1)
    carried: Complex = hadamard
    for step, angle in enumerate(wx):
        c, s = np.cos(angle), 1j * np.sin(angle)
        matrix = carried @ np.array([[c, s], [s, c]])
        index = degree - step
        if index == 0:
            matrix = matrix @ hadamard
        theta[index] = np.arctan2(abs(matrix[0, 1]), abs(matrix[1, 1]))
        if abs(matrix[0, 1]) * abs(matrix[1, 1]) > 0:
            phi[index] = np.angle(-matrix[0, 1] / matrix[1, 1])
        else:
            phi[index] = 0.0
        rotation = _rotation(theta[index], phi[index], 0.0)
        carried = np.diag(np.diag(rotation.conj().T @ matrix))
    # `carried` multiplies the first column by its first entry
    return GeneralizedAngles(theta, phi, float(np.angle(carried[0, 0])))


def _rotation(theta: float, phi: float, lambda_: float) -> Complex:
    c, s = np.cos(theta), np.sin(theta)
    return np.array(
        [
            [np.exp(1j * (lambda_ + phi)) * c, np.exp(1j * phi) * s],
            [np.exp(1j * lambda_) * s, -c],
        ]
    )


def response(phases: Real, x: Real, convention: Convention) -> Complex:
    """p(x), the upper left entry of the product; array of the shape of x, which is in [-1, 1].

    Multiplies d + 1 matrices at each point, one after the other. The row is scaled to norm one at
    the end, which undoes the drift of x**2 + (1 - x**2) from one.
    """
    s = np.sqrt((1 - x) * (1 + x))
    turns = np.exp(1j * phases)
    p, q = np.full(np.shape(x), turns[0]), np.zeros(np.shape(x), dtype=complex)
    for turn in turns[1:]:
        if convention is Convention.WX:
            p, q = p * x + 1j * (q * s), 1j * (p * s) + q * x
        else:
            p, q = p * x + q * s, p * s - q * x
        p, q = p * turn, q * turn.conj()
    return p / np.sqrt(np.abs(p) ** 2 + np.abs(q) ** 2)


def generalized_response(angles: GeneralizedAngles, z: Complex) -> Complex:
    """Upper left entry of the generalised product at points z of the unit circle."""
    rotation = _rotation(angles.theta[0], angles.phi[0], angles.lambda_)
    p, q = np.full(np.shape(z), rotation[0, 0]), np.full(np.shape(z), rotation[1, 0])
    for theta, phi in zip(angles.theta[1:], angles.phi[1:], strict=True):
        rotation = _rotation(theta, phi, 0.0)
        p, q = rotation @ np.array([p * z, q])
    return p
