"""Rotations and gates that the other folders are made of. Begin with `counted_rotation`."""
