"""Learning without labels by a trained circuit [JAXAKJ22]. Begin with `model/ansatz_parts.py`."""
