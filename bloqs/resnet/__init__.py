"""Coherent quantum ResNet inference [RHGPR25]. Begin with `system`, then a room."""
