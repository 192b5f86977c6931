"""What every training has in common: random numbers by step, checkpoints, the folder of a run.

Discovery of bloqs and claims never enters a room of this name.
"""
