"""Tables of angles in interchangeable memories, and vectors from them. Begin with `loaders`."""
