"""Classical algorithms for the same task. Begin with `baselines`."""
