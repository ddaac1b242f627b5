"""What stands on a ballot before it is sealed: JSON, filled up to one size whatever was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import msgspec

from application.box import BallotTooLong
from domain.questionnaire import Answer, Answers
from domain.sealed import Private

SLIP_BYTES = 7_680
"""The size of every ballot in clear. Sealed and with its row's head it fits into one page of PostgreSQL's, which keeps
long values elsewhere and in an order that tells."""
ANSWER_BYTES = 6_144
"""What of it is there for the answers."""
REQUESTS = 8
"""How many requests with a key a ballot remembers; the oldest is forgotten first."""
REMINDERS = 8
LENGTH_BYTES = 4


class Written(msgspec.Struct, frozen=True, omit_defaults=True, rename={"score": "s", "unknown": "u", "skip": "k"}):
    """One answer as it is written down."""

    score: int | None = None
    unknown: bool = False
    skip: bool = False
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that the ballot took: what its key and the whole of it hash to under the box's key."""

    key: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A ballot in clear. `answers` is None until the person has answered; of several, the last counts and is kept.

    `under` is what the token or sign-in that they were given under hashes to under the box's key.
    """

    person: UUID
    answers: Mapping[str, Written] | None = None
    under: bytes | None = None
    requests: tuple[Request, ...] = ()
    reminders: tuple[date, ...] = ()

    def answering(self, answers: Answers, request: Request | None, under: bytes | None) -> Slip:
        """The slip with these answers instead of earlier ones. Raises BallotTooLong."""
        written = {question: _written(answer) for question, answer in answers.items()}
        size = len(msgspec.json.encode(written))
        if size > ANSWER_BYTES:
            raise BallotTooLong(size, ANSWER_BYTES)
        requests = (*self.requests, request)[-REQUESTS:] if request is not None else self.requests
        return replace(self, answers=written, requests=requests, under=under)

    def reminded(self, on: date) -> Slip:
        """The slip with one more reminder, where nothing was answered yet."""
        if self.answers is not None or on in self.reminders:
            return self
        return replace(self, reminders=(*self.reminders, on)[-REMINDERS:])

    def answers_for(self, subject: UUID) -> Answers | None:
        """The answers, with the comments as the own words of `subject`."""
        if self.answers is None:
            return None
        return {question: _read(answer, subject) for question, answer in self.answers.items()}


def write_slip(slip: Slip) -> bytes:
    """The slip in `SLIP_BYTES` bytes."""
    text = msgspec.json.encode(slip)
    filled = len(text).to_bytes(LENGTH_BYTES) + text.ljust(SLIP_BYTES - LENGTH_BYTES, b"\0")
    if len(filled) != SLIP_BYTES:
        raise ValueError("a ballot has outgrown its size")
    return filled


def read_slip(filled: bytes) -> Slip:
    """The slip that was written."""
    length = int.from_bytes(filled[:LENGTH_BYTES])
    return msgspec.json.decode(filled[LENGTH_BYTES : LENGTH_BYTES + length], type=Slip)


def _written(answer: Answer) -> Written:
    comment = answer.comment.text if answer.comment is not None else None
    return Written(score=answer.score, unknown=answer.unknown, skip=answer.skip, comment=comment)


def _read(answer: Written, subject: UUID) -> Answer:
    comment = Private(subject, answer.comment) if answer.comment is not None else None
    return Answer(score=answer.score, unknown=answer.unknown, skip=answer.skip, comment=comment)
