"""Which figures a confidential review may publish, so that none of them ties an answer to fewer than k people.

The participants stand in one grouping tree, frozen when the review opens. At its close the tree is cut once, into
disjoint groups of at least k respondents each; what is published are figures of these groups and of unions of them on
the tree, and never of anything else. Every choice here depends on who answered, never on what (trust.md §3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from domain.kernel import Refusal, RefusalKind

SMALLEST_K, USUAL_K = 3, 5
"""The floor of the minimum group size, and what it is unless the opening says otherwise."""
FOR_COMMENTS = 10
"""How many have to answer before comments are shown."""
REPORTED_EVERY = timedelta(days=1)
"""How much time lies at least between two reports of how many answered."""

Path = tuple[str, ...]
"""The way to a node of the tree, from the top down: ids of units, ranks, names of groups. The root's is empty."""
Part = tuple[Path, ...]
"""What a figure is of: one node of the tree, or several siblings that were pooled, in their order."""

ROOT: Part = ((),)
"""All participants."""
DIRECT = ""
"""The last step to those who sit in a node that has others below it, and in none of these."""


class Grouping(StrEnum):
    """What a grouping tree is made of: the units of the chart, ranks, or groups of stakeholders."""

    UNITS = "units"
    RANKS = "ranks"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A smallest group of participants, at the end of its path."""

    path: Path
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms participants confide, frozen at the opening: the minimum group size, and the grouping tree.

    `by` names what the tree is made of, the outermost first. Every participant stands in one of the leaves.
    """

    k: int = USUAL_K
    by: tuple[Grouping, ...] = (Grouping.UNITS,)
    leaves: tuple[Leaf, ...]


@dataclass(eq=False)
class GroupSizeTooSmall(Refusal):
    """A minimum group size that protects nobody."""

    minimum_group_size: int
    kind = RefusalKind.INVALID
    where = "minimum_group_size"
    rule = f"a minimum group size of {{minimum_group_size}} is too small: at least {SMALLEST_K} people stand together"
    way_out = f"leave it out for {USUAL_K}, or name {SMALLEST_K} or more"


@dataclass(eq=False)
class TooFewParticipants(Refusal):
    """So few are asked that their answers could not be kept from being told apart."""

    participants: int
    needed: int
    k: int
    where = "mode"
    rule = (
        "{participants} participants are too few for a confidential review: "
        "with groups of at least {k} it takes {needed}"
    )
    way_out = "ask more people, or hold an attributed review, which tells everyone so before they answer"


@dataclass(eq=False)
class TooFewAnswered(Refusal):
    """So few answered that nothing is published, for any group or the whole."""

    k: int
    where = "review"
    rule = "fewer than {k} answered, so nothing of this review is published, and its answers are destroyed"
    way_out = "hold another review; what was confided in this one stays untold"


@dataclass(eq=False)
class ClassTooSmall(Refusal):
    """What was about to be published would have told fewer than k people apart from all others."""

    k: int
    where = "results"
    rule = "together these figures would single out fewer than {k} people, so none of them is published"
    way_out = "publish nothing of this review; whoever runs this installation should report this as a fault of Avow"


def needed_participants(k: int) -> int:
    """How many have to be asked at least, so that a review can be confidential: 1.6 k, rounded up."""
    return -(-8 * k // 5)


def can_be_confidential(participants: int, k: int = USUAL_K) -> bool:
    """Whether so many participants can be asked confidentially."""
    return participants >= needed_participants(k)


def planted(paths: Mapping[UUID, Path]) -> dict[UUID, Path]:
    """The leaf that each participant stands in: who sits directly in a node with others below it has one of its own."""
    inner = {path[:depth] for path in paths.values() for depth in range(len(path))}
    return {person: (*path, DIRECT) if path in inner else path for person, path in paths.items()}


def grown(paths: Mapping[UUID, Path]) -> tuple[Leaf, ...]:
    """The leaves of the tree in which the participants stand at the ends of these paths, in the order of the paths."""
    people = defaultdict[Path, list[UUID]](list)
    for person, path in planted(paths).items():
        people[path].append(person)
    return tuple(Leaf(path=path, people=tuple(sorted(people[path]))) for path in sorted(people))


def covers(part: Part, path: Path) -> bool:
    """Whether a leaf belongs to a part of the tree."""
    return any(path[: len(node)] == node for node in part)


def people_of(leaves: Iterable[Leaf], part: Part) -> frozenset[UUID]:
    """The participants in a part of the tree."""
    return frozenset(person for leaf in leaves if covers(part, leaf.path) for person in leaf.people)


def merge(leaves: Collection[Leaf], respondents: Collection[UUID], k: int) -> tuple[Part, ...]:
    """The reporting groups: disjoint, of all respondents, none with fewer than k; there is none where fewer answered.

    From the leaves up, siblings with fewer than k respondents are pooled. While the pool is under k it absorbs the
    smallest sibling (of two, the one that comes first), whole: what was absorbed is not divided any more. Where
    nothing is left beside the pool, the parent is one group.
    """
    answered = set(respondents)
    counts, below = Counter[Path](), defaultdict[Path, set[Path]](set)
    for leaf in leaves:
        for depth in range(len(leaf.path) + 1):
            counts[leaf.path[:depth]] += len(answered.intersection(leaf.people))
            if depth:
                below[leaf.path[: depth - 1]].add(leaf.path[:depth])

    def divided(node: Path) -> Iterator[Part]:
        if counts[node] < k:
            return
        pool = [child for child in below[node] if counts[child] < k]
        rest = sorted(below[node].difference(pool), key=lambda child: (counts[child], child))
        pooled = sum(counts[child] for child in pool)
        while pool and rest and pooled < k:
            pooled += counts[rest[0]]
            pool.append(rest.pop(0))
        if not rest:
            yield (node,)
            return
        if pool:
            yield tuple(sorted(pool))
        for child in sorted(rest):
            yield from divided(child)

    return tuple(divided(()))


def with_unions(groups: Collection[Part]) -> tuple[Part, ...]:
    """All that figures are published of: these groups, each node above two or more of them, and the whole.

    Of nodes above the very same groups only the uppermost is named.
    """
    above = Counter(group[0][:depth] for group in groups for depth in range(len(group[0])))
    unions = [node for node, beneath in above.items() if node == () or 1 < beneath < above[node[:-1]]]
    return (*groups, *((node,) for node in sorted(unions, reverse=True)))


def refuse_thin(published: Iterable[Collection[UUID]], k: int) -> None:
    """Refuse to publish figures that, taken together, tell fewer than k people apart. Raises ClassTooSmall.

    Given are the people whose answers each published figure uses. Who is in exactly the same of them cannot be told
    apart from each other, and nobody else belongs to their class.
    """
    used_in = defaultdict[UUID, set[int]](set)
    for number, people in enumerate(published):
        for person in people:
            used_in[person].add(number)
    classes = Counter(frozenset(figures) for figures in used_in.values())
    if any(size < k for size in classes.values()):
        raise ClassTooSmall(k)


def participation(answered: int, asked: int) -> int:
    """How many answered, in percent, as it is told before the close: of the whole, and in coarse steps.

    A step is a tenth of those asked, or three people where that is more; what lies between is rounded down.
    """
    if asked >= 30:
        return 10 * (10 * answered // asked)
    return 100 * (answered - answered % 3) // asked
