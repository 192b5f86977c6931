"""The classical network and its numbers before any circuit. Begin with `network`."""
