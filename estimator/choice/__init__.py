"""The best of finitely many choices, exactly, and what stands in the way. Begin with `choose`."""
