"""Recurrent models whose latent state is a hypergraph state."""

from bloqs.hypergraph import parameters as own
from bloqs.hypergraph.growth import GROWTH
from estimator.ask.explored import Explored, Required
from estimator.ask.question import COMPARE, COST, SIMULATE, TRAIN, Question, System, Verb
from estimator.ask.random_seed import SEED
from estimator.ask.synthesis import PRICING

JUDGE = Verb(
    "judge", "Say whether a record is allowed, or an automaton right; exit with status 1 if not."
)
CERTIFY = Verb(
    "certify", "Make a certificate, or check one; exit with status 1 if the checker says no."
)

SYSTEM = System(
    name="hypergraph",
    says="Recurrent models on hypergraph states, and what classical machines need in their place.",
    source="[AG26]",
    home=__package__,
    questions=(
        Question(
            verb=COST,
            name="hypergraph",
            says="What tokens and a sentence take, in modes, qubits and bits, and what a classical "
            "machine keeps in their place.",
            source="[AG26]; ours",
            answer="answers.cost:hypergraph_cost",
            parameters=(
                own.VARIANT,
                own.COST_MODES,
                own.COST_ORDER,
                own.COST_FIELD,
                own.WRITES,
                own.READS,
                own.LAYERS,
                own.WIDTH,
                own.PRECISION,
                own.WINDOW,
                own.SPACING,
                *PRICING,
            ),
            growth=GROWTH,
            explored=Explored(
                starts={
                    "n": 200,
                    "k": 3,
                    "q": 4,
                    "writes": 1_313_400,
                    "reads": 200,
                    "layers": 12,
                    "width": 768,
                    "precision": 16,
                    "window": 1000,
                    "delta": 1,
                },
                forms=("variant", "k", "q"),
                stops={"k": tuple(range(2, 9)), "q": (2, 4, 8, 16, 32)},
                ranges={
                    "n": (2, own.MOST_COSTED_MODES),
                    "writes": (1, 10**12),
                    "reads": (1, 10**9),
                    "layers": (1, 1000),
                    "width": (1, 10**5),
                    "precision": (1, 64),
                    "window": (1, 10**9),
                    "delta": (1e-3, 1e3),
                },
                where={
                    "q": {"variant": ("field",)},
                    "delta": {"variant": ("qumode",), "k": ("2", "3", "4")},
                    **{each.name: {"variant": ("qubit", "field")} for each in PRICING},
                },
                requires=(Required("n - k", "an edge has at most as many modes as there are"),),
                rivals="answers.explored:memory",
                meets=(
                    ("rival.latent", "rival.lower.pauli"),
                    ("rival.latent", "rival.lower.field"),
                    ("rival.latent", "rival.lower.field on qubits"),
                    ("rival.latent", "rival.lower.uniform"),
                    ("rival.latent", "rival.lower.matching"),
                    ("rival.latent", "rival.cache"),
                ),
                drawn=(
                    "rival.latent",
                    "rival.lower.field on qubits",
                    "rival.lower.uniform",
                    "rival.upper.1",
                ),
                grows="n",
            ),
            examples=(
                ("cost hypergraph --n 200 --k 3 --variant field", "numbers"),
                ("cost hypergraph", "in letters"),
            ),
        ),
        Question(
            verb=COMPARE,
            name="hypergraph",
            says="Memory by modes and by qubits, for orders 2 to 6: quantum, lower and upper "
            "bounds of classical machines, caches.",
            source="[AG26]; ours",
            answer="answers.compare:hypergraph_compared",
            draws=True,
            parameters=(
                own.COMPARED_ORDER,
                own.STOP,
                own.LAYERS,
                own.WIDTH,
                own.PRECISION,
            ),
            examples=(
                ("compare hypergraph --k 3", "one order"),
                ("compare hypergraph --precision 16 --picture memory.svg", "curves"),
            ),
        ),
        Question(
            verb=SIMULATE,
            name="sentence",
            says="Runs a sentence: one record, its probability, and the engine that ran it.",
            source="[AG26]",
            answer="answers.simulate:sentence_run",
            parameters=(
                own.SENTENCE,
                own.SENTENCE_MODES,
                own.FIELD,
                own.SENTENCE_ORDER,
                own.THEOREM,
                own.ENGINE,
                SEED,
                own.RECORDS,
            ),
            operands=("sentence",),
            examples=(
                ("simulate sentence examples/hypergraph_sentence.txt --seed 1", "one record"),
                ("simulate sentence - --q 4", "over a field, from the standard input"),
            ),
        ),
        Question(
            verb=JUDGE,
            name="record",
            says="Says whether a record of a sentence can occur, and how likely it is.",
            source="[AG26]",
            answer="answers.judge:record_judged",
            parameters=(
                own.SENTENCE,
                own.RECORD,
                own.SENTENCE_MODES,
                own.FIELD,
                own.SENTENCE_ORDER,
                own.THEOREM,
                own.ENGINE,
            ),
            operands=("sentence", "record"),
            examples=(
                ("judge record examples/hypergraph_sentence.txt record.txt", "files"),
                ("judge record examples/hypergraph_sentence.txt -", "a record that comes in"),
            ),
        ),
        Question(
            verb=JUDGE,
            name="automaton",
            says="Says whether a classical machine is right on every string, else the shortest on "
            "which it is wrong.",
            source="ours",
            answer="answers.judge:automaton_judged",
            parameters=(own.AUTOMATON, own.LANGUAGE, own.MOST_STATES),
            operands=("automaton",),
            examples=(("judge automaton examples/hypergraph_machine.json", "a machine of a file"),),
        ),
        Question(
            verb=CERTIFY,
            name="certificate",
            says="Finds an answer with its evidence, and has a checker that shares nothing with "
            "the search read it.",
            source="ours; [CFS02] for three states",
            answer="answers.certify:certified",
            parameters=(
                own.CERTIFICATE,
                own.LISTED,
                own.CHECKED,
                own.OUTPUT,
                own.MACHINE_STATES,
                own.STARTS,
                own.PATIENCE,
                own.RESUMED,
                own.FORM,
                own.FORM_MODES,
                own.FIELD,
                own.OVERLAPS,
            ),
            words="certificate",
            examples=(
                ("certify --list", "what can be certified"),
                ("certify graphs --states 5 --output proof.json", "no machine with five states"),
                (
                    "certify graphs --states 8 --resume part.json --output part.json",
                    "a search that was broken off",
                ),
                ("certify --check proof.json", "the proof followed, without a solver"),
                ("certify exclusion --overlaps 1/4,1/4,1/4", "one of three states left out"),
            ),
        ),
        Question(
            verb=TRAIN,
            name="hypergraph",
            says="Trains small networks on the translation task, and judges what they say: errors "
            "by the bits that they keep, beside the bound and machines that are exact.",
            source="[AG26]; ours",
            answer="answers.train:hypergraph_trained",
            parameters=(
                own.TRAINED_MODES,
                own.TRAINED_ORDER,
                own.NETWORK_CHOICE,
                own.SIZES,
                own.PRECISIONS,
                own.TRAINED_LAYERS,
                own.TRAINED_WINDOW,
                own.SENTENCE_READS,
                own.LEARNED,
                own.STEPS,
                own.BATCH,
                own.RATE,
                SEED,
                own.TESTED,
                own.OUT,
                own.RESUME,
            ),
            needs=("train",),
            draws=True,
            examples=(
                ("train hypergraph --n 3 --out runs/three --picture errors.svg", "graphs"),
                ("train hypergraph --n 4 --k 3 --networks gru --out runs/four", "edges of three"),
            ),
        ),
    ),
)
