"""What the words of a page mean; `docs/glossary.md` has the same sentences, and more words."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "alpha": "the number by which an encoding divides: of a block-encoding an upper bound on "
    "the spectral norm of the operator; of a vector encoding at least one, and a run "
    "succeeds with probability about 1/alpha^2",
    "assumed, assumption": "said of a value that nobody named and of a statement that an "
    "answer rests on without proof; every one of them is printed",
    "call": "one use of a circuit, its inverse or its controlled form as a part of another circuit",
    "claim": "a statement in the ledger, with its source, the measurements that it was "
    "examined by and a false twin that they tell from it",
    "encoding": "a circuit that holds a matrix (block-encoding) or a vector (vector encoding) "
    "in the branch where its ancilla is zero, to an error epsilon; how bits become "
    "gates is no encoding",
    "epsilon": "the error that a circuit was made for; of a block-encoding in spectral norm, "
    "of a vector and of the state of a solution in l2 norm, of a loss or a mean in "
    "absolute value; an answer about any other error names its norm",
    "erratum": "a claim that a printed statement is wrong, examined by a counterexample",
    "ledger": "all claims, with their sources and what was found of each",
    "loader, memory": "what holds classical tables: a circuit of gates, or an ideal oracle "
    "whose calls are counted; the README has the kinds",
    "look-up": "one access to one entry of the data, of a classical memory or of an ideal "
    "quantum one; both count alike where they are compared",
    "promise": "what inputs are taken to fulfil, which nobody checks in the run: a least "
    "length, a window of singular values, an angle between a vector and a subspace",
    "query": "one call of a memory or oracle; a memory made of gates costs its gates, an ideal "
    "one a look-up",
    "regime": "of growth: which symbols grow, vanish or stay, in what order; with a number, 1, "
    "2 or 3 of [RHGPR25]: what lies in quantum memory",
    "run": "one execution of a whole circuit from its inputs on, with one success or failure; "
    "of training: from one seed to the last step",
    "variant": "one of several constructions of the same thing",
    "verdict": "of a relation: holds, fails or undecided; what SymPy cannot decide is never "
    "called true or false, and a statement neither proved nor refuted here is "
    "undecided, with the reason; of two arms: supported, opposite, equivalent "
    "within the margin or not distinguishable",
    "way": "a row of a comparison: one method with its memory, variant and assumptions",
    "CSWAP": "swaps of two qubits under a control",
    "FLOP": "additions, multiplications, divisions, square roots and values of functions of a "
    "classical method, one each",
    "measurements": "of one qubit each",
    "qubits": "the most in use at once, work qubits included",
    "rotations": "by angles that are no multiple of pi/4; the error of each is named beside "
    "the T it takes",
    "T": "T gates alone",
    "T in all": "T gates, and those of Toffolis, ANDs, CSWAPs and rotations",
    "Toffoli and AND": "Toffolis and computed ANDs; to uncompute an AND is a measurement",
    "Toffoli depth": "layers of Toffolis, ANDs and CSWAPs in the longest chain, an upper bound",
}
"""Word -> its meaning."""
