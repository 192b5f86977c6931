"""Models held by several parties, and their numbers, before any circuit.

States are arrays of length 2**n; qubit 0 is the most significant bit and is read, as Z or as the
projector on 0. A gate is exp(-i angle/2 P) for a Pauli string P whose first letter is on qubit 0.

* `pauli`: `check_letters`, `apply_pauli`, `apply_rotation`, `commute`, `pauli_matrix`.
* `blocks`: `Gate`, `Block` (owner, gates), `DenseBlock` (owner, matrix), `Readout`, `PartyModel`
  (qubits, data, blocks; `owners`, `parameters`, `outline`, `check_shift`, `check_test`).
* `model_file`: `model_from_file`, `model_from_text`, `content_of`, `kind_of`; `model_as_json`.
* `evaluate`: `encoded_data`, `output_state`, `loss`, `gradients`, `gradients_by_shift`,
  `gradients_by_overlap`, `gradient_state`, `forward_feature`, `backward_feature`, `with_angles`.
* `groups`: `commuting_groups` of the trainable gates of a block, `group_sizes`.
* `outline`: `Outline` (owners, qubits, parameters and groups of each block), `alternating`, which
  takes letters; both have `sends`, `state(k, form)`, `block_states(form)`.
* `counts`: `Counts` (messages, qubits, bits, rounds, shots, encodings); `shot`, `inference`,
  `amplitude_estimated`, `gradient`, `training`, `mirror_training`, `fine_tuning`, all of an outline
  with numbers or symbols; `data_parallel`.
* `shots`: `loss_shots`, `gradient_copies`, `shift_shots`, `result_bits`, `shift_result_bits`,
  `equal_confidence_shots`, `spread_shots`, each for numbers and for symbols.
* `amplitude`: `clock_length`, `repetitions`, `break_even`.
* `schedule`: `greedy_updates`, `mirror_updates`, `run_greedy`, `run_mirror`.
* `tomography`: `TomographyCost` with `copies_for(constant)`, `most_updates`, `learn`.
* `subspace_problem`: `SubspaceProblem`, `RazProblem`; `matching_problem`: `Matching`,
  `HiddenMatching`, `EqualOrOrthogonal`; `inner_product`: `inner_product_model`, `string_length`.
* `fourier`: `frequencies`, `most_frequencies`, `separated_scales`, `coefficients`.
* `graph`: `GraphNetwork` (`quadratic_form`, `values`, `features`), `hop_operator`,
  `folded_batch_norm`; `graph_file`: `graph_from_file`, `graph_from_text`, `graph_from_networkx`.
* `gadgets`: `signed_gadget`, `graph_gadget`. `leakage`: `leaked_bits`, `guess_probability`.
"""
