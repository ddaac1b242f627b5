"""The transparency log over HTTP: the newest signed checkpoint, proofs, the key, and what somebody outside holds."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from adapters.crypto.proofs import written_proof
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.refusals import FieldsNotValid
from application.transparency import Checkpoint, HistoryAltered, HistoryNotSigned, TransparencyLog
from domain.kernel import Refusal, RefusalKind

POSITION = {"type": "integer", "minimum": 1, "maximum": 10**15}
SIZE = Argument(
    name="size", meaning="Of the checkpoint that it is proven in; the newest unless given.", schema=POSITION
)
PLACE = Argument(name="position", meaning="The event's position.", schema=POSITION, required=True)


@dataclass(eq=False)
class NoCheckpointYet(Refusal):
    """Nothing is signed because nothing is recorded."""

    kind = RefusalKind.UNKNOWN
    rule = "nothing is recorded yet, so there is no checkpoint"
    way_out = "ask again once something is recorded"


def newest(inquiry: Inquiry) -> Found:
    """The newest checkpoint as a signed note (C2SP tlog-checkpoint) with its witnesses' lines, a minute old at most.

    Keep it: whoever holds one can tell whether anything that it covers was changed since.
    """
    inquiry.check()
    return Found(answer=inquiry.services.log.note(_current(inquiry)), plain=True)


def listed(inquiry: Inquiry) -> Found:
    """The checkpoints, the smallest first, each with its note; and how old the newest is that a witness holds."""
    inquiry.check()
    log, current = inquiry.services.log, _current(inquiry)
    after = int(inquiry.cursor.after) if inquiry.cursor else 0
    found = log.store.checkpoints(
        inquiry.organisation, log.signer.key, after=after, until=current.size, limit=inquiry.page_size + 1
    )
    shown = found[: inquiry.page_size]
    given = log.store.cosignatures(inquiry.organisation, log.signer.key, [each.size for each in shown])
    answer = [
        {
            "size": each.size,
            "root": _encoded(each.root),
            "made_at": each.made_at.astimezone(UTC),
            "witnesses": [{"name": one.witness, "signed_at": one.signed_at} for one in given if one.size == each.size],
            "note": each.note + "".join(one.line for one in given if one.size == each.size),
        }
        for each in shown
    ]
    return Found(
        answer=answer,
        present={"held_outside": _held(inquiry, log)},
        asks={"after": after, "page_size": inquiry.page_size},
        next=inquiry.link(str(shown[-1].size)) if len(found) > inquiry.page_size else None,
    )


def included(inquiry: Inquiry) -> Found:
    """Proof that the event at a position is in a checkpoint's tree: hashes from the leaf's sibling up to the root."""
    inquiry.check()
    _current(inquiry)
    position, size = _number(inquiry, "position") or 0, _number(inquiry, "size")
    found = inquiry.services.log.inclusion(inquiry.organisation, position, size)
    answer = {
        "position": found.position,
        "index": found.position - 1,
        "leaf_hash": _encoded(found.leaf),
        "size": found.checkpoint.size,
        "root": _encoded(found.checkpoint.root),
        "proof": [_encoded(each) for each in found.path],
    }
    return Found(answer=answer, asks={"position": position, "size": size})


def proven(inquiry: Inquiry) -> Found:
    """The same as a text (C2SP tlog-proof) that holds the checkpoint too and is verified without asking anybody."""
    inquiry.check()
    _current(inquiry)
    position, size = _number(inquiry, "position") or 0, _number(inquiry, "size")
    log = inquiry.services.log
    found = log.inclusion(inquiry.organisation, position, size)
    return Found(answer=written_proof(found.position - 1, found.path, log.note(found.checkpoint)), plain=True)


def grown(inquiry: Inquiry) -> Found:
    """Proof that a checkpoint's tree begins with an earlier one: nothing up to it was changed, only added."""
    inquiry.check()
    _current(inquiry)
    old, new = _number(inquiry, "from") or 0, _number(inquiry, "to")
    found = inquiry.services.log.consistency(inquiry.organisation, old, new)
    answer = {
        "from": {"size": found.old, "root": _encoded(found.old_root)},
        "to": {"size": found.new, "root": _encoded(found.new_root)},
        "proof": [_encoded(each) for each in found.path],
    }
    return Found(answer=answer, asks={"from": old, "to": new})


def key(inquiry: Inquiry) -> Found:
    """The key that checkpoints are verified with. Compare it with what you were given apart from this server."""
    inquiry.check()
    return Found(answer=inquiry.services.log.signer.public(inquiry.organisation) + "\n", plain=True)


def _current(inquiry: Inquiry) -> Checkpoint:
    try:
        found = inquiry.services.log.current(inquiry.organisation)
    except HistoryAltered as error:
        raise HistoryNotSigned(error.position) from error
    if found is None:
        raise NoCheckpointYet
    return found


def _held(inquiry: Inquiry, log: TransparencyLog) -> dict[str, Any] | None:
    held, head = log.held(inquiry.organisation), log.recorder.head(inquiry.organisation)
    if held is None:
        return None
    return {
        "size": held.size,
        "witness": held.witness,
        "signed_at": held.signed_at,
        "age_seconds": int(log.age(held).total_seconds()),
        "events_since": (head.position if head else 0) - held.size,
    }


def _number(inquiry: Inquiry, name: str) -> int | None:
    text = inquiry.arguments.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text)):
        problem = "this has to be a whole number from 1 on"
        raise FieldsNotValid(name, problem, {name: problem})
    return int(text)


def _encoded(hash: bytes) -> str:
    return b64encode(hash).decode()


LOG = Noun(
    name="log",
    description="The signed history: checkpoints, proofs, and the key to verify them with.",
    asks=(
        Ask(
            path="log/checkpoint", view="log", find=newest, title="Show the newest checkpoint.", times=False, plain=True
        ),
        Ask(
            path="log/checkpoints",
            view="log",
            find=listed,
            title="List checkpoints.",
            answers=list[dict[str, Any]],
            pages=True,
            times=False,
        ),
        Ask(
            path="log/inclusion",
            view="log",
            find=included,
            title="Prove that an event is included.",
            answers=dict[str, Any],
            arguments=(PLACE, SIZE),
            times=False,
        ),
        Ask(
            path="log/proof",
            view="log",
            find=proven,
            title="Prove it for a reader without network.",
            arguments=(PLACE, SIZE),
            times=False,
            plain=True,
        ),
        Ask(
            path="log/consistency",
            view="log",
            find=grown,
            title="Prove that a checkpoint grew out of another.",
            answers=dict[str, Any],
            arguments=(
                Argument(name="from", meaning="The size of the earlier tree.", schema=POSITION, required=True),
                Argument(name="to", meaning="The size of a checkpoint; the newest unless given.", schema=POSITION),
            ),
            times=False,
        ),
        Ask(path="log/key", view="log", find=key, title="Show the log's key.", times=False, plain=True),
    ),
)
