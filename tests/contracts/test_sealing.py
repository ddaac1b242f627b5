"""Both key stores: a text opens where it was sealed, under its subject's key, and nowhere and never else."""

from __future__ import annotations

import hashlib
import stat
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from adapters.crypto.keys import DataKey, Kept, KeyEncryptionKey, KeyStore, Wrapped, WrongKeyEncryptionKey
from adapters.crypto.vault import KeyErased, KeyVault
from adapters.memory.keys import MemoryKeyStore
from adapters.postgres.keys import PostgresKeyStore
from domain.sealed import Private, TextKind

WRAPPING = KeyEncryptionKey(b"w" * 32)


class Counted(KeyStore):
    """A key store that counts how often it is asked."""

    def __init__(self, kept: KeyStore) -> None:
        self.kept, self.asked = kept, 0

    def look_up(self, organisation: UUID, subjects: Collection[UUID]) -> Kept:
        self.asked += 1
        return self.kept.look_up(organisation, subjects)

    def add_wrapping(self, organisation: UUID, mark: bytes, wrapped: bytes) -> bool:
        self.asked += 1
        return self.kept.add_wrapping(organisation, mark, wrapped)

    def add_data_keys(
        self, organisation: UUID, mark: bytes, offered: Mapping[DataKey, bytes]
    ) -> Mapping[DataKey, bytes | None]:
        self.asked += 1
        return self.kept.add_data_keys(organisation, mark, offered)

    def erase(self, organisation: UUID, subject: UUID, kinds: Collection[TextKind]) -> None:
        self.kept.erase(organisation, subject, kinds)

    def erased(self, organisation: UUID) -> dict[UUID, frozenset[TextKind]]:
        return self.kept.erased(organisation)

    def secret(self, organisation: UUID, mark: bytes, offered: bytes) -> bytes | None:
        self.asked += 1
        return self.kept.secret(organisation, mark, offered)

    def organisations(self) -> list[UUID]:
        return self.kept.organisations()

    def in_force(self, mark: bytes) -> None:
        self.kept.in_force(mark)

    def rewrap(self, organisation: UUID, change: Callable[[Wrapped], Wrapped | None]) -> bool:
        return self.kept.rewrap(organisation, change)

    def destroy(self, organisation: UUID) -> None:
        self.kept.destroy(organisation)


@pytest.fixture(params=["memory", "postgres"])
def keys(request: pytest.FixtureRequest) -> Iterator[KeyStore]:
    if request.param == "memory":
        yield MemoryKeyStore()
    else:
        with PostgresKeyStore.of(request.getfixturevalue("postgres_dsn")) as store:
            yield store


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


def words(text: str = "I stand by it — „ja“ 🙂", subject: UUID | None = None, place: str = "s/c/0/t/reason") -> Private:
    return Private(subject or uuid4(), text=text, place=place)


def test_what_was_sealed_opens_at_its_place(keys: KeyStore, organisation: UUID) -> None:
    vault = KeyVault(keys, WRAPPING)
    texts = [words(), words(""), words("x" * 10_000)]
    sealed = vault.seal(organisation, texts)
    assert [text.text for text in sealed] == [None, None, None]
    assert vault.open(organisation, sealed) == [text.text for text in texts]
    assert KeyVault(keys, WRAPPING).open(organisation, sealed) == [text.text for text in texts]


def test_the_commitment_is_that_of_salt_and_text_and_never_the_same_twice(keys: KeyStore, organisation: UUID) -> None:
    vault, text = KeyVault(keys, WRAPPING), words("the same")
    first, second = vault.seal(organisation, [text, text])
    assert len(bytes.fromhex(first.commitment)) == hashlib.sha256().digest_size
    assert first.commitment != second.commitment
    assert first.ciphertext != second.ciphertext
    assert first.commitment != hashlib.sha256(b"the same").hexdigest()


@pytest.mark.parametrize("elsewhere", ["s/c/1/t/reason", "s/c/0/t/terms.result", ""])
def test_a_text_moved_from_its_place_does_not_open(keys: KeyStore, organisation: UUID, elsewhere: str) -> None:
    vault = KeyVault(keys, WRAPPING)
    (sealed,) = vault.seal(organisation, [words()])
    with pytest.raises(ValueError, match="another place"):
        vault.open(organisation, [replace(sealed, place=elsewhere)])


def test_every_changed_byte_is_noticed(keys: KeyStore, organisation: UUID) -> None:
    vault = KeyVault(keys, WRAPPING)
    (sealed,) = vault.seal(organisation, [words("short")])
    raw = b64decode(sealed.ciphertext)
    for number in range(len(raw)):
        changed = raw[:number] + bytes([raw[number] ^ 1]) + raw[number + 1 :]
        with pytest.raises(ValueError, match="was changed"):
            vault.open(organisation, [replace(sealed, ciphertext=b64encode(changed).decode())])
    with pytest.raises(ValueError, match="commitment"):
        vault.open(organisation, [replace(sealed, commitment="00" * 32)])
    with pytest.raises(ValueError, match="was changed"):
        vault.open(organisation, [replace(sealed, ciphertext="no base64!")])


def test_another_organisation_opens_nothing(keys: KeyStore, organisation: UUID) -> None:
    vault, other, subject = KeyVault(keys, WRAPPING), uuid4(), uuid4()
    (sealed,) = vault.seal(organisation, [words(subject=subject)])
    assert vault.open(other, [sealed]) == [None]
    vault.seal(other, [words(subject=subject)])
    with pytest.raises(ValueError, match="another place"):
        vault.open(other, [sealed])


