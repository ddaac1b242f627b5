"""Groupings to confide in, and rules that publish carelessly: the control arms of the attacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from domain.confidentiality import Leaf, Part, Path, grown, merge, people_of, with_unions

ORGANISATION: Mapping[Path, int] = {
    ("executive",): 6,
    ("commercial", "field_sales"): 11,
    ("commercial", "marketing"): 3,
    ("commercial", "service"): 6,
    ("operations", "plant"): 6,
    ("operations", "supply"): 2,
}
"""How many answered in the commitment audit of examples.md."""


def answering(respondents: Mapping[Path, int]) -> tuple[tuple[Leaf, ...], frozenset[UUID]]:
    """A tree with one silent participant in each leaf beside those who answered, and who these are."""
    people: dict[UUID, Path] = {}
    answered = set[UUID]()
    for path, count in respondents.items():
        for _ in range(count):
            answered.add(UUID(int=len(people)))
            people[UUID(int=len(people))] = path
        people[UUID(int=len(people))] = path
    return grown(people), frozenset(answered)


class ThresholdOnly:
    """The careless rule: whoever asks about k people or more is told, at any instant, whichever people they are."""

    def __init__(self, scores: Mapping[UUID, int], k: int) -> None:
        self.scores, self.k = scores, k

    def ask(self, people: Collection[UUID]) -> int | None:
        """The sum of their scores (n times the mean); None where they are fewer than k."""
        asked = [self.scores[person] for person in people if person in self.scores]
        return sum(asked) if len(asked) >= self.k else None


class SealedOnce:
    """Avow's rule: what was published is told, and nothing else ever is."""

    def __init__(self, leaves: Collection[Leaf], scores: Mapping[UUID, int], k: int) -> None:
        self.parts = [
            people_of(leaves, part).intersection(scores) for part in with_unions(merge(leaves, scores.keys(), k))
        ]
        self.totals = {part: sum(scores[person] for person in part) for part in self.parts}

    def ask(self, people: Collection[UUID]) -> int | None:
        """The sum of the scores of a published part; None for any other people."""
        return self.totals.get(frozenset(people))


def smallest_class(figures: Iterable[Collection[UUID]]) -> int:
    """How many people the smallest class has that these figures, taken together, tell apart from all others."""
    used = defaultdict[UUID, set[int]](set)
    for number, people in enumerate(figures):
        for person in people:
            used[person].add(number)
    return min(Counter(frozenset(each) for each in used.values()).values(), default=0)


def every_node(leaves: Collection[Leaf]) -> list[Part]:
    """Every node of a tree, which the careless rule publishes when k answered in it."""
    return sorted({(leaf.path[:depth],) for leaf in leaves for depth in range(len(leaf.path) + 1)})
