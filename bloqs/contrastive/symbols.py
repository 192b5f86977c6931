"""The symbols of contrastive learning with a circuit, by the letters of the paper."""

from estimator import symbols
from estimator.symbols import Glossary

GLOSSARY = Glossary(symbols.GLOSSARY)
"""Symbol -> "meaning [unit]" of contrastive learning, then of all systems."""

W = GLOSSARY.size("W", "width of the representation: qubits, inputs and outputs", "qubits")
L = GLOSSARY.size("L", "layers of the ansatz", "layers")
B = GLOSSARY.size("B", "images of a batch, two views of each", "images")
S = GLOSSARY.size("S", "shots of each circuit", "shots")
