"""What can be asked: parameters, questions, systems found by walking. Begin with `question`."""
