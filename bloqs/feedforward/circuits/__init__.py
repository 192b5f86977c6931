"""Bloqs: dense matrices, windows of images, pooled and widened vectors."""
