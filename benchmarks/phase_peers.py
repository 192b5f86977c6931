"""How each peer is asked for the phases of one polynomial, in the way that suits it best.

Everyone is given the Chebyshev coefficients of a real polynomial of one parity, as an array, and
turns them into its own input inside the clock. Answers come back in one of two forms that
`estimator.phases.conventions` can multiply out: phases of Wx, or angles of the generalised product.
Peers that are optional are imported by name, before the clock starts.
"""

from collections.abc import Callable
from enum import Enum
from functools import partial
from importlib import import_module

import numpy as np
from attrs import frozen
from numpy.polynomial import chebyshev
from numpy.typing import NDArray
from qualtran.bloqs.qsp.fast_qsp import fast_complementary_polynomial
from qualtran.bloqs.qsp.fft_qsp import fft_complementary_polynomial
from qualtran.bloqs.qsp.generalized_qsp import qsp_complementary_polynomial, qsp_phase_factors

from estimator.phases.conventions import GeneralizedAngles, wx_phases
from estimator.phases.find import phases_of
from estimator.phases.nonlinear_fourier import transform_of

Real = NDArray[np.float64]
Found = Real | GeneralizedAngles
"""phi_0 .. phi_d of Wx whose real part is the polynomial, or angles that make all of it."""

CAPITALISED = 1e-7
"""How much pyqsp may change the polynomial to keep its roots apart; it is in its error."""

GRID = 256
"""FFT points per coefficient given to qsppack, whose default of 256 in all fails at degree 199."""


class Family(Enum):
    """How phases are found."""

    FOURIER = "nonlinear Fourier transform"
    NEWTON = "descent on phases"
    COMPLEMENT = "completion without roots"
    ROOTS = "completion by roots"


@frozen
class Peer:
    """Who finds phases, and how.

    Args:
        name: as in the table.
        module: imported outside the clock.
        find: phases from Chebyshev coefficients.
        note: what is called.
        family: of methods.
    """

    name: str
    module: str
    find: Callable[[Real], Found]
    note: str
    family: Family


def ours(coefficients: Real) -> Found:
    return phases_of(coefficients).wx


def nlft_qsp(coefficients: Real) -> Found:
    return np.real(import_module("nlft_qsp").chebqsp_solve(list(coefficients)).phi)


def qsppack(coefficients: Real) -> Found:
    parity = (len(coefficients) - 1) % 2
    points = 1 << int(np.ceil(np.log2(GRID * len(coefficients))))
    options = {"method": "NLFT", "N": points, "criteria": 1e-12}
    return import_module("qsppack").solve(coefficients[parity::2], parity, options)[0]


def pyqsp_symmetric(coefficients: Real) -> Found:
    """Its phases make the polynomial in the imaginary part; pi/4 less at both ends turns it."""
    find = import_module("pyqsp.angle_sequence").QuantumSignalProcessingPhases
    turned = np.array(find(coefficients, method="sym_qsp", chebyshev_basis=True)[0])
    turned[[0, -1]] -= np.pi / 4
    return turned


def pyqsp_laurent(coefficients: Real) -> Found:
    find = import_module("pyqsp.angle_sequence").QuantumSignalProcessingPhases
    return np.array(find(coefficients, eps=CAPITALISED, suc=1 - CAPITALISED, method="laurent"))


def pennylane_qsvt(solver: str, coefficients: Real) -> Found:
    """Takes powers of x, so what the change of basis costs in digits is its own."""
    powers = chebyshev.cheb2poly(coefficients)
    angles = import_module("pennylane").poly_to_angles(powers, "QSVT", angle_solver=solver)
    return wx_phases(np.array(angles))


def pennylane_generalized(coefficients: Real) -> Found:
    find = import_module("pennylane").poly_to_angles
    theta, phi, lambda_ = find(transform_of(coefficients), "GQSP")
    return GeneralizedAngles(np.array(theta), np.array(phi), float(lambda_[0]))


def qualtran(complete: Callable[[Real], Real], coefficients: Real) -> Found:
    b = transform_of(coefficients)
    theta, phi, lambda_ = qsp_phase_factors(b, complete(b))
    return GeneralizedAngles(theta, phi, float(lambda_))


def by_fft(b: Real) -> Real:
    """On a grid of our choice: with its default of 500 points degree 11 is off by 2e-5."""
    points = 1 << int(np.ceil(np.log2(64 * len(b))))
    return fft_complementary_polynomial(b, tolerance=1e-12, num_modes=points)


def by_fft_reversed(b: Real) -> Real:
    """The other complement, with its roots inside: the one the angles can be found from."""
    return by_fft(b)[::-1].conj()


def by_descent(b: Real) -> Real:
    return fast_complementary_polynomial(b, np.random.RandomState(0), only_reals=True)


NLFT_QSP = Peer("nlft-qsp", "nlft_qsp", nlft_qsp, "`chebqsp_solve`", family=Family.FOURIER)
QSPPACK = Peer(
    "qsppack",
    "qsppack",
    qsppack,
    f"method NLFT, {GRID} FFT points a coefficient",
    family=Family.FOURIER,
)
SYMMETRIC = Peer(
    "pyqsp sym_qsp",
    "pyqsp.angle_sequence",
    pyqsp_symmetric,
    "Newton's method",
    family=Family.NEWTON,
)
LAURENT = Peer(
    "pyqsp laurent",
    "pyqsp.angle_sequence",
    pyqsp_laurent,
    f"roots; eps = 1 - suc = {CAPITALISED:g}, far below its defaults",
    family=Family.ROOTS,
)
ROOTS = Peer(
    "PennyLane QSVT",
    "pennylane",
    partial(pennylane_qsvt, "root-finding"),
    "`poly_to_angles`, roots: its default",
    family=Family.ROOTS,
)
ITERATIVE = Peer(
    "PennyLane QSVT iterative",
    "pennylane",
    partial(pennylane_qsvt, "iterative"),
    "`poly_to_angles`, L-BFGS",
    family=Family.NEWTON,
)
PENNYLANE_GQSP = Peer(
    "PennyLane GQSP",
    "pennylane",
    pennylane_generalized,
    "`poly_to_angles`, roots",
    family=Family.ROOTS,
)
QUALTRAN_ROOTS = Peer(
    "Qualtran GQSP roots",
    "qualtran",
    partial(qualtran, qsp_complementary_polynomial),
    "`qsp_complementary_polynomial`, `qsp_phase_factors`",
    family=Family.ROOTS,
)
QUALTRAN_FFT = Peer(
    "Qualtran GQSP FFT",
    "qualtran",
    partial(qualtran, by_fft),
    "`fft_complementary_polynomial`, 64 points a coefficient",
    family=Family.COMPLEMENT,
)
QUALTRAN_REVERSED = Peer(
    "Qualtran GQSP FFT reversed",
    "qualtran",
    partial(qualtran, by_fft_reversed),
    "the same, coefficients conjugated and reversed before `qsp_phase_factors`",
    family=Family.COMPLEMENT,
)
QUALTRAN_DESCENT = Peer(
    "Qualtran GQSP descent",
    "qualtran",
    partial(qualtran, by_descent),
    "`fast_complementary_polynomial`",
    family=Family.COMPLEMENT,
)
EVERYBODY = (
    NLFT_QSP,
    QSPPACK,
    SYMMETRIC,
    LAURENT,
    ROOTS,
    ITERATIVE,
    PENNYLANE_GQSP,
    QUALTRAN_ROOTS,
    QUALTRAN_FFT,
    QUALTRAN_REVERSED,
    QUALTRAN_DESCENT,
)
