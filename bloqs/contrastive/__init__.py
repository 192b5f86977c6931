"""Self-supervised learning with a trained circuit [JAXAKJ22]. Begin with `model/ansatz_parts.py`."""
