"""In what regime growth of a prediction's costs is stated."""

from estimator.ask.grown import Growth, Published

GROWTH = Growth(
    regime="n->oo, epsilon=1/n, d=4*log(n), c_l=log(log(n))/log(2), q=log(n)/log(2), R=log(n), "
    "o=1/sqrt(log(n)), alpha=3/2, r_S=1/4, delta_f const, b const, b_x const, w_b const, "
    "b_rho const, b_theta const, b_K const",
    parameters={"loader": "ideal"},
    published={
        "Toffoli depth": Published(
            formula="log(n)",
            source="[ZNL21] abstract",
            origin="printed for a prediction; here one run of the circuit, to the error printed",
        )
    },
    facts=("shots",),
    notes=(
        "d, c_l: a multiple of log(n) entries of a point, and of kernels kept in a row",
        "epsilon: the paper's error of 1/n; R, o: attempts and overlap of random points, whose "
        "labels a hyperplane gives",
        "alpha, r_S: such that kappa_eff is 2; others change factors",
        "b, b_x, b_rho, b_theta, b_K, w_b: bits, which the paper does not count; an error of 1/n "
        "takes a multiple of log(n) of them",
        "a prediction takes as many runs as there are shots (quledger check printed_logarithm)",
    ),
)
"""Random points in d dimensions, with data in an ideal memory."""
