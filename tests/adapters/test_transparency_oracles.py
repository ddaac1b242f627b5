"""The tree and its proofs beside two independent implementations: pymerkle's and sigstore's."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, InvalidProof, verify_consistency, verify_inclusion  # type: ignore[import-untyped]
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore.errors import VerificationError
from sigstore.models import TransparencyLogEntry

from domain.transparency import Node, hash_leaf, inclusion_path, range_hash, root_of

SIZES = st.integers(1, 300)


def data(count: int) -> list[bytes]:
    return [f"leaf {number}".encode() for number in range(count)]


def hashes(count: int) -> list[bytes]:
    return [hash_leaf(each) for each in data(count)]


def proof(index: int, size: int) -> list[bytes]:
    leaves = hashes(size)

    def node(each: Node) -> bytes:
        return root_of(leaves[each.index << each.level : each.index + 1 << each.level])

    return [range_hash(start, end, node) for start, end in inclusion_path(index, size)]


def entry(index: int, size: int, path: list[bytes], root: bytes) -> TransparencyLogEntry:
    """What sigstore reads of a log's entry to verify it."""
    shown = SimpleNamespace(log_index=index, tree_size=size, hashes=path, root_hash=root)
    inner = SimpleNamespace(inclusion_proof=shown, canonicalized_body=data(size)[index])
    return cast("TransparencyLogEntry", SimpleNamespace(_inner=inner))


@given(SIZES, st.data())
def test_pymerkle_grows_the_same_tree(size: int, drawn: st.DataObject) -> None:
    tree = InmemoryTree.init_from_entries(data(size))
    old, index = drawn.draw(st.integers(1, size)), drawn.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    assert tree.get_root() == root_of(leaves)
    assert tree.get_root(old) == root_of(leaves[:old])
    inclusion = tree.prove_inclusion(index + 1)
    assert inclusion.path == [leaves[index], *proof(index, size)]
    verify_inclusion(leaves[index], root_of(leaves), inclusion, index=index + 1, size=size)
    consistency = tree.prove_consistency(old)
    verify_consistency(root_of(leaves[:old]), root_of(leaves), consistency, prior_size=old, later_size=size)


def test_pymerkle_refuses_another_history() -> None:
    """The control arm."""
    tree, other = InmemoryTree.init_from_entries(data(9)), [hash_leaf(b"another"), *hashes(9)[1:]]
    with pytest.raises(InvalidProof):
        verify_consistency(root_of(other[:4]), root_of(other), tree.prove_consistency(4))


@given(SIZES, st.data())
def test_sigstore_accepts_our_inclusion_proofs(size: int, drawn: st.DataObject) -> None:
    index = drawn.draw(st.integers(0, size - 1))
    verify_merkle_inclusion(entry(index, size, proof(index, size), root_of(hashes(size))))


def test_sigstore_refuses_another_leaf() -> None:
    """The control arm."""
    with pytest.raises(VerificationError):
        verify_merkle_inclusion(entry(3, 9, proof(4, 9), root_of(hashes(9))))
