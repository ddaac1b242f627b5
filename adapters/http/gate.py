"""The gate before publication over HTTP: the organisation's bar, and where a draft and each revision stand at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import STRATEGY_ARGUMENT, asks_of, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.refusals import NotOnRecordThen
from domain.bar import BarSince, bar_at
from domain.gate import Check, Gate, Verdict, at_publication, at_the_draft
from domain.organisation import ORGANISATION
from domain.review import REVIEW
from domain.scope import Scope
from domain.strategy import STRATEGY


@dataclass(frozen=True, slots=True, kw_only=True)
class GateStanding:
    """Where one draft or revision stands: by which of its `checks`, on a draft of which hash.

    `exception` is the one that lets it pass although its verdict does not; `open` says that it may be published.
    """

    revision: int | None
    content_hash: str
    published_at: datetime | None
    verdict: Verdict
    open: bool
    check: UUID | None
    exception: str | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """The gate of a strategy as of a moment: the bar, where its draft stands, and how each revision stood.

    The draft is None where it says what the newest revision says.
    """

    strategy: UUID
    bar: BarSince | None
    draft: GateStanding | None
    revisions: tuple[GateStanding, ...]


def _standing(gate: Gate, revision: int | None = None, published_at: datetime | None = None) -> GateStanding:
    return GateStanding(
        revision=revision,
        content_hash=gate.content_hash,
        published_at=published_at,
        verdict=gate.verdict,
        open=gate.is_open,
        check=gate.check,
        exception=gate.exception,
        checks=gate.checks,
    )


def gate(inquiry: Inquiry) -> Found:
    """Whether a strategy is clear, believable and implementable enough: its draft, and each revision when published.

    For each clarity check and group of stakeholders, question by question: how many gave the bar's score or more of
    those who rated. The bar is the one of the day on which the check was opened. A draft below it, one that was changed
    after its check, or one without a check where that is demanded, takes an exception to be published.
    """
    id, scope = strategy_of(inquiry), Scope()
    inquiry.check(concerned_by(inquiry, id, scope))
    strategy = inquiry.states(STRATEGY, streams=[id]).get(id)
    if strategy is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    at, bars = inquiry.asked.valid_at, inquiry.settings.bars
    reviews = inquiry.states(REVIEW, strategy=id)
    draft = at_the_draft(strategy, reviews, bars, at)
    newest = strategy.publications[-1] if strategy.publications else None
    answer = GateAnswer(
        strategy=id,
        bar=bar_at(bars, at),
        draft=_standing(draft) if newest is None or newest.content_hash != draft.content_hash else None,
        revisions=tuple(
            _standing(at_publication(strategy, each.revision, reviews, bars), each.revision, each.published_at)
            for each in strategy.publications
        ),
    )
    return Found(answer=answer, asks=asks_of(id, scope))


def bar(inquiry: Inquiry) -> Found:
    """The organisation's bars as of the moment, oldest first; where there is none, a check is judged by its own.

    Without times it is the present resource, whose ETag goes into If-Match.
    """
    inquiry.check()
    state, version = inquiry.own(ORGANISATION, inquiry.organisation)
    return Found(answer=state.bars, version=version)


GATE = Noun(
    name="gate",
    description="Whether a strategy is clear, believable and implementable enough to be published.",
    acts=(Act(path="bar", topic="bar.set", leads_to="bar", changes=True),),
    asks=(
        Ask(path="bar", view="organisation", find=bar, title="Show the bar for enough.", answers=list[BarSince]),
        Ask(
            path="alignment/gate",
            view="alignment",
            find=gate,
            title="Show the gate before publication.",
            answers=GateAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
