"""What a confidential review may publish: groups of at least k, whoever answered, and whatever they answered."""

from __future__ import annotations

from itertools import chain, product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidentiality import (
    DIRECT,
    ROOT,
    ClassTooSmall,
    Leaf,
    Path,
    can_be_confidential,
    covers,
    grown,
    merge,
    needed_participants,
    participation,
    people_of,
    refuse_thin,
    with_unions,
)
from tests.support.confiding import ORGANISATION, answering

paths = st.lists(st.sampled_from("abc"), max_size=4).map(tuple)


@st.composite
def forests(draw: st.DrawFn) -> tuple[tuple[Leaf, ...], frozenset[UUID]]:
    """A tree with people anywhere in it, and who of them answered."""
    placed = draw(st.lists(paths, min_size=1, max_size=60))
    people = {UUID(int=number): path for number, path in enumerate(placed, 1)}
    return grown(people), draw(st.frozensets(st.sampled_from(sorted(people))))


class TestTheTree:
    def test_who_sits_directly_in_a_parent_forms_a_leaf_of_it(self) -> None:
        ann, bob, cleo = (UUID(int=number) for number in range(3))
        leaves = grown({ann: ("sales",), bob: ("sales", "field"), cleo: ()})
        assert [(leaf.path, leaf.people) for leaf in leaves] == [
            ((DIRECT,), (cleo,)),
            (("sales", DIRECT), (ann,)),
            (("sales", "field"), (bob,)),
        ]

    @given(forests())
    def test_everybody_stands_in_one_leaf_and_no_leaf_lies_below_another(
        self, found: tuple[tuple[Leaf, ...], frozenset[UUID]]
    ) -> None:
        leaves, _ = found
        everybody = list(chain.from_iterable(leaf.people for leaf in leaves))
        assert len(set(everybody)) == len(everybody)
        assert not any(one != other and covers((one.path,), other.path) for one, other in product(leaves, repeat=2))


