"""Numbers out of states: phase estimation, overlaps, amplitudes. Begin with `phase_estimation`."""
