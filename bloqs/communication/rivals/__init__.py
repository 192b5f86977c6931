"""Classical protocols with exact bit counts, lower bounds, and the windows between them.

* `shipping`: `shipped_bits`, `complex_shipped_bits`, `ship`.
* `sketch`: `variance_bound`, `sketch_length`, `sketch_bits`, `equal_confidence_bits`, `Sketch`.
* `chain`: `chain_noise`, `chain_bits`, `run_chain`.
* `sign_projection`: `projection_bits`, `Projection`.
* `one_way_optima`: `best_one_way`, `hidden_matching_game`, `single_edge_game`, `equality_game`.
* `bounds`: `LowerBound`, `Setting`, `BOUNDS`, `applicable`.
* `window`: `windows`, `gradient_window`, `first_size`, `cheapest`.
"""
