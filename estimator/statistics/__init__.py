"""Shots, frequencies and what they prove. Begin with `shots_needed`."""
