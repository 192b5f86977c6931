"""Pictures of a bloq: musical scores and call graphs. Begin with `circuit`."""
