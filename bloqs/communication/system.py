"""Models held by several parties, as they are asked about."""

from bloqs.communication import parameters as own
from bloqs.communication.growth import GRADIENT, GRAPH, INFERENCE, PROTOCOL, TRAINING
from estimator.ask.explored import Explored, Required
from estimator.ask.question import COMPARE, COST, SIMULATE, Question, System
from estimator.ask.random_seed import SEED
from estimator.ask.synthesis import PRICING

LETTERS = (own.QUBITS, own.LENGTH, own.LAYERS, own.BLOCK_PARAMETERS)

SYSTEM = System(
    name="communication",
    says="Inference and training of a model that several parties hold, by quantum messages.",
    source="[GMSM24]",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="communication-inference",
            says="What the loss of a model of two parties takes: shots, qubits, messages, bits and "
            "rounds of every protocol, and one shot in detail.",
            source="[GMSM24] Fig. 2; [BHMT02] Thm. 12",
            answer="answers.cost:inference_cost",
            parameters=(
                *LETTERS,
                own.EPSILON,
                own.DELTA,
                own.INFERENCE,
                own.READOUT,
                own.PARALLEL,
                own.EBIT_RATE,
                *PRICING,
            ),
            growth=INFERENCE,
            explored=Explored(
                starts={"n": 10, "L": 2, "P": 1000, "epsilon": 0.1, "delta": 0.05, **own.PAIRS},
                forms=("variant", "readout", "parallel"),
                ranges=own.MOVED,
                where=own.meaning_of(own.INFERENCE_USES),
                left_out=own.SAID_BY_N,
                rivals="answers.explored:inference",
                meets=(
                    ("rival.sampled.qubits", "rival.guaranteed.shipping"),
                    ("rival.sampled.qubits", "rival.guaranteed.sketch"),
                    ("rival.amplitude-estimated.qubits", "rival.guaranteed.shipping"),
                    ("rival.amplitude-estimated.qubits", "rival.guaranteed.sketch"),
                    ("rival.equal-confidence.sampled", "rival.equal-confidence.shipping"),
                    ("rival.equal-confidence.sampled", "rival.equal-confidence.sketch"),
                ),
                drawn=(
                    "rival.sampled.qubits",
                    "rival.amplitude-estimated.qubits",
                    "rival.guaranteed.shipping",
                    "rival.guaranteed.sketch",
                ),
                grows="n",
            ),
            examples=(
                (
                    "cost communication-inference --n 10 --L 2 --epsilon 0.1 --delta 0.05",
                    "every protocol",
                ),
                ("cost communication-inference --variant sampled", "one of them in letters"),
            ),
        ),
        Question(
            verb=COST,
            name="communication-gradient",
            says="What every gradient of a model of two parties takes, by each protocol.",
            source="[GMSM24]; [BWP23]; [BO21]",
            answer="answers.cost:gradient_cost",
            parameters=(
                *LETTERS,
                own.GROUPS,
                own.EPSILON,
                own.DELTA,
                own.GRADIENT,
                own.FORM,
                own.READOUT,
                own.PARALLEL,
                own.CONSTANT,
                own.EBIT_RATE,
                *PRICING,
            ),
            growth=GRADIENT,
            explored=Explored(
                starts={
                    "n": 10,
                    "L": 2,
                    "P": 1000,
                    "g": 1,
                    "epsilon": 0.1,
                    "delta": 0.05,
                    "constant": 1,
                    **own.PAIRS,
                },
                forms=("variant", "form", "readout", "parallel"),
                ranges=own.MOVED,
                where=own.meaning_of(own.GRADIENT_USES),
                requires=(own.groups_of("variant", "", "grouped"),),
                kept=("constant",),
                left_out=own.SAID_BY_N,
                rivals="answers.explored:gradient",
                meets=(
                    ("rival.last-block.grouped", "rival.last-block.classical"),
                    ("rival.last-block.shift", "rival.last-block.classical"),
                    ("rival.last-block.hadamard", "rival.last-block.classical"),
                ),
                drawn=(
                    "rival.grouped.qubits",
                    "rival.last-block.grouped",
                    "rival.last-block.classical",
                ),
                grows="n",
            ),
            examples=(
                (
                    "cost communication-gradient --n 10 --L 2 --P 1000 --g 1 --epsilon 0.1 "
                    "--delta 0.05",
                    "every protocol",
                ),
            ),
        ),
        Question(
            verb=COST,
            name="communication-training",
            says="What training a model of two parties takes: updates, and all that is sent.",
            source="[GMSM24]",
            answer="answers.cost:training_cost",
            parameters=(
                *LETTERS,
                own.GROUPS,
                own.KAPPA,
                own.EPSILON,
                own.DELTA,
                own.RADIUS,
                own.TRAINING,
                own.TEST,
                own.FORM,
                own.PARALLEL,
                own.EBIT_RATE,
                *PRICING,
            ),
            growth=TRAINING,
            explored=Explored(
                starts={
                    "n": 10,
                    "L": 2,
                    "P": 50,
                    "g": 1,
                    "kappa": 0.1,
                    "delta": 0.05,
                    "R": 1,
                    **own.PAIRS,
                },
                forms=("variant", "gradient", "form", "parallel"),
                ranges=own.MOVED,
                where=own.meaning_of(own.TRAINING_USES, own.TEST_USES),
                requires=(own.groups_of("gradient", "grouped"),),
                left_out={**own.SAID_BY_N, "epsilon": "kappa, four times as much, says the same"},
                rivals="answers.explored:training",
                drawn=("rival.greedy.qubits", "rival.mirror.qubits", "rival.fine-tuning.qubits"),
                grows="kappa",
            ),
            examples=(
                (
                    "cost communication-training --n 10 --L 2 --P 50 --g 1 --kappa 0.1 --delta "
                    "0.05 --R 1",
                    "every way to train",
                ),
            ),
        ),
        Question(
            verb=COST,
            name="communication-protocol",
            says="What one run of a protocol of two parties takes: exact problems, halves of data, "
            "data in phases.",
            source="[KR11]; [Raz99]; [GKKRW07]; [BCW98]; [CDNT98]; [GMSM24]",
            answer="answers.cost_protocol:protocol_cost",
            parameters=(
                *LETTERS,
                own.SHARE,
                own.SLACK,
                own.DELTA,
                own.PROTOCOL,
                own.EBIT_RATE,
                *PRICING,
            ),
            growth=PROTOCOL,
            explored=Explored(
                starts={
                    "n": 10,
                    "L": 2,
                    "P": 1000,
                    "alpha": 0.25,
                    "vartheta": 0.1,
                    "delta": 0.05,
                    **own.PAIRS,
                },
                stops={"alpha": tuple(0.5**i for i in range(1, 17))},
                forms=("variant",),
                ranges=own.MOVED,
                where=own.meaning_of(own.PROTOCOL_USES),
                requires=(
                    Required(
                        "n - 2",
                        "an inner product needs n of at least 2",
                        {"variant": ("", "inner-product", "dense-coding")},
                    ),
                    Required(
                        "alpha*2**n - 1",
                        "a matching has alpha N edges, at least one",
                        {"variant": ("", "hidden-matching")},
                    ),
                ),
                left_out=own.SAID_BY_N,
                rivals="answers.explored:protocol",
                meets=tuple(
                    (f"rival.{name}.qubits", f"rival.{name}.shipping") for name in own.PROTOCOLS[:6]
                ),
                drawn=("rival.vector-in-subspace.qubits", "rival.vector-in-subspace.shipping"),
                grows="n",
            ),
            examples=(
                (
                    "cost communication-protocol --n 10 --L 2 --alpha 0.25 --delta 0.05",
                    "every protocol",
                ),
                ("cost communication-protocol --variant dense-coding", "one of them in letters"),
            ),
        ),
        Question(
            verb=SIMULATE,
            name="communication-protocol",
            says="Runs protocols gate by gate on random instances of their promise; exit 1 if one "
            "is wrong more often than it may be.",
            source="[KR11]; [Raz99]; [GKKRW07]; [BCW98]; [CDNT98]; [GMSM24]",
            answer="answers.run_protocol:protocol_run",
            parameters=(
                own.RUN_QUBITS,
                own.RUN_LENGTH,
                own.RUN_LAYERS,
                own.RUN_SHARE,
                own.RUN_SLACK,
                SEED,
                own.PROTOCOL,
            ),
            examples=(("simulate communication-protocol --N 16 --alpha 0.25", "every protocol"),),
        ),
        Question(
            verb=COST,
            name="graph-network",
            says="What one output of a graph network with an activation of degree two takes.",
            source="[GMSM24]; [FRCEBM20]",
            answer="answers.cost_graph:graph_cost",
            parameters=(
                own.QUBITS,
                own.LENGTH,
                own.NODES,
                own.FEATURES,
                own.RELATIVE,
                own.DELTA,
                own.GRAPH,
            ),
            growth=GRAPH,
            explored=Explored(
                starts={"nodes": 2_449_029, "features": 100, "epsilon": 0.0143, "delta": 0.05},
                forms=("variant",),
                ranges=own.MOVED,
                left_out={
                    "n": "nodes and features say it",
                    "N": "nodes and features say it",
                },
                meets=(("sent.qubits", "classical.shipping"), ("sent.qubits", "classical.sketch")),
                drawn=("sent.qubits", "classical.shipping", "classical.sketch"),
                grows="nodes",
            ),
            examples=(
                (
                    "cost graph-network --nodes 2449029 --features 100 --epsilon 0.0143 --delta "
                    "0.05",
                    "by the sizes of a large graph",
                ),
            ),
        ),
        Question(
            verb=COST,
            name="communication-file",
            says="What a model, or a graph network, of a JSON file takes; its keys say which.",
            source="[GMSM24]",
            answer="answers.cost_file:file_cost",
            suffixes=(".json",),
            parameters=(
                own.EPSILON,
                own.DELTA,
                own.READOUT,
                own.NODE,
                own.POOLED,
                own.EBIT_RATE,
                *PRICING,
            ),
            examples=(
                ("cost examples/two_party_model.json --epsilon 0.1 --delta 0.05", "a model"),
                ("cost examples/karate_club.json --delta 0.05", "a graph network"),
            ),
        ),
        Question(
            verb=SIMULATE,
            name="communication-file",
            says="Runs a model or a graph network of a JSON file: exact values, shots with a seed, "
            "gradients, training; exit 1 if an error is more than asked for.",
            source="[GMSM24]",
            answer="answers.simulate:file_run",
            suffixes=(".json",),
            parameters=(
                own.EPSILON,
                own.DELTA,
                SEED,
                own.RUN,
                own.READ_BY,
                own.KAPPA,
                own.READOUT,
                own.NODE,
                own.POOLED,
            ),
            examples=(
                (
                    "simulate examples/two_party_model.json --epsilon 0.1 --delta 0.05 --seed 1",
                    "loss and gradients",
                ),
                (
                    "simulate examples/two_party_model.json --epsilon 0.1 --delta 0.05 --run "
                    "gradient --gradient grouped,tomography",
                    "gradients by two protocols",
                ),
                (
                    "simulate examples/karate_club.json --delta 0.05 --node 3",
                    "the class of a node",
                ),
            ),
        ),
        Question(
            verb=COMPARE,
            name="communication",
            says="Quantum messages, classical protocols and lower bounds over the length of the "
            "data, layers, parameters and accuracy, and from which size quantum sends less.",
            source="[GMSM24]; [CDNT98]",
            answer="answers.compare:communication_compared",
            draws=True,
            parameters=(
                own.SWEPT_QUBITS,
                own.SWEPT_LAYERS,
                own.BLOCK_PARAMETERS,
                own.GROUPS,
                own.EPSILON,
                own.DELTA,
                own.MARGIN,
            ),
            examples=(
                ("compare communication --L 1 --epsilon 0.1", "who sends less, and from where"),
                ("compare communication --picture communication.svg", "curves"),
            ),
        ),
    ),
)
