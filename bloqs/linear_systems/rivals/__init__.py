"""What a classical computer does with the same linear system."""
