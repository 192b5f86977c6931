"""Answers about predictions by the kernel of a wide network. Begin with `cost`."""
