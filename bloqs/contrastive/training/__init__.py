"""Training an encoder, a circuit and a head on images without labels; needs PyTorch.

Discovery of bloqs and claims never enters a room of this name, and nothing outside loads it but the
answer to a question about training.
"""
