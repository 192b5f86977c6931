"""What was measured by others, and what a trained circuit is compared with."""
