r"""A certificate for a polynomial of an activation that shares nothing with its construction.

The activation is written anew, Q is evaluated by Clenshaw's recurrence on a grid of equal steps in
the angle, and between two of its points the error moves by at most its derivative's bound:
$|f(sx) - f(0) - xQ(x/A)|$ changes with x by at most $sL + \max|Q| + \max|u|\,|Q'|$, where Q and
$Q'$ in the angle are bounded by sums of absolute coefficients, and L is read off the derivative of
f, cell by cell for the pieces that are lines.
"""
