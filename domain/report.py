"""A report: which question was answered to somebody, as of which position, under which rules, and what proves it.

Kept are the question and the digest of its answer, and no figure: whoever asks the question again sees whether it is
still answered so, and the checkpoint shows that the history behind it was not touched since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.scope import Scope
from domain.sealed import Private
from domain.temporal import Aggregate, Fact

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@event("report.published")
class ReportPublished(Content):
    """The alignment state of a strategy in a scope was reported, as of `valid_at`, as it was known at `position`.

    `rules` are the definitions behind the answer, `digest` is the SHA-256 of it, in hexadecimal, and `checkpoint` a
    signed note over a tree that holds all that was known. `title` is organisational text; `audience` says to whom it
    was reported, in own words.
    """

    key: Private | None = None
    title: str
    audience: Private | None = None
    strategy: UUID
    unit: UUID | None = None
    rank: str | None = None
    valid_at: datetime
    known_at: datetime
    position: int
    rules: int
    digest: str
    checkpoint: str


@event("report.withdrawn")
class ReportWithdrawn(Content):
    """The report is not stood by any more; why stands in the envelope."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What a checkpoint says: whose history it is, how many events it holds, and their root, in base64."""

    origin: str
    size: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The state of a report; `published_at` is None before it was published.

    One that an import tells of was `told_elsewhere`: its position and its checkpoint are those of another history.
    """

    published_at: datetime | None = None
    published_by: UUID | None = None
    withdrawn_at: datetime | None = None
    title: str = ""
    audience: Private | None = None
    strategy: UUID | None = None
    unit: UUID | None = None
    rank: str | None = None
    valid_at: datetime | None = None
    known_at: datetime | None = None
    position: int = 0
    rules: int = 0
    digest: str = ""
    checkpoint: str = ""
    told_elsewhere: bool = False

    @property
    def scope(self) -> Scope:
        """The scope that it is about."""
        return Scope(unit=self.unit, rank=self.rank)

    @property
    def tree(self) -> Tree | None:
        """What its checkpoint says; None before it was published."""
        return tree_of(self.checkpoint)


@dataclass(eq=False)
class ReportAlreadyPublished(Refusal):
    """A report is published once."""

    title: str
    where = "report"
    rule = "this report was published already, as {title}"
    way_out = "publish another one; withdraw this one if it is not to stand"


@dataclass(eq=False)
class ReportNotPublished(Refusal):
    """A report withdrawn before there was one."""

    where = "at"
    rule = "the report had not been published at that instant"
    way_out = "date this after its publication"


@dataclass(eq=False)
class ReportAlreadyWithdrawn(Refusal):
    """A report is withdrawn once."""

    where = "report"
    rule = "this report was withdrawn already"
    way_out = "nothing is left to be done; to stand by it again, retract the withdrawal"


@dataclass(eq=False)
class ReportOfTheFuture(Refusal):
    """A report of an instant that was still to come."""

    valid_at: datetime
    at: datetime
    kind = RefusalKind.INVALID
    where = "valid_at"
    rule = "what is so at {valid_at:%Y-%m-%dT%H:%M:%SZ} cannot be reported at {at:%Y-%m-%dT%H:%M:%SZ}, before it is"
    way_out = "name an earlier instant, or none for now; a date means the end of its day"


@dataclass(eq=False)
class ReportNotProven(Refusal):
    """A digest or a checkpoint that proves nothing about the report."""

    field: str
    wanted: str
    kind = RefusalKind.INVALID
    rule = "{field} has to be {wanted}"
    way_out = "state it as it was told when the report was published"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # each stands in a field of its own


@dataclass(eq=False)
class ReportIsForGood(Refusal):
    """A correction of what was published: it was told so to somebody."""

    where = "replaces"
    rule = "what a report said when it was published is neither replaced nor retracted: it was told so"
    way_out = "withdraw the report, with the reason, and publish another one"


def tree_of(note: str) -> Tree | None:
    """What a checkpoint's note says; None for what is none."""
    origin, _, rest = note.partition("\n")
    size, _, rest = rest.partition("\n")
    root, ended, _ = rest.partition("\n\n")
    if not (origin and root and ended and size.isascii() and size.isdigit() and len(size) < 16):
        return None
    return Tree(origin, int(size), root)


def guard(state: Report, fact: Fact) -> None:
    """Refuse a second publication, one that is not proven, and a withdrawal of nothing."""
    match fact.content:
        case ReportPublished() as content:
            if state.published_at is not None:
                raise ReportAlreadyPublished(state.title)
            _refuse_publication(content, fact.effective_at)
        case ReportWithdrawn():
            if state.published_at is None:
                raise ReportNotPublished
            if state.withdrawn_at is not None:
                raise ReportAlreadyWithdrawn
        case _:
            pass


def _refuse_publication(content: ReportPublished, at: datetime) -> None:
    if content.valid_at > at:
        raise ReportOfTheFuture(content.valid_at, at)
    if not DIGEST.fullmatch(content.digest):
        raise ReportNotProven("digest", "a SHA-256 in 64 small hexadecimal digits")
    tree = tree_of(content.checkpoint)
    if tree is None:
        raise ReportNotProven("checkpoint", "a signed note: an origin, a size and a root, each on a line of its own")
    if not 0 < content.position <= tree.size:
        raise ReportNotProven("position", f"one of the {tree.size} that the checkpoint covers")


def evolve(state: Report, fact: Fact) -> Report:
    """The report once this fact is in its place."""
    match fact.content:
        case ReportPublished() as content:
            return Report(
                published_at=fact.effective_at,
                published_by=fact.actor.person,
                title=content.title,
                audience=content.audience,
                strategy=content.strategy,
                unit=content.unit,
                rank=content.rank,
                valid_at=content.valid_at,
                known_at=content.known_at,
                position=content.position,
                rules=content.rules,
                digest=content.digest,
                checkpoint=content.checkpoint,
                told_elsewhere=fact.actor.imported is not None,
            )
        case ReportWithdrawn():
            return replace(state, withdrawn_at=fact.effective_at)
        case _:
            return state


REPORT: Aggregate[Report] = Aggregate("report", Report(), (ReportPublished, ReportWithdrawn), guard, evolve)
