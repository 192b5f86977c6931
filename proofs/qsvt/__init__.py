"""Claims about polynomials of encoded operators."""
