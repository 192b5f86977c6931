"""The network on a register, step by step, before any circuit; begin at `recognition`."""
