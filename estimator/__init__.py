"""What a construction costs, as exact SymPy expressions with named units.

Lowest layer: knows Qualtran's cost protocol and Cirq's circuits, knows no construction.
"""
