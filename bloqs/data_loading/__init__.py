"""Classical tables and vectors brought into superposition, at a stated price."""
