"""The constructions, as Qualtran bloqs. May import `estimator`; never `proofs`."""
