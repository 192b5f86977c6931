"""Re-verifies the witness of a growth answer, by its own rules. Begin with `check`."""
