"""Exact constants of the growth search, their signs, and monomials with such exponents."""
