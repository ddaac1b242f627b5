"""What an evidence pack is: a zip archive of texts, as docs/evidence.md describes it. Read and written here alone."""

from __future__ import annotations

import json
import zipfile
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.transparency import Leaf

FORMAT = "avow-evidence/1"
COMPLETE, EXTRACT = "complete", "extract"
PACK, CHECKPOINT, EVENTS, GROWTH, DISCLOSED = (
    "pack.json",
    "checkpoint.txt",
    "events.jsonl",
    "growth.jsonl",
    "disclosed.jsonl",
)
_AT = (1980, 1, 1, 0, 0, 0)
"""The date of every member: a pack of the same things has the same bytes."""

Json = dict[str, Any]


class PackUnreadable(Exception):  # noqa: N818 — what is the matter, in words
    """A file is no evidence pack, or is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event: what its leaf covers, the leaf hash that the maker had of it, and in an extract its proof."""

    leaf: Leaf
    said: bytes
    proof: tuple[bytes, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Proof that the pack's tree begins with that of an earlier checkpoint."""

    size: int
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """Salt and text of one sealed field of an event, by the commitment that stands there."""

    position: int
    commitment: str
    salt: bytes
    text: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A pack: its kind, what was asked for, and what the maker's own answer was."""

    kind: str
    organisation: UUID
    checkpoint: str
    items: tuple[Item, ...]
    made_at: str = ""
    selection: Mapping[str, Any] = field(default_factory=dict[str, Any])
    question: Mapping[str, Any] | None = None
    claimed: Mapping[str, list[str]] | None = None
    growth: tuple[Growth, ...] = ()
    disclosed: tuple[Disclosed, ...] = ()


def write_pack(path: Path, pack: Pack) -> None:
    """Write a pack. Raises FileExistsError: an earlier one is never replaced."""
    about = {
        "format": FORMAT,
        "kind": pack.kind,
        "organisation": str(pack.organisation),
        "made_at": pack.made_at,
        "selection": dict(pack.selection),
        "question": None if pack.question is None else dict(pack.question),
        "claimed": None if pack.claimed is None else dict(pack.claimed),
    }
    with path.open("xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, PACK, [json.dumps(about, indent=2, ensure_ascii=False) + "\n"])
        _put(archive, CHECKPOINT, [pack.checkpoint])
        _put(archive, EVENTS, (_line(_item(each)) for each in pack.items))
        _put(archive, GROWTH, (_line({"size": each.size, "proof": _encoded(each.proof)}) for each in pack.growth))
        _put(archive, DISCLOSED, (_line(_disclosed(each)) for each in pack.disclosed))


def read_pack(path: Path) -> Pack:
    """A pack as it is written; nothing of it is verified. Raises PackUnreadable, FileNotFoundError."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(PACK))
            if about.get("format") != FORMAT or about.get("kind") not in (COMPLETE, EXTRACT):
                raise PackUnreadable(
                    f"{path} is of the format {about.get('format')!r}, which this program does not know"
                )
            organisation = UUID(about["organisation"])
            return Pack(
                kind=about["kind"],
                organisation=organisation,
                checkpoint=archive.read(CHECKPOINT).decode(),
                items=tuple(_read_item(organisation, each) for each in _lines(archive, EVENTS)),
                made_at=about["made_at"],
                selection=about["selection"],
                question=about["question"],
                claimed=about["claimed"],
                growth=tuple(
                    Growth(size=each["size"], proof=_decoded(each["proof"])) for each in _lines(archive, GROWTH)
                ),
                disclosed=tuple(
                    Disclosed(
                        position=each["position"],
                        commitment=each["commitment"],
                        salt=b64decode(each["salt"], validate=True),
                        text=each["text"],
                    )
                    for each in _lines(archive, DISCLOSED)
                ),
            )
    except (zipfile.BadZipFile, KeyError, TypeError, AttributeError, ValueError, Base64Error, EOFError) as error:
        raise PackUnreadable(f"{path} is no evidence pack, or is damaged: {error}") from error


def _put(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> None:
    member = zipfile.ZipInfo(name, _AT)
    member.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(member, "w", force_zip64=True) as file:
        for line in lines:
            file.write(line.encode())


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[Json]:
    with archive.open(name) as file:
        for line in file:
            yield json.loads(line)


def _line(document: Json) -> str:
    # ASCII, for an event's bytes need not be UTF-8 after they were tampered with.
    return json.dumps(document, separators=(",", ":")) + "\n"


def _item(item: Item) -> Json:
    leaf = item.leaf
    proof = {} if item.proof is None else {"proof": _encoded(item.proof)}
    return {
        "position": leaf.position,
        "recorded_at": leaf.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "stream": str(leaf.stream),
        "version": leaf.version,
        "topic": leaf.topic,
        "event": leaf.stored.decode("utf-8", "surrogateescape"),
        "leaf": b64encode(item.said).decode(),
        **proof,
    }


def _read_item(organisation: UUID, line: Json) -> Item:
    leaf = Leaf(
        organisation=organisation,
        position=line["position"],
        recorded_at=datetime.fromisoformat(line["recorded_at"]),
        stream=UUID(line["stream"]),
        version=line["version"],
        topic=line["topic"],
        stored=line["event"].encode("utf-8", "surrogateescape"),
    )
    proof = _decoded(line["proof"]) if "proof" in line else None
    return Item(leaf=leaf, said=b64decode(line["leaf"], validate=True), proof=proof)


def _disclosed(each: Disclosed) -> Json:
    return {
        "position": each.position,
        "commitment": each.commitment,
        "salt": b64encode(each.salt).decode(),
        "text": each.text,
    }


def _encoded(hashes: Iterable[bytes]) -> list[str]:
    return [b64encode(each).decode() for each in hashes]


def _decoded(hashes: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(b64decode(each, validate=True) for each in hashes)
