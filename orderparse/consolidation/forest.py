"""Union-find: things that were joined, however indirectly, have one root."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


class Forest:
    """Disjoint sets of hashable things.

    >>> forest = Forest()
    >>> forest.join("ab"); forest.join("bc"); forest.join("xy")
    >>> forest.root("a") == forest.root("c") != forest.root("x")
    True
    """

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, member: Hashable) -> Hashable:
        """The one member that stands for the set of this one."""
        parent = self._parent.setdefault(member, member)
        while parent != member:
            self._parent[member] = self._parent[parent]
            member, parent = parent, self._parent[parent]
        return member

    def join(self, members: Iterable[Hashable]) -> None:
        """Make one set of these and all that were joined to them."""
        roots = list(dict.fromkeys(self.root(member) for member in members))
        for other in roots[1:]:
            self._parent[other] = roots[0]
