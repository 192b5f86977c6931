"""Sentences, records, automata; their exact meaning; bounds on memory. No circuit.

A latent state has `modes` modes of m qubits each; qubit m*v + b is bit b of mode v. Sets of qubits
are masks: bit j stands for qubit j, also in the index of a state vector of length 2**qubits.

* `field`: `field_bits(q)`, `multiply`, `trace`, `product_monomials`, `least_field`, `POLYNOMIALS`.
* `tokens`: `WriteToken`, `PauliToken`, `EdgeToken`, `FlipToken`, `IdleToken`, their union `Token`
  (`is_read`, `modes`, `text`), `token_from_text`.
* `sentence`: `Sentence` (`tokens`, `modes`, `field_bits`; `qubits`, `actions`, `reads`),
  `sentence_from_text`; `actions`: `PhaseAction`, `TurnAction`, `ReadAction`, `FlipAction`,
  `actions_of(token, field_bits)`; `record`: `record_from_text`, `record_text`.
* `phase_polynomial`: `PhasePolynomial`; `phase_state`: `PhaseState`, one branch;
  `phase_engine`: `PhaseEngine(most_branches)`; `vector_engine`: `VectorEngine`.
  Both have `check`, `run(sentence, choose)`, `sample`, `probability`, `records`; `run_record`:
  `Run`, `Engine`, `choose_engine`.
* `judge`: `judge_record` -> `RecordVerdict`. `automaton`: `Automaton`, `automaton_from_text`.
  `product_search`: `judge_automaton` -> `AutomatonVerdict` with the shortest counterexample;
  `exact_ray`: states as vectors of Gaussian integers.
* `exclusion`: `three_states_excludable`, `polygon_excludable`, `classes`, `sharing_witness`.
* `bounds`: `MemoryBound` (`value`, `applies_to`, `assumptions`), `BOUNDS`, `upper_bits_at_cut`,
  `upper_bits_always`, `kept_bits`; `training`: `lie_dimension`, `gradient_variance`, `squeezing`.
"""
