"""Feed-forward networks as people export them; begin at `answers.cost`."""
