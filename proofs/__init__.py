"""One file per theorem: the claim, its derivation, its measurement. May import all else."""
