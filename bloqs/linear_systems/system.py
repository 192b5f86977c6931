"""Linear systems, as they are asked about."""

from bloqs.data_loading.parameters import BITS, LOADER
from bloqs.linear_systems import parameters as own
from bloqs.linear_systems.growth import GROWTH, TRANSFORM
from estimator.ask.explored import Explored
from estimator.ask.question import COMPARE, COST, SIMULATE, Question, System
from estimator.ask.synthesis import OF_ROTATIONS, PRICING

SYSTEM = System(
    name="linear_systems",
    says="Solvers of linear systems as circuits, for any matrix.",
    source="[GSLW18] Thm. 41; [CKS17]",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="qlss",
            says="Solves A x = b by every solver with a circuit: calls, gates, qubits and depth "
            "side by side, and the cheapest circuit in detail.",
            source="[GSLW18] Thm. 41; [CKS17]; [JLMSS23] Thm. 1",
            answer="answers.cost:solvers_cost",
            parameters=(
                own.KAPPA,
                own.EPSILON,
                own.ALPHA,
                own.NORM,
                own.UNKNOWNS,
                own.ANCILLAS,
                own.LOWER,
                own.UPPER,
                own.STRENGTH,
                own.SOLVER,
                own.MATRIX,
                own.RHS,
                own.ENCODING,
                own.PRECONDITION,
                LOADER,
                BITS,
                *PRICING,
            ),
            sizes_need=("solver",),
            sizes={"n": "Max(1, ceil_log2(N))", "a": "ancillas"},
            growth=GROWTH,
            explored=Explored(
                starts={"kappa": 20.0, "epsilon": 0.01, "N": 2**10, "ancillas": 3},
                stops={
                    "kappa": (2.0, 5.0, 10.0, 20.0, 50.0, 100.0),
                    "epsilon": (1e-6, 1e-4, 1e-3, 1e-2, 0.1),
                    "solver": own.EXPLORED_SOLVERS,
                },
                forms=("kappa", "epsilon", "solver", "norm"),
                ranges={"N": (2, 2**40)},
                left_out={
                    "alpha": "only kappa times alpha counts; kappa moves",
                    "norm": "the worst right-hand side is assumed; the command takes another "
                    "length with --norm, for the whole page",
                    "lower": "of one solver, which is not among those of this page",
                    "upper": "of one solver, which is not among those of this page",
                    "beta": "of one solver, which is not among those of this page",
                    "matrix": "a file",
                    "rhs": "a file",
                    "encoding": "goes with a matrix",
                    "precondition": "goes with a matrix",
                    "loader": "goes with a matrix",
                    "b": "goes with a matrix",
                },
                rivals="answers.explored:rivals",
                meets=(
                    ("rival.t", "rival.elimination"),
                    ("rival.t", "rival.gradients"),
                    ("rival.calls", "rival.products"),
                ),
                drawn=("rival.t", "rival.gradients", "rival.elimination"),
                grows="N",
            ),
            examples=(
                ("cost qlss --kappa 20 --epsilon 0.01 --N 2**10 --ancillas 3", "every solver"),
                ("cost qlss --kappa 20 --epsilon 0.01 --norm 20", "one right-hand side"),
                ("cost qlss --matrix A.npy --rhs b.npy --epsilon 0.01", "a system of yours"),
                (
                    "cost qlss --matrix A.npy --epsilon 0.01 --precondition diagonal",
                    "kappa before and after its diagonal is scaled to one",
                ),
                ("cost qlss", "degrees and costs of a run as formulas"),
            ),
        ),
        Question(
            verb=COMPARE,
            name="qlss",
            says="Totals of every solver over kappa at one epsilon and over epsilon at one kappa, "
            "where the ranking changes, conjugate gradients and elimination beside them.",
            source="[GSLW18] Thm. 41; [CKS17]; [Dal24] Eq. 62; [Saa03] Eq. (6.128); [GVL13] "
            "Alg. 3.4.1",
            answer="answers.compare:solvers_compared",
            draws=True,
            parameters=(
                own.KAPPA,
                own.EPSILON,
                own.ALPHA,
                own.UNKNOWNS,
                own.ANCILLAS,
                own.SPARSITY,
                own.CASE,
                own.MATRIX_T,
                own.VECTOR_T,
                own.LARGEST_SWEPT,
                own.LEAST_SWEPT,
                own.MATRIX,
                own.RHS,
                own.ENCODING,
                own.PRECONDITION,
                LOADER,
                BITS,
                *OF_ROTATIONS,
            ),
            examples=(
                ("compare qlss --N 2**20 --picture qlss.svg", "curves, and where they cross"),
                ("compare qlss --matrix A.npy --rhs b.npy", "a system of yours, over epsilon"),
            ),
        ),
        Question(
            verb=COMPARE,
            name="qlss-calls",
            says="Expected calls of the matrix of every solver at seven condition numbers and "
            "errors, and walks as they were measured, with their flags apart.",
            source="[CKS17]; [Saa03] Thm. 6.25; [Dal24] Eqs. 62 and 118; [CABB23]; [JLMSS23]",
            answer="answers.calls_table:calls_table",
            examples=(("compare qlss-calls", "the whole table"),),
        ),
        Question(
            verb=SIMULATE,
            name="qlss",
            says="Runs a solver on a linear system of yours and compares the state with NumPy.",
            source="[GSLW18] Thm. 41; [CKS17]; [Dal24] Eq. 62",
            answer="answers.simulate:solver_run",
            parameters=(
                own.MATRIX,
                own.RHS,
                own.EPSILON,
                own.RUN_SOLVER,
                own.ENCODING,
                own.PRECONDITION,
                own.RUN,
                own.LOWER,
                own.UPPER,
                own.GUESS,
                LOADER,
                BITS,
            ),
            examples=(
                ("simulate qlss --matrix A.npy --rhs b.npy --epsilon 0.01", "one run"),
                (
                    "simulate qlss --matrix A.npy --rhs b.npy --epsilon 0.01 --solver walk-general",
                    "the walk, its own bound beside the claim",
                ),
            ),
        ),
        Question(
            verb=COST,
            name="transform",
            says="A function of yours of a Hermitian matrix of yours: a polynomial with a proved "
            "error, its parity, phases and cost.",
            source="[GSLW18] Thm. 56; [Tre13] Thms. 8.1, 8.2",
            answer="answers.transform:transform_cost",
            parameters=(
                own.MATRIX,
                own.POLYNOMIAL,
                own.DEGREE,
                own.ARGUMENT,
                own.ENCODING,
                LOADER,
                BITS,
                *PRICING,
            ),
            growth=TRANSFORM,
            examples=(
                (
                    'cost transform --matrix A.npy --polynomial "exp(-4*(1-x))" --degree 20',
                    "a function of a matrix",
                ),
            ),
        ),
        Question(
            verb=SIMULATE,
            name="transform",
            says="Runs a function of yours of a Hermitian matrix of yours and compares the block "
            "with NumPy.",
            source="[GSLW18] Thm. 56; [Tre13] Thms. 8.1, 8.2",
            answer="answers.transform:transform_run",
            parameters=(
                own.MATRIX,
                own.POLYNOMIAL,
                own.DEGREE,
                own.ARGUMENT,
                own.ENCODING,
                own.RUN,
                LOADER,
                BITS,
            ),
            examples=(
                (
                    'simulate transform --matrix A.npy --polynomial "cos(3*x)" --degree 12',
                    "the block beside the claim",
                ),
            ),
        ),
    ),
)