def test_an_erased_key_opens_nothing_and_seals_nothing_anew(keys: KeyStore, organisation: UUID) -> None:
    vault, gone, stays = KeyVault(keys, WRAPPING), uuid4(), uuid4()
    sealed = vault.seal(organisation, [words("gone", gone), words("stays", stays)])
    vault.erase(organisation, gone)
    assert vault.open(organisation, sealed) == [None, "stays"]
    with pytest.raises(KeyErased):
        vault.seal(organisation, [words("again", gone)])
    assert KeyVault(keys, WRAPPING).open(organisation, sealed) == [None, "stays"]


def test_no_other_process_opens_anything_after_an_erasure(keys: KeyStore, organisation: UUID) -> None:
    vault, other = KeyVault(keys, WRAPPING), KeyVault(keys, WRAPPING)
    gone, stays = uuid4(), uuid4()
    sealed = vault.seal(organisation, [words("gone", gone), words("stays", stays)])
    assert other.open(organisation, sealed) == ["gone", "stays"]
    vault.erase(organisation, gone)
    assert other.open(organisation, sealed) == [None, "stays"]
    with pytest.raises(KeyErased):
        other.seal(organisation, [words("again", gone)])


def test_one_kind_of_text_is_erased_and_the_other_stays(keys: KeyStore, organisation: UUID) -> None:
    vault, subject = KeyVault(keys, WRAPPING), uuid4()
    name, own, line = (
        words(text, subject, place)
        for text, place in (
            ("Ann", "s/c/0/person.joined/name"),
            ("hers", "s/c/0/person.joined/reason"),
            ("row 7", "s/c/0/rank.held/actor.imported.id"),
        )
    )
    sealed = vault.seal(organisation, [name, own, line])
    assert [each.kind for each in sealed] == [TextKind.IDENTITY, TextKind.WORDS, TextKind.IDENTITY]
    vault.erase(organisation, subject, [TextKind.IDENTITY])
    assert vault.erased(organisation) == {subject: {TextKind.IDENTITY}}
    assert vault.open(organisation, sealed) == [None, "hers", None]
    assert vault.open(organisation, vault.seal(organisation, [words("more", subject)])) == ["more"]
    vault.erase(organisation, subject, [TextKind.WORDS])
    assert vault.erased(organisation) == {subject: set(TextKind)}
    assert vault.open(organisation, sealed) == [None, None, None]


def test_many_texts_cost_one_look_up_and_so_do_the_next_ones(keys: KeyStore, organisation: UUID) -> None:
    counted = Counted(keys)
    vault, reader = KeyVault(counted, WRAPPING), KeyVault(counted, WRAPPING)
    vault.seal(organisation, [words("makes the organisation's key")])
    counted.asked = 0
    sealed = vault.seal(organisation, [words(f"text {number}") for number in range(100)])
    assert counted.asked == 2  # a look, and the new keys
    for opener in (vault, reader, reader):
        counted.asked = 0
        opener.open(organisation, sealed)
        assert counted.asked == 1
    vault.digest(organisation, "key")
    counted.asked = 0
    for _ in range(3):
        vault.digest(organisation, "key")
    assert counted.asked == 0


def test_racing_sealers_agree_on_one_key(keys: KeyStore, organisation: UUID) -> None:
    subjects = [uuid4() for _ in range(5)]

    def seal(number: int) -> list[Private]:
        ordered = subjects[number % 5 :] + subjects[: number % 5]
        return KeyVault(keys, WRAPPING).seal(organisation, [words("raced", subject) for subject in ordered])

    with ThreadPoolExecutor(8) as racers:
        for sealed in racers.map(seal, range(16)):
            assert KeyVault(keys, WRAPPING).open(organisation, sealed) == ["raced"] * 5


def test_digests_tell_equal_texts_within_one_organisation_only(keys: KeyStore, organisation: UUID) -> None:
    vault = KeyVault(keys, WRAPPING)
    assert vault.digest(organisation, "a") == KeyVault(keys, WRAPPING).digest(organisation, "a")
    assert vault.digest(organisation, "a") != vault.digest(organisation, "b")
    assert vault.digest(organisation, "a") != vault.digest(uuid4(), "a")


def test_keys_wrapped_under_another_key_say_so(keys: KeyStore, organisation: UUID) -> None:
    (sealed,) = KeyVault(keys, WRAPPING).seal(organisation, [words()])
    with pytest.raises(WrongKeyEncryptionKey, match="AVOW_KEY_ENCRYPTION_KEY_FILE"):
        KeyVault(keys, KeyEncryptionKey(b"v" * 32)).open(organisation, [sealed])
    wrapped = keys.look_up(organisation, [sealed.subject]).keys[sealed.subject, TextKind.WORDS]
    assert wrapped is not None
    keys.add_data_keys(organisation, wrapped[:8], {(UUID(int=7), TextKind.WORDS): wrapped})
    with pytest.raises(WrongKeyEncryptionKey, match="somebody else"):
        KeyVault(keys, WRAPPING).open(organisation, [replace(sealed, subject=UUID(int=7))])


def test_a_text_without_words_or_place_is_not_sealed(keys: KeyStore, organisation: UUID) -> None:
    vault = KeyVault(keys, WRAPPING)
    for nothing in (Private(uuid4(), place="s/c/0/t/f"), Private(uuid4(), text="words")):
        with pytest.raises(ValueError, match="no words or no place"):
            vault.seal(organisation, [nothing])


def test_the_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "key-encryption-key"
    with ThreadPoolExecutor(8) as racers:
        made = list(racers.map(lambda _: KeyEncryptionKey.read_or_make(path), range(8)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    wrapped = made[0].wrap(b"k" * 32, "owner")
    assert {each.unwrap(wrapped, "owner") for each in made} == {b"k" * 32}
    path.write_text("too short")
    with pytest.raises(ValueError, match="holds no key-encryption key"):
        KeyEncryptionKey.read(path)
