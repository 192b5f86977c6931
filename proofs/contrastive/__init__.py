"""Claims about contrastive learning with a trained circuit."""
