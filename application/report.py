"""Commands about reports: an answer that was told to somebody, kept so that it can be asked and proven again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.ports import Told
from domain.kernel import Refusal, RefusalKind
from domain.report import REPORT, Report, ReportPublished, ReportWithdrawn
from domain.scope import Scope

T = TypeVar("T")


@dataclass(eq=False)
class AvowTellsIt(Refusal):
    """What Avow itself works out when a report is published, stated by whoever publishes it."""

    field: str
    kind = RefusalKind.INVALID
    rule = "{field} is what Avow works out when a report is published; only an import states it"
    way_out = "leave it out; name the moment with valid_at and known_at"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # each stands in a field of its own


@dataclass(eq=False)
class ReportIncomplete(Refusal):
    """A report that was published elsewhere, without what was told."""

    field: str
    kind = RefusalKind.INVALID
    rule = "a report that was published elsewhere says what was told: {field} is missing"
    way_out = "state valid_at, known_at, position, rules, digest and checkpoint, as they were told"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # each stands in a field of its own


@command("report.published")
class PublishReport(Command):
    """Report the alignment state of a strategy, of all or of a unit or a rank, to somebody, and keep what was told.

    As of `valid_at`, as it was known at `known_at`; unstated, both are now. Avow asks that question and keeps its
    position and rules, the digest of the answer, and a checkpoint over all that was known. Of a report that was
    published elsewhere an import states these.
    """

    title: str
    strategy: str
    report: str | None = None
    audience: str | None = None
    unit: str | None = None
    rank: str | None = None
    valid_at: datetime | None = None
    known_at: datetime | None = None
    position: int | None = None
    rules: int | None = None
    digest: str | None = None
    checkpoint: str | None = None


@command("report.withdrawn")
class WithdrawReport(Command):
    """Stand by a report no more, with the reason. It stays on the record, marked."""

    report: str


@handles(PublishReport)
def publish(asked: PublishReport, desk: Desk) -> AnyDraft:
    """A report, with what was told."""
    stream, strategy = desk.new("report", asked.report), desk.find("strategy", asked.strategy)
    unit = desk.find("unit", asked.unit) if asked.unit is not None else None
    if desk.reporter is None or desk.actor.imported is not None:
        told = _stated(asked)
    else:
        for field in ("position", "rules", "digest", "checkpoint"):
            if getattr(asked, field) is not None:
                raise AvowTellsIt(field)
        scope = Scope(unit=unit, rank=asked.rank)
        told = desk.reporter.tell(desk.organisation, strategy, scope, asked.valid_at or desk.at, asked.known_at)
    content = ReportPublished(
        key=desk.sealed_key("report", asked.report, desk.organisation),
        title=asked.title,
        audience=desk.own_words(asked.audience),
        strategy=strategy,
        unit=unit,
        rank=asked.rank,
        valid_at=told.valid_at,
        known_at=told.known_at,
        position=told.position,
        rules=told.rules,
        digest=told.digest,
        checkpoint=told.checkpoint,
    )
    return Draft[Report](aggregate=REPORT, stream=stream, content=content)


@handles(WithdrawReport)
def withdraw(asked: WithdrawReport, desk: Desk) -> AnyDraft:
    """A report that is not stood by any more."""
    desk.be_reasoned(asked.TOPIC)
    return Draft[Report](aggregate=REPORT, stream=desk.find("report", asked.report), content=ReportWithdrawn())


def _stated(asked: PublishReport) -> Told:
    """What was told where the report was published. Raises ReportIncomplete."""
    return Told(
        valid_at=_there(asked.valid_at, "valid_at"),
        known_at=_there(asked.known_at, "known_at"),
        position=_there(asked.position, "position"),
        rules=_there(asked.rules, "rules"),
        digest=_there(asked.digest, "digest"),
        checkpoint=_there(asked.checkpoint, "checkpoint"),
    )


def _there(value: T | None, field: str) -> T:
    if value is None:
        raise ReportIncomplete(field)
    return value
