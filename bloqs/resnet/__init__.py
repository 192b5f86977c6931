"""Quantum ResNet inference, [RHGPR25]."""
