"""Models held by several parties, and their numbers, before any circuit.

States are arrays of length 2**n; qubit 0 is the most significant bit and is read, as Z or as the
projector on 0. A gate is exp(-i angle/2 P) for a Pauli string P whose first letter is on qubit 0.

* `pauli`: `check_letters`, `apply_pauli`, `apply_rotation`, `commute`, `pauli_matrix`.
* `blocks`: `Gate`, `Block` (owner, gates), `DenseBlock` (owner, matrix), `PartyModel` (qubits, data,
  blocks; `owners`, `parameters`, `outline`), `Readout`.
* `model_file`: `model_from_file`, `model_from_text`, `content_of`, `kind_of`; `model_as_json`.
* `evaluate`: `encoded_data`, `output_state`, `loss`, `gradients`, `gradients_by_shift`,
  `gradients_by_overlap`, `forward_feature`, `backward_feature`, `probability_of_zero`.
* `groups`: `commuting_groups` of the trainable gates of a block, `group_sizes`.
* `outline`: `Outline` (owners, qubits, parameters and groups of each block), `alternating`.
* `counts`: `Counts` (messages, qubits, bits, rounds, shots); `shot`, `gradient_state`,
  `all_gradient_states`, `inference`, `amplitude_estimated`, `gradient`, `training`, `fine_tuning`,
  all of an outline; `closed_forms` in the letters n, L, P, epsilon, delta.
* `shots`: `loss_shots`, `gradient_copies`, `shift_shots`, `result_bits`, `shift_result_bits`,
  `equal_confidence_shots`, `spread_shots`, each for numbers and for symbols.
* `amplitude`: `clock_length`, `repetitions`, `break_even`.
* `schedule`: `greedy_updates`, `training_copies`, `mirror_updates`, `run_greedy`, `run_mirror`.
* `tomography`: `TomographyCost` with `copies_for(constant)`, `most_updates`, `learn`.
* `subspace_problem`: `SubspaceProblem`, `RazProblem`; `matching_problem`: `Matching`,
  `HiddenMatching`, `EqualOrOrthogonal`; `inner_product`: `inner_product_model`, `string_length`.
* `fourier`: `frequencies`, `most_frequencies`, `separated_scales`, `coefficients`.
* `graph`: `GraphNetwork` (`quadratic_form`, `network_output`, `features`), `hop_operator`,
  `folded_batch_norm`; `graph_file`: `graph_from_file`, `graph_from_text`, `graph_from_networkx`.
* `gadgets`: `signed_gadget`, `graph_gadget`. `leakage`: `leaked_bits`, `guess_probability`.
"""
