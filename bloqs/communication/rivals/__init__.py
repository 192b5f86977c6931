"""Classical protocols with exact bit counts, lower bounds, and the windows between them.

* `shipping`: `bits_per_real`, `shipped_bits`, `ship` a model.
* `sketch`, K = 2: `variance_bound`, `sketch_length`, `sketch_bits` for any number of observables,
  `equal_confidence_bits`, `Sketch`, `median_estimate`.
* `chain`, any K: `chain_variance`, `chain_bits`, `chain_equal_confidence_bits`, `run_chain`.
* `sign_projection`: `projection_bits`, `Projection`, `threshold_gadget`.
* `one_way_optima`: `best_one_way`, `hidden_matching_game`, `single_edge_game`, `equality_game`.
* `bounds`: `LowerBound` (`value`, `is_below`, `says`), `Setting`, `BOUNDS`, `applicable`.
* `window`: `windows`, `gradient_window`, `first_size`, `classical_bits`, `sampled_qubits`.
"""
