"""Block-encoded 2-D convolutions, three constructions. Begin with `adder`."""
