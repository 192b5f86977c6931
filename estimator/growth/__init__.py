"""Decides how one expression grows against another, with a witness. Begin with `decide`."""
