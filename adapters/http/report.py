"""Reports over HTTP: answers that were told to somebody, kept with what proves them, and asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from adapters.http.acts import PREFIX, Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.instants import written
from application.reporting import Again
from domain.kernel import Refusal, RefusalKind
from domain.report import REPORT, Report
from domain.sealed import Private


@dataclass(eq=False)
class ToldElsewhere(Refusal):
    """The answer to a report that was published in another history is not here."""

    kind = RefusalKind.UNKNOWN
    where = "report"
    rule = "this report was told where its history came from; its answer cannot be asked here"
    way_out = "compare its digest with the answer that was kept there"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedQuestion:
    """What was asked: of which strategy and scope, as of which moment."""

    strategy: UUID | None
    unit: UUID | None
    rank: str | None
    valid_at: datetime | None
    known_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCheckpoint:
    """The signed tree that holds all that was known: `note` is what `avow verify --checkpoint` takes."""

    origin: str
    size: int
    root: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """A report as it was published. `digest` is the SHA-256 of the answer, which …/reports/{report}/answer gives.

    One `told_elsewhere` came with an import: position and checkpoint are those of the history where it was published.
    """

    id: UUID
    title: str
    audience: Private | None
    published_at: datetime | None
    published_by: UUID | None
    withdrawn_at: datetime | None
    question: ReportedQuestion
    position: int
    rules: int
    digest: str
    checkpoint: ReportedCheckpoint | None
    told_elsewhere: bool


SAYS = {
    Again.SAME: "the same question gives the same answer, byte for byte",
    Again.SAME_UNDER_OTHER_RULES: "the definitions changed since; the same question gives the same answer all the same",
    Again.OTHER_RULES: "the definitions changed since, and with them the answer: see the CHANGELOG on `rules`",
    Again.DIFFERS: "the same question gives another answer under the same rules, which must not be: let the history be "
    "verified against the checkpoint",
    Again.TOLD_ELSEWHERE: "it was published in another history, and cannot be asked again here",
}


def shaped(id: UUID, state: Report) -> ReportAnswer:
    """A report's state as it is answered."""
    tree = state.tree
    return ReportAnswer(
        id=id,
        title=state.title,
        audience=state.audience,
        published_at=state.published_at,
        published_by=state.published_by,
        withdrawn_at=state.withdrawn_at,
        question=ReportedQuestion(
            strategy=state.strategy, unit=state.unit, rank=state.rank, valid_at=state.valid_at, known_at=state.known_at
        ),
        position=state.position,
        rules=state.rules,
        digest=state.digest,
        checkpoint=ReportedCheckpoint(origin=tree.origin, size=tree.size, root=tree.root, note=state.checkpoint)
        if tree is not None
        else None,
        told_elsewhere=state.told_elsewhere,
    )


def listed(inquiry: Inquiry) -> Found:
    """Reports as they were published, withdrawn ones too: of a strategy, or all."""
    inquiry.check()
    strategy = inquiry.named("strategy")

    def shape(_: str, entry: tuple[UUID, Report]) -> ReportAnswer | None:
        id, state = entry
        return shaped(id, state) if strategy in (None, state.strategy) else None

    entries = ((str(id), (id, state)) for id, state in sorted(inquiry.states(REPORT).items()))
    return inquiry.page(entries, shape, {"strategy": strategy})


def shown(inquiry: Inquiry) -> Found:
    """One report: the question, its position, checkpoint and rules, and the digest of what was told.

    What asking it again gives today is in `present`: `again` says whether the answer is the same to the byte, and under
    which rules; `restated` which figures stand otherwise for the same instant as it is known now, and where to ask why.
    """
    id, state, version = _report(inquiry)
    again = inquiry.services.reports.again(inquiry.organisation, state)
    present = {
        "again": {
            "outcome": again.outcome,
            "same": again.outcome in (Again.SAME, Again.SAME_UNDER_OTHER_RULES),
            "says": SAYS[again.outcome],
            "rules": again.rules,
            "digest": again.digest,
        },
        "restated": {
            "since": bool(again.restated),
            "figures": again.restated,
            "explanation": _explanation(inquiry, state) if again.restated else None,
        },
    }
    return Found(answer=shaped(id, state), present=present, asks={"report": id}, version=version)


def told(inquiry: Inquiry) -> Found:
    """The answer to a report's question as it is given today: where it is the same, the very bytes of its digest.

    It is the `answer` of the alignment state, names sorted and without white space, and without the published results
    of reviews, which can be withdrawn.
    """
    id, state, _ = _report(inquiry)
    inquiry.check(view="alignment")
    answer = inquiry.services.reports.answer(inquiry.organisation, state)
    if answer is None:
        raise ToldElsewhere
    return Found(answer=answer.decode(), asks={"report": id}, plain=True)


def _report(inquiry: Inquiry) -> tuple[UUID, Report, int | None]:
    inquiry.check()
    id = inquiry.find("report")
    return id, *inquiry.own(REPORT, id)


def _explanation(inquiry: Inquiry, state: Report) -> str:
    asked: dict[str, Any] = {
        "strategy": state.strategy,
        "unit": state.unit,
        "rank": state.rank,
        "valid_at": written(state.valid_at) if state.valid_at else None,
        "from_known_at": state.position,
    }
    said = {name: str(each) for name, each in asked.items() if each is not None}
    root = PREFIX.format(organisation=inquiry.organisation)
    return f"{root}alignment/explanation?{urlencode(said)}"


REPORTS = Noun(
    name="reports",
    description="What was reported to whom: the question, and what proves the answer.",
    acts=(
        Act(path="reports", topic="report.published", leads_to="reports/{id}"),
        Act(path="reports/<path:report>/withdrawals", topic="report.withdrawn", leads_to="reports/{id}", changes=True),
    ),
    asks=(
        Ask(
            path="reports",
            view="report",
            find=listed,
            title="List reports.",
            answers=list[ReportAnswer],
            pages=True,
            arguments=(Argument(name="strategy", meaning="Only those about this strategy, by key or id."),),
        ),
        Ask(
            path="reports/<path:report>/answer",
            view="report",
            find=told,
            title="Give a reported answer again.",
            plain=True,
        ),
        Ask(path="reports/<path:report>", view="report", find=shown, title="Show a report.", answers=ReportAnswer),
    ),
)
