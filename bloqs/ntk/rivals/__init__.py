"""What a classical computer does with the same data: solvers and samplers, priced as they run."""
