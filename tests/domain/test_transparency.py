"""The tree of a history: roots, proofs and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.transparency import (
    EMPTY,
    Frontier,
    Leaf,
    Node,
    consistency_path,
    consistent,
    hash_leaf,
    hash_node,
    includes,
    inclusion_path,
    range_hash,
    root_of,
    whole_subtrees,
)

PUBLISHED_LEAVES = [
    bytes.fromhex(each)
    for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
PUBLISHED_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The test tree of the Certificate Transparency project, at each of its sizes."""

LEAF = Leaf(
    organisation=UUID(int=1),
    position=7,
    recorded_at=datetime(2026, 4, 1, 12, 0, 0, 5, tzinfo=UTC),
    stream=UUID(int=2),
    version=3,
    topic="unit.formed",
    stored=b"{}",
)

SIZES = st.integers(1, 700)


def leaves(count: int) -> list[bytes]:
    return [hash_leaf(str(number).encode()) for number in range(count)]


def plain_root(hashes: list[bytes]) -> bytes:
    """RFC 6962's own recursive definition."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hash_node(plain_root(hashes[:half]), plain_root(hashes[half:]))


def proof(ranges: list[tuple[int, int]], hashes: list[bytes]) -> list[bytes]:
    return [plain_root(hashes[start:end]) for start, end in ranges]


def test_published_roots() -> None:
    hashes = [hash_leaf(each) for each in PUBLISHED_LEAVES]
    assert [root_of(hashes[:size]).hex() for size in range(1, 9)] == PUBLISHED_ROOTS
    assert root_of([]) == EMPTY == sha256(b"").digest()


@given(SIZES, st.data())
def test_a_tree_grown_in_steps_is_the_defined_one(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    cut = data.draw(st.integers(0, size))
    before, kept = Frontier().extended(hashes[:cut])
    after, more = before.extended(hashes[cut:])
    assert before.root == plain_root(hashes[:cut])
    assert after.root == plain_root(hashes)
    assert (after.size, len(after.hashes)) == (size, size.bit_count())
    for node, hash in {**kept, **more}.items():
        assert node.level == 8
        assert hash == plain_root(hashes[node.index << 8 : node.index + 1 << 8])
    assert {node.index for node in {**kept, **more}} == set(range(size >> 8))


@given(SIZES, st.data())
def test_whole_subtrees_cover_a_range_once(end: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, end))
    covered = [
        number
        for node in whole_subtrees(start, end)
        for number in range(node.index << node.level, node.index + 1 << node.level)
    ]
    assert covered == list(range(start, end))


@given(SIZES, st.data())
def test_the_hash_of_a_proof_s_range_is_made_of_whole_subtrees(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)

    def node(each: Node) -> bytes:
        return plain_root(hashes[each.index << each.level : each.index + 1 << each.level])

    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    for start, end in [*inclusion_path(index, size), *consistency_path(old, size)]:
        assert range_hash(start, end, node) == plain_root(hashes[start:end])


@given(SIZES, st.data())
def test_every_leaf_is_proven_and_no_other(size: int, data: st.DataObject) -> None:
    hashes, index = leaves(size), data.draw(st.integers(0, size - 1))
    root, path = plain_root(hashes), proof(inclusion_path(index, size), hashes)
    assert includes(root, size, index, hashes[index], path)
    assert not includes(root, size, index, hash_leaf(b"another"), path)
    assert not includes(hash_leaf(b"another"), size, index, hashes[index], path)
    assert not includes(root, size, index, hashes[index], [*path, EMPTY])
    if path:
        assert not includes(root, size, index, hashes[index], path[:-1])
        assert not includes(root, size, index, hashes[index], [EMPTY, *path[1:]])
    for other in {0, size - 1, index + 1, size, -1} - {index}:
        assert not includes(root, size, other, hashes[index], path)


@given(SIZES, st.data())
def test_growth_is_proven_and_nothing_else(new: int, data: st.DataObject) -> None:
    old, hashes = data.draw(st.integers(1, new)), leaves(new)
    was, now = plain_root(hashes[:old]), plain_root(hashes)
    path = proof(consistency_path(old, new), hashes)
    assert consistent(old, was, new, now, path)
    other = plain_root([hash_leaf(b"another"), *hashes[1:]])
    assert not consistent(old, was, new, other, path)
    assert not consistent(old, plain_root([hash_leaf(b"another"), *hashes[1:old]]), new, now, path)
    assert not consistent(old, was, new, now, [*path, EMPTY])
    if path:
        assert not consistent(old, was, new, now, path[:-1])
        assert not consistent(old, was, new, now, [*path[:-1], EMPTY])
    assert not consistent(new + 1, was, new, now, path)


def test_nothing_grows_into_anything() -> None:
    assert consistent(0, EMPTY, 3, root_of(leaves(3)), [])
    assert not consistent(0, hash_leaf(b""), 3, root_of(leaves(3)), [])
    assert not consistent(0, EMPTY, 3, root_of(leaves(3)), [EMPTY])
    assert not consistent(-1, EMPTY, 3, root_of(leaves(3)), [])
    assert consistency_path(0, 5) == consistency_path(5, 5) == []


def test_what_a_tree_does_not_have_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_path(3, 3)
    with pytest.raises(ValueError, match="cannot begin with one of 4"):
        consistency_path(4, 3)


def test_a_leaf_is_written_as_documented() -> None:
    assert LEAF.data == (
        bytes(15) + b"\x01" + bytes(7) + b"\x07" + bytes.fromhex("00064e64d2c3b005") + bytes(15) + b"\x02"
        + bytes(3) + b"\x03" + bytes(3) + b"\x0b" + b"unit.formed" + b"{}"
    )  # fmt: skip
    assert LEAF.hash == sha256(b"\x00" + LEAF.data).digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"organisation": UUID(int=9)},
        {"position": 8},
        {"recorded_at": LEAF.recorded_at + timedelta(microseconds=1)},
        {"stream": UUID(int=9)},
        {"version": 4},
        {"topic": "unit.forme", "stored": b"d{}"},
        {"stored": b"{ }"},
    ],
)
def test_every_part_of_an_event_is_covered(changed: dict[str, object]) -> None:
    assert replace(LEAF, **changed).hash != LEAF.hash  # type: ignore[arg-type]
