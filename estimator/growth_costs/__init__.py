"""How the costs of an answer grow, in its paper's regime. Begin with `costs_report`."""
