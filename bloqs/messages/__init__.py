"""Messages between parties, and blocks that belong to one. Begin with `send`."""
