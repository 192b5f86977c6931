"""Circuits of distributed models. Begin with `inference_shot`."""
