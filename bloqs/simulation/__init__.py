"""Running small bloqs on Cirq, whole or with parts replaced. Begin with `runner`."""
