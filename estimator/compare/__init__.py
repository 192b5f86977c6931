"""Ways of doing one task as a size grows, and where they cross. Begin with `sweep`."""
