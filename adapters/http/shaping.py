"""The state of shaping over HTTP: who took part, what was proposed, what became of it, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, concerned_by, scope_of, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.proposal import ProposalAnswer, concerned, shaped
from adapters.http.refusals import NotOnRecordThen
from application import labels
from domain.proposal import PROPOSAL, Proposal, Taken
from domain.shaping import SHAPING, Shaped, Share, published_since
from domain.shaping import shaped as shaped_in


@dataclass(frozen=True, slots=True, kw_only=True)
class TookPartAnswer:
    """How many of the people of a group took part in shaping, and how many are committed to the strategy.

    `committed` is None on a scale that gives no party level.
    """

    people: int
    took_part: int
    percent: float | None
    committed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankShareAnswer:
    """The share of one rank; None: of those who hold none."""

    rank: str | None
    share: TookPartAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitShareAnswer:
    """The share of those who count in one unit itself."""

    unit: UUID
    name: str | None
    share: TookPartAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAnswer:
    """What became of the proposals made in a scope. Those entered for somebody count among all of them, and apart."""

    made: int
    taken_up: int
    partly: int
    not_taken_up: int
    unanswered: int
    withdrawn: int
    on_behalf: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingAnswer:
    """A proposal without an answer, and for how many days it has waited.

    `published_over` is the revision that was published first since it was made, None as long as there is none.
    """

    age_days: int
    published_over: int | None
    proposal: ProposalAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWithoutEffect:
    """A proposal without effect, and why."""

    record: UUID
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapingAnswer:
    """How a strategy was shaped: who took part, by rank and unit, beside who is committed, and what was proposed.

    `open` says whether the draft is open to every member, `last_day` until when. `oldest_days` is the age of the oldest
    proposal without an answer; `published_over` counts those over which a revision was published. `waiting` are those
    that the caller may see, oldest first by id, one page at a time.
    """

    strategy: UUID
    open: bool
    last_day: date | None
    whole: TookPartAnswer
    by_rank: tuple[RankShareAnswer, ...]
    by_unit: tuple[UnitShareAnswer, ...]
    proposals: ProposedAnswer
    oldest_days: int | None
    published_over: int
    waiting: tuple[WaitingAnswer, ...]
    not_applied: tuple[ProposalWithoutEffect, ...]


def shown(inquiry: Inquiry) -> Found:
    """Who took part in shaping a strategy, what was proposed, and what became of it, as of a moment.

    Somebody takes part by a proposal of their own that they did not take back. What waits for an answer shows with its
    age, whatever was published meanwhile.
    """
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    situation = inquiry.services.questions.situation(inquiry.asked, strategy)
    if situation is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    found = shaped_in(situation, inquiry.states(PROPOSAL, strategy=strategy), inquiry.population(scope))
    opening = next(iter(inquiry.states(SHAPING, strategy=strategy).values()), SHAPING.initial)
    ages = {id: _age(inquiry, each) for id, each in found.unanswered.items()}
    rows = list[WaitingAnswer]()

    def told(_: str, entry: tuple[UUID, Proposal]) -> UUID | None:
        id, state = entry
        if not inquiry.sees(concerned(inquiry, state), "proposal"):
            return None
        over = published_since(situation, state)
        revision = over.revision if over is not None else None
        rows.append(WaitingAnswer(age_days=ages[id], published_over=revision, proposal=shaped(id, state)))
        return id

    entries = ((str(id), (id, each)) for id, each in sorted(found.unanswered.items()))
    page = inquiry.page(entries, told, asks_of(strategy, scope))
    is_open = opening.is_open(inquiry.today)
    answer = ShapingAnswer(
        strategy=strategy,
        open=is_open,
        last_day=opening.last_day if is_open else None,
        whole=_share(found.whole),
        by_rank=tuple(RankShareAnswer(rank=rank, share=_share(each)) for rank, each in found.by_rank.items()),
        by_unit=tuple(
            UnitShareAnswer(
                unit=unit, name=situation.organisation.chart.name(unit, situation.valid_at), share=_share(each)
            )
            for unit, each in found.by_unit.items()
        ),
        proposals=_proposed(found),
        oldest_days=max(ages.values(), default=None),
        published_over=len(found.published_over),
        waiting=tuple(rows[: inquiry.page_size]),
        not_applied=tuple(
            ProposalWithoutEffect(record=each.record, at=each.at, reason=each.reason) for each in found.unapplied
        ),
    )
    mentions = msgspec.to_builtins([answer.strategy, answer.by_unit, [each.proposal.person for each in answer.waiting]])
    present = labels.now(inquiry.services.questions, inquiry.asked, mentions)
    return Found(answer=answer, asks=page.asks, next=page.next, present=present)


def _age(inquiry: Inquiry, proposal: Proposal) -> int:
    made_at = (proposal.made_at or inquiry.asked.valid_at).astimezone(UTC)
    return (inquiry.today - made_at.astimezone(ZoneInfo(inquiry.settings.zone)).date()).days


def _share(share: Share) -> TookPartAnswer:
    people, took_part = len(share.people), len(share.took_part)
    return TookPartAnswer(
        people=people,
        took_part=took_part,
        percent=round(100 * took_part / people, 1) if people else None,
        committed=len(share.committed) if share.committed is not None else None,
    )


def _proposed(found: Shaped) -> ProposedAnswer:
    standing = [each for each in found.proposals.values() if each.withdrawn_at is None]
    return ProposedAnswer(
        made=len(found.proposals),
        taken_up=sum(each.taken is Taken.TAKEN_UP for each in standing),
        partly=sum(each.taken is Taken.PARTLY for each in standing),
        not_taken_up=sum(each.taken is Taken.NOT_TAKEN_UP for each in standing),
        unanswered=len(found.unanswered),
        withdrawn=len(found.proposals) - len(standing),
        on_behalf=sum(each.on_behalf for each in found.proposals.values()),
    )


SHAPING_STATE = Ask(
    path="alignment/shaping",
    view="alignment",
    find=shown,
    title="Show who took part in shaping.",
    answers=ShapingAnswer,
    arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
    pages=True,
)
