"""How many gates a field takes, also where its size is a symbol."""

from typing import Any

import sympy

from bloqs.hypergraph.model.field_arithmetic import check_field, monomials, products


class FieldProducts(sympy.Function):
    """M(m): ANDs of one multiplication in a field of 2**m elements; a number for a number."""

    meaning = "FieldProducts(m): M(m), products of one multiplication in a field of 2**m elements"
    unit = "gates"

    nargs = 1
    is_integer = True
    is_positive = True

    @classmethod
    def eval(cls, m: Any) -> Any:
        if m.is_Integer:
            check_field("M(m)", int(m))
            return sympy.Integer(len(products(int(m))))
        return None


class FieldMonomials(sympy.Function):
    """E(k, m, c): edges on qubits that one edge of weight c is; a number for numbers."""

    meaning = "FieldMonomials(k, m, c): E(k, m, c), edges on qubits that one edge of weight c is"
    unit = "gates"

    nargs = 3
    is_integer = True
    is_positive = True

    @classmethod
    def eval(cls, k: Any, m: Any, c: Any) -> Any:
        if k.is_Integer and m.is_Integer and c.is_Integer:
            check_field("E(k, m, c)", int(m))
            return sympy.Integer(monomials(int(k), int(m), int(c)))
        return None