class TestMerging:
    @given(forests(), st.integers(3, 7))
    def test_no_group_is_under_k_and_everybody_is_in_exactly_one(
        self, found: tuple[tuple[Leaf, ...], frozenset[UUID]], k: int
    ) -> None:
        leaves, answered = found
        groups = [people_of(leaves, group) & answered for group in merge(leaves, answered, k)]
        if len(answered) < k:
            assert groups == []
        else:
            assert all(len(group) >= k for group in groups)
            assert frozenset().union(*groups) == answered
            assert sum(map(len, groups)) == len(answered)

    @given(forests(), st.integers(3, 7))
    def test_no_class_of_what_is_published_is_under_k(
        self, found: tuple[tuple[Leaf, ...], frozenset[UUID]], k: int
    ) -> None:
        leaves, answered = found
        parts = with_unions(merge(leaves, answered, k))
        refuse_thin([people_of(leaves, part) & answered for part in parts], k)
        assert len(set(parts)) == len(parts)
        assert not parts or ROOT in parts

    @given(forests(), st.integers(3, 7))
    def test_groups_and_unions_are_nodes_or_pooled_siblings(
        self, found: tuple[tuple[Leaf, ...], frozenset[UUID]], k: int
    ) -> None:
        leaves, answered = found
        for part in with_unions(merge(leaves, answered, k)):
            assert list(part) == sorted(part)
            assert len({node[:-1] for node in part}) == 1

    @given(forests(), st.integers(3, 7))
    def test_the_order_in_which_leaves_are_told_decides_nothing(
        self, found: tuple[tuple[Leaf, ...], frozenset[UUID]], k: int
    ) -> None:
        leaves, answered = found
        assert merge(leaves[::-1], sorted(answered), k) == merge(leaves, answered, k)

    def test_siblings_under_k_are_pooled(self) -> None:
        leaves, answered = answering({("a",): 3, ("b",): 2, ("c",): 6})
        assert merge(leaves, answered, 5) == ((("a",), ("b",)), (("c",),))

    def test_a_pool_under_k_absorbs_the_smallest_sibling_and_of_two_the_first(self) -> None:
        leaves, answered = answering({("a",): 7, ("b",): 6, ("c",): 6, ("d",): 1})
        assert merge(leaves, answered, 5) == ((("b",), ("d",)), (("a",),), (("c",),))

    def test_what_was_absorbed_is_not_divided_any_more(self) -> None:
        leaves, answered = answering({("a", "x"): 5, ("a", "y"): 5, ("b", "x"): 6, ("b", "y"): 6, ("c",): 1})
        assert merge(leaves, answered, 5) == ((("a",), ("c",)), (("b", "x"),), (("b", "y"),))

    def test_where_nothing_is_left_beside_the_pool_the_parent_is_one_group(self) -> None:
        leaves, answered = answering({("a", "x"): 4, ("a", "y"): 4, ("b",): 9})
        assert merge(leaves, answered, 5) == ((("a",),), (("b",),))

    def test_a_parent_under_k_is_pooled_with_its_siblings(self) -> None:
        leaves, answered = answering({("a", "x"): 2, ("a", "y"): 2, ("b",): 9, ("c",): 8})
        assert merge(leaves, answered, 5) == ((("a",), ("c",)), (("b",),))

    def test_a_group_in_which_nobody_answered_does_not_show_as_such(self) -> None:
        leaves, answered = answering({("a",): 6, ("b",): 0, ("c",): 9})
        assert merge(leaves, answered, 5) == ((("a",), ("b",)), (("c",),))

    def test_under_k_altogether_there_is_no_group(self) -> None:
        leaves, answered = answering({("a",): 2, ("b",): 2})
        assert merge(leaves, answered, 5) == ()

    def test_those_of_s1(self) -> None:
        leaves, answered = answering(ORGANISATION)
        executive: Path = ("executive",)
        assert merge(leaves, answered, 5) == (
            (("commercial", "marketing"), ("commercial", "service")),
            (("commercial", "field_sales"),),
            (executive,),
            (("operations",),),
        )
        assert with_unions(merge(leaves, answered, 5))[4:] == ((("commercial",),), ROOT)

    def test_of_nodes_above_the_same_groups_the_uppermost_is_named(self) -> None:
        leaves, answered = answering({("acme", "a"): 6, ("acme", "b"): 6})
        assert with_unions(merge(leaves, answered, 5)) == ((("acme", "a"),), (("acme", "b"),), ROOT)


class TestTheCheckBeforePublishing:
    def test_a_class_is_who_is_in_exactly_the_same_figures(self) -> None:
        all_of_them = [UUID(int=number) for number in range(12)]
        refuse_thin([all_of_them, all_of_them[:6]], 5)
        with pytest.raises(ClassTooSmall):
            refuse_thin([all_of_them, all_of_them[:8]], 5)

    def test_figures_that_overlap_can_single_out_a_class_though_each_is_large(self) -> None:
        people = [UUID(int=number) for number in range(13)]
        with pytest.raises(ClassTooSmall):
            refuse_thin([people[:7], people[6:]], 5)

    def test_nothing_published_singles_out_nobody(self) -> None:
        refuse_thin([], 5)


@pytest.mark.parametrize(("k", "needed"), [(3, 5), (4, 7), (5, 8), (6, 10), (10, 16)])
def test_it_takes_sixteen_tenths_of_k_participants(k: int, needed: int) -> None:
    assert needed_participants(k) == needed
    assert (can_be_confidential(needed, k), can_be_confidential(needed - 1, k)) == (True, False)


class TestParticipation:
    @pytest.mark.parametrize(
        ("answered", "asked", "told"),
        [(20, 42, 40), (21, 42, 50), (0, 42, 0), (42, 42, 100), (5, 12, 25), (6, 12, 50), (8, 8, 75), (29, 30, 90)],
    )
    def test_it_is_told_in_steps_of_a_tenth_or_of_three_people(self, answered: int, asked: int, told: int) -> None:
        assert participation(answered, asked) == told

    @given(st.integers(3, 400))
    def test_a_step_hides_at_least_three_people_and_never_falls(self, asked: int) -> None:
        told = [participation(answered, asked) for answered in range(asked + 1)]
        assert told == sorted(told)
        assert all(told.count(step) >= 3 for step in set(told) - {told[-1]})
        assert told[0] == 0
