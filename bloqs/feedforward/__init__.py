"""Trained networks that pass data forwards: dense layers, images and their pooling as bloqs."""
