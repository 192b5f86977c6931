"""Constructions as Qualtran bloqs: shared folders, lowest first, then a folder a system."""
