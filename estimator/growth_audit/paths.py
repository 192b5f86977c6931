"""Reads the paths of claims: a variable, or what stands for one where an order cuts a region.

Where `N >= log(M)`, a path may say what 16*N/log(M) is instead of N; the name of a symbol that goes
to zero stands for its reciprocal in it. A variable that stays where it is, however far out that
may be, is written 16 + c0.
"""

import re
from collections.abc import Mapping

from estimator.expressions.cut import Cut, ratio_of, side_text
from estimator.expressions.tree import MINUS, Tree, names_in, raised, replaced

STAYING = re.compile(r"c\d+")
"""Name of a number that is any positive one, on a path on which a variable stays."""


def path_of(shapes: Mapping[str, Tree], vanishing: frozenset[str]) -> dict[str, Tree]:
    """What every variable is on a path.

    Args:
        shapes: as written, by a variable's name, or by that of a ratio.
        vanishing: symbols that go to zero.

    Raises:
        ValueError: if a ratio is of something that the path does not say.
    """
    found = {name: tree for name, tree in shapes.items() if ratio_of(name) is None}
    waiting = []
    for name, tree in shapes.items():
        pair = ratio_of(name)
        if pair is not None:
            cut = Cut(*(str(side_text(side)) for side in pair))
            waiting.append((cut.replaced, replaced(cut.value, {name: tree})))
    for _ in range(len(waiting)):
        for each in list(waiting):
            name, value = each
            if names_in(value) & {other for other, _ in waiting}:
                continue
            waiting.remove(each)
            turned = {x: raised(y, MINUS) if x in vanishing else y for x, y in found.items()}
            value = replaced(value, turned)
            found[name] = raised(value, MINUS) if name in vanishing else value
    if waiting:
        raise ValueError(f"a path says nothing of {waiting[0][0]} itself")
    return found
