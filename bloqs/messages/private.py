"""Data that one party has and no other."""

from typing import Any

from attrs import frozen

from bloqs.messages.send import check_name


@frozen
class Private:
    """A value with an owner, in whose blocks alone it may be used.

    Args:
        owner: the party that has it.
        value: a number, an expression, or a tuple of them.

    Raises:
        ValueError: if the owner has no name.
    """

    owner: str
    value: Any

    def __attrs_post_init__(self) -> None:
        check_name("private data", self.owner)
