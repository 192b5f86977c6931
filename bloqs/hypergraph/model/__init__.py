"""Sentences, records, automata; their exact meaning; bounds on memory. No circuit.

A latent state has `modes` modes of m qubits each; qubit m*v + b is bit b of mode v. Sets of qubits
are masks: bit j stands for qubit j, also in the index of a state vector of length 2**qubits.

* `field`: `field_bits(q)`, `multiply`, `trace`, `product_monomials`, `least_field`, `POLYNOMIALS`.
* `tokens`: `WriteToken`, `PauliToken`, `EdgeToken`, `FlipToken`, `IdleToken`, their union `Token`
  (`is_read`, `modes`, `text`), `token_from_text`.
* `sentence`: `Sentence` (`tokens`, `modes`, `field_bits`; `qubits`, `actions`, `reads`),
  `sentence_from_text`; `actions`: `PhaseAction`, `TurnAction`, `ReadAction`, `FlipAction`,
  `actions_of(token, field_bits)`; `record`: `record_from_text`, `record_text`.
* `phase_polynomial`: `PhasePolynomial` (`exponential_sum`, `derivative`), `TooManyCasesError`;
  `phase_state`: `PhaseState`, one branch, `overlap`; `run_record`: `Engine`, `Run`.
  `phase_engine`: `PhaseEngine(most_branches)`, exact; `vector_engine`: `VectorEngine`;
  `clifford_engine`: `CliffordEngine`, by stim. Engines
  have `check`, `run(sentence, choose)`, `sample(sentence, seed)`, `replay(sentence, record)`,
  `probability(sentence, record)`, `records(sentence, most)`.
* `queries`: `shift_query`, `shift_answer`, `stabilizer_query`.
* `judge`: `judge_record` -> `RecordVerdict`; `automaton`: `Automaton`, `automaton_from_text`;
  `product_search`: `judge_automaton` -> `AutomatonVerdict`, its counterexample shortest;
  `exact_ray`: states as vectors of Gaussian integers, `RayGraph` numbers them.
* `exclusion`: `three_states_excludable`, `classes`, `polygon_excludable`, `sharing_witness`.
* `bounds`: `MemoryBound` (`value`, `qubits`, `first_advantage`, `assumptions`, `status`), `BOUNDS`,
  `bound(name)`, `check_pauli_sentence`, `upper_bits_at_cut`, `shared_block`,
  `upper_bits_always`, `cache_bits`, `window_bits`, `bottleneck_bits`; `training`: `lie_dimension`,
  `single_variance`, `star_variance`, `sunflower_variance`, `enumerated_variance`,
  `squeezing_decibels`.
* `lie_closure`: `closure_dimension`, by commutators; `sentence_loss`: `TrainedSentence` (`loss`,
  `gradient`, `hessian`, `circuit_loss`), `star_hessian`, `grid_variance`, `qumode_loss`; `descent`:
  `Lesson`, `single_edges`, `stars`, `descend`, `exact_slope`, `SampledSlope`, starts.
"""
