"""Bloqs of the steps and of the chain they make; begin at `build`."""
