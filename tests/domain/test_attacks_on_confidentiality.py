"""Attacks on what is published: each fails against Avow's rule, and succeeds against one that minds group sizes alone.

The second is the control arm: an attack that did not work there either would prove nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from random import Random
from typing import Protocol
from uuid import UUID

import pytest

from domain.confidentiality import Leaf, Path, grown, merge, participation, people_of, with_unions
from tests.support.confiding import SealedOnce, ThresholdOnly, every_node, smallest_class

K = 5
ANN = UUID(int=1)
OTHERS = [UUID(int=number) for number in range(2, 20)]
SCORES: Mapping[UUID, int] = {ANN: 1, **{person: 3 + person.int % 3 for person in OTHERS}}


class Published(Protocol):
    """Whatever tells figures of people."""

    def ask(self, people: Collection[UUID]) -> int | None:
        """The sum of their scores, or None."""
        ...


def tree(*groups: Collection[UUID]) -> tuple[Leaf, ...]:
    """A tree with one leaf for each group."""
    return grown({person: (str(number),) for number, group in enumerate(groups) for person in group})


def the_tracker(publisher: Published, group: Collection[UUID], target: UUID) -> int | None:
    """Somebody's score: of the group with them, less the group without them."""
    having, without = publisher.ask(group), publisher.ask([person for person in group if person != target])
    return having - without if having is not None and without is not None else None


def the_complement(publisher: Published, whole: Collection[UUID], parts: Collection[Collection[UUID]]) -> int | None:
    """The sum of a part too small to be told: the whole, less all the parts that are told."""
    figures = [publisher.ask(whole), *map(publisher.ask, parts)]
    known = [figure for figure in figures if figure is not None]
    return known[0] - sum(known[1:]) if len(known) == len(figures) else None


def the_time_difference(before: Published, after: Published, people: Collection[UUID], later: UUID) -> int | None:
    """The score of whoever answered in between: what is told after it, less what was told before it."""
    now, then = after.ask(people), before.ask([person for person in people if person != later])
    return now - then if now is not None and then is not None else None


class TestTheTracker:
    def test_it_finds_anns_answer_where_only_group_sizes_matter(self) -> None:
        assert the_tracker(ThresholdOnly(SCORES, K), [ANN, *OTHERS[:6]], ANN) == SCORES[ANN]

    @pytest.mark.parametrize("size", range(1, len(OTHERS) + 1))
    def test_it_finds_nothing_where_nothing_but_the_published_groups_is_told(self, size: int) -> None:
        publisher = SealedOnce(tree([ANN, *OTHERS[:6]], OTHERS[6:]), SCORES, K)
        assert the_tracker(publisher, [ANN, *OTHERS[:size]], ANN) is None

    def test_a_second_cut_of_the_same_answers_would_let_it_find_ann(self) -> None:
        by_unit, by_rank = tree([ANN, *OTHERS[:6]], OTHERS[6:]), tree(OTHERS[:6], [ANN, *OTHERS[6:]])
        cuts = [[people_of(leaves, part) for part in merge(leaves, SCORES, K)] for leaves in (by_unit, by_rank)]
        assert [smallest_class(cut) >= K for cut in cuts] == [True, True]
        assert smallest_class([*cuts[0], *cuts[1]]) == 1


class TestTheComplement:
    SMALL, LARGE, LARGER = [ANN, *OTHERS[:2]], OTHERS[2:8], OTHERS[8:]

    def test_it_finds_a_small_group_where_only_group_sizes_matter(self) -> None:
        publisher = ThresholdOnly(SCORES, K)
        assert publisher.ask(self.SMALL) is None
        found = the_complement(publisher, [ANN, *OTHERS], [self.LARGE, self.LARGER])
        assert found == sum(SCORES[person] for person in self.SMALL)

    def test_it_finds_a_single_person_where_only_group_sizes_matter(self) -> None:
        assert the_complement(ThresholdOnly(SCORES, K), [ANN, *OTHERS], [OTHERS[:8], OTHERS[8:]]) == SCORES[ANN]

    def test_it_finds_nothing_where_the_small_group_was_pooled(self) -> None:
        publisher = SealedOnce(tree(self.SMALL, self.LARGE, self.LARGER), SCORES, K)
        assert the_complement(publisher, [ANN, *OTHERS], [self.LARGE, self.LARGER]) is None
        pooled = the_complement(publisher, [ANN, *OTHERS], [self.LARGER])
        assert pooled == sum(SCORES[person] for person in (*self.SMALL, *self.LARGE))


class TestTheTimeDifference:
    def test_it_finds_every_answer_in_its_turn_where_figures_are_told_as_of_each_instant(self) -> None:
        everybody = [*OTHERS, ANN]
        for count in range(K + 1, len(everybody) + 1):
            so_far = everybody[:count]
            before = ThresholdOnly({person: SCORES[person] for person in so_far[:-1]}, K)
            after = ThresholdOnly({person: SCORES[person] for person in so_far}, K)
            assert the_time_difference(before, after, so_far, so_far[-1]) == SCORES[so_far[-1]]

    def test_it_finds_nothing_where_results_are_told_once(self) -> None:
        # Before the close there is no figure at all, and afterwards always the same one.
        published = SealedOnce(tree([ANN, *OTHERS]), SCORES, K)
        assert the_time_difference(published, published, [ANN, *OTHERS], ANN) is None

    def test_how_many_answered_does_not_tell_when_somebody_did(self) -> None:
        told = [participation(answered, 19) for answered in range(20)]
        assert min(told.count(step) for step in set(told) - {told[-1]}) == 3


def an_organisation(random: Random) -> tuple[tuple[Leaf, ...], frozenset[UUID]]:
    """Two levels of units of one to a dozen people, of whom three in four answer."""
    people: dict[UUID, Path] = {}
    for unit in range(random.randint(2, 5)):
        for team in range(random.randint(1, 5)):
            for _ in range(random.randint(1, 12)):
                people[UUID(int=len(people))] = (str(unit), str(team))
    return grown(people), frozenset(person for person in sorted(people) if random.random() < 0.75)


def test_of_simulated_organisations_the_careless_rule_exposes_most_and_avows_none() -> None:
    random, exposed = Random(20261123), 0
    for _ in range(300):
        leaves, answered = an_organisation(random)
        nodes = [people_of(leaves, node) & answered for node in every_node(leaves)]
        exposed += smallest_class(node for node in nodes if len(node) >= K) < K
        parts = with_unions(merge(leaves, answered, K))
        assert smallest_class(people_of(leaves, part) & answered for part in parts) >= K or len(answered) < K
    assert exposed > 150
