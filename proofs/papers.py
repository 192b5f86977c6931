"""The papers that claims come from: keys of REFERENCES.md and their arXiv numbers."""

import re
from collections.abc import Collection, Mapping
from importlib import import_module
from types import ModuleType

from estimator.ask.parameter import did_you_mean, quoted

ARXIV: Mapping[str, str | None] = {
    "AG04": "quant-ph/0406196",
    "AG26": "2402.08606",
    "BCW98": "quant-ph/9802040",
    "BGBWMPFN18": "1805.03662",
    "BGMMB19": "1902.02134",
    "BHL12": None,
    "BHMT02": "quant-ph/0005055",
    "BLM13": None,
    "BO21": "2011.10908",
    "BWP23": "2306.14962",
    "CABB23": "2312.07690",
    "CASSBB22": "2111.08152",
    "CDNT98": "quant-ph/9708019",
    "CEMM98": "quant-ph/9708016",
    "CFS02": "quant-ph/0206110",
    "CKS17": "1511.02306",
    "Dal24": "2406.12086",
    "FRCEBM20": "2004.11198",
    "GKKRW07": "quant-ph/0611209",
    "GLM08": "0708.1879",
    "GMSM24": "2310.07136",
    "GSLW18": "1806.01838",
    "Gid18": "1709.06648",
    "HHL09": "0811.3171",
    "HKYPYMBR24": "2409.04643",
    "Hig02": None,
    "Hoe63": None,
    "JAXAKJ22": "2103.14653",
    "KL08": "0811.2356",
    "KR11": "1009.3640",
    "LKS18": "1812.00954",
    "RHGPR25": "2510.07195",
    "Raz03": "quant-ph/0204025",
    "Raz99": None,
    "SNWPB25": "2507.15537",
    "SSM21": "2008.08605",
    "Saa03": None,
    "Slu69": None,
    "Tan19": "1807.04271",
    "YLC14": "1409.3305",
    "ZNL21": "2107.09200",
}
"""Key of every paper or book that a claim cites -> number on arXiv, if it has one."""


ABOUT: Mapping[str, str] = {
    "communication": "GMSM24",
    "contrastive": "JAXAKJ22",
    "ntk": "ZNL21",
}
"""Folder whose claims are all about one paper, though many are derived here -> its key."""

BLOQS = "bloqs."
"""How names of modules begin that hold our bloqs."""


def papers_of(source: str) -> list[tuple[str, str]]:
    """(key, place in the paper) of every citation in a source, in order.

    The place reaches to the next semicolon, or to the next citation.
    """
    cited = re.findall(r"\[(\w+)\]\s*([^;\[]*)", source)
    return [(key, place.strip().removesuffix(" and").strip(" ,")) for key, place in cited]


def keys_of(paper: str) -> set[str]:
    """The key of a paper that is named by it, or by its arXiv number, version or not.

    Raises:
        ValueError: if no paper is named so.
    """
    wanted = re.sub(r"v\d+$", "", paper.removeprefix("arXiv:"))
    keys = {key for key, number in ARXIV.items() if wanted in (key, number)}
    if not keys:
        names = [*ARXIV, *(number for number in ARXIV.values() if number)]
        raise ValueError(
            f"no claim cites a paper {quoted(wanted)}; name one of the {len(ARXIV)} by its key in "
            "REFERENCES.md or its arXiv number, such as RHGPR25 or 2510.07195"
            f"{did_you_mean(wanted, names)}"
        )
    return keys


def is_from(source: str, paper: str, name: str = "") -> bool:
    """Whether a claim is about a paper, named by its key or its arXiv number, version or not.

    Args:
        source: of the claim, which cites the paper.
        paper: what it is called.
        name: of the claim, whose folder may be about one paper.

    Raises:
        ValueError: if no paper is named so.
    """
    keys = keys_of(paper)
    about = ABOUT.get(name.split(".")[0])
    return about in keys or any(key in keys for key, _ in papers_of(source))


def rests_on(name: str, source: str, about: Collection[str]) -> bool:
    """Whether an answer rests on a claim.

    It does if it stands in the folder of a module of the answer's circuit, and cites a paper that
    the answer's source cites, is about it, or names a class or a function of such a module.

    Args:
        name: of the claim.
        source: of the claim.
        about: sources of the answer, with citations in brackets, and modules of its bloqs.
    """
    modules = {each for each in about if each.startswith(BLOQS)}
    folder = name.split(".")[0]
    if folder not in {each.split(".")[1] for each in modules}:
        return False
    asked = {key for each in about for key, _ in papers_of(each)}
    cited = {key for key, _ in papers_of(source)} | {ABOUT.get(folder)}
    return bool(asked & cited) or bool(modules & _named_in(f"proofs.{name}"))


def _named_in(module: str) -> set[str]:
    """The modules whose classes and functions a module of claims names, and those it names."""
    found: set[str] = set()
    for value in vars(import_module(module)).values():
        name = value.__name__ if isinstance(value, ModuleType) else None
        if isinstance(value, type) or callable(value):
            name = getattr(value, "__module__", None)
        if isinstance(name, str) and name.startswith(BLOQS):
            found.add(name)
    return found
