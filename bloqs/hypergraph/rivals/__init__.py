"""What hypergraph models are compared with: classical machines that read the same sentences.

* `tableau`: `Tableau`, `TableauEngine`, an engine beside those of `model`, edges of two modes.
* `trackers`: `zero_tracker`, `cut_machine`, automata that are right; `cut_latents`.
* `forgetful`: `ForgetfulMachine` for write*read* on plain qubits, `best_family`, `shared_star`,
  `all_edges`; `sharing_families`: `SharingSearch`, at most how many can share, exactly.
* `shift_machines`: `HalfMemoryMachine`, `OfflineMachine` for shift queries.
* `certificate`: `Certificate`, an answer with evidence, its file; `Examined`, what a checker says.
  Files `*_search` find certificates, files `*_check` read them and share no code with these:
  `machine` (fewest states; `machine_task`, `unit_propagation`), `pairs` (Theorem B), `exclusion`
  and `polygon` (`exclusion_task`), `matching` (Theorem D), `mermin`, `turns_check`.
"""
