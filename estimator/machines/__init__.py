"""From logical counts to physical qubits, seconds and distances, by several models side by side.

`machine_parts` is what an answer asks; each model is a file of its own.
"""
