"""Networks that learn the translation task; all but `network_settings` needs PyTorch.

Discovery of bloqs and claims never enters a room of this name. Begin with `network_run`.
"""
