"""Review cycles over HTTP: opened, answered, closed, published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.ballot import ballot, confide
from adapters.http.noun import Noun
from adapters.http.person import concerned
from application.confided_answers import published_of
from application.permissions import About, NotPermitted
from domain.charter import Charter
from domain.confided_results import Results
from domain.confidentiality import Grouping
from domain.notice import Told, told
from domain.questionnaire import Questionnaire
from domain.response import RESPONSE, Given, Response
from domain.review import REVIEW, BoxEnd, Edition, Finding, Review, ReviewKind, ReviewStanding
from domain.review_rules import AnswersAreConfided
from domain.sealed import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterAnswer:
    """On which terms somebody runs the review, or did until `until`. `overdue`: no results by the promised day."""

    facilitator: UUID
    method: str
    ownership: Private
    responds_by: date
    sponsor: UUID | None
    since: datetime
    until: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer:
    """A review as of a moment. Who takes part is named to those who may see who still owes an answer.

    `told` is what those who are asked are to read before the first question. Of a confidential review `participation`
    is how many answered, in percent and in coarse steps, as it was reported last; `results` is what was published of
    it, once, unless `results_withdrawn`.
    """

    id: UUID
    standing: ReviewStanding
    kind: ReviewKind | None
    title: str
    strategy: UUID | None
    revision: int | None
    content_hash: str | None
    mode: str
    told: tuple[Told, ...]
    questionnaire: Questionnaire | None
    opened_at: datetime | None
    closes: datetime | None
    ended_at: datetime | None
    participant_count: int
    participants: tuple[UUID, ...] | None
    readers: tuple[UUID, ...]
    charters: tuple[CharterAnswer, ...]
    editions: tuple[Edition, ...]
    findings: tuple[Finding, ...]
    reported_back: date | None
    minimum_group_size: int | None
    grouping: tuple[Grouping, ...]
    participation: int | None
    box_ended: BoxEnd | None
    results: Results | None
    results_withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseAnswer:
    """What one participant answers, oldest first; the last one counts."""

    id: UUID
    person: UUID | None
    given: tuple[Given, ...]


def _concerned(inquiry: Inquiry, id: UUID, state: Review) -> Callable[[], About]:
    asked = inquiry.session.caller.person in (*state.participants, *state.readers)
    return lambda: About(shared=asked, published=False, review=id)


def _charter(inquiry: Inquiry, charter: Charter) -> CharterAnswer:
    today = inquiry.desk.day(inquiry.asked.valid_at)
    return CharterAnswer(
        facilitator=charter.facilitator,
        method=charter.method,
        ownership=charter.ownership,
        responds_by=charter.responds_by,
        sponsor=charter.sponsor,
        since=charter.since,
        until=charter.until,
        overdue=charter.until is None and charter.responds_by < today,
    )


def _shaped(inquiry: Inquiry, id: UUID, state: Review) -> ReviewAnswer:
    named = inquiry.sees(lambda: About(published=False, review=id), "participation")
    editions = tuple(
        replace(each, confided=None, results=each.results if each.withdrawn_at is None else ())
        for each in state.editions
    )
    results = published_of(inquiry.services.ledger, inquiry.organisation, id, state)
    return ReviewAnswer(
        id=id,
        standing=state.standing,
        kind=state.kind,
        title=state.title,
        strategy=state.strategy,
        revision=state.revision,
        content_hash=state.content_hash,
        mode=state.mode.value,
        told=told(state),
        questionnaire=state.questionnaire,
        opened_at=state.opened_at,
        closes=state.closes,
        ended_at=state.ended_at,
        participant_count=len(state.participants),
        participants=state.participants if named else None,
        readers=state.readers,
        charters=tuple(_charter(inquiry, each) for each in state.charters),
        editions=editions,
        findings=state.findings,
        reported_back=state.reported_back,
        minimum_group_size=state.terms.k if state.terms else None,
        grouping=state.terms.by if state.terms else (),
        participation=state.reports[-1].percent if state.reports else None,
        box_ended=state.box,
        results=results,
        results_withdrawn=state.terms is not None and bool(state.editions) and results is None,
    )


def listed(inquiry: Inquiry) -> Found:
    """Reviews that the caller may see: those one was asked in or runs, all of them for who governs."""
    strategy = inquiry.named("strategy")

    def shape(_: str, entry: tuple[UUID, Review]) -> ReviewAnswer | None:
        id, state = entry
        return _shaped(inquiry, id, state) if inquiry.sees(_concerned(inquiry, id, state)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(REVIEW, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy})


def shown(inquiry: Inquiry) -> Found:
    """One review. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("review")
    state, version = inquiry.own(REVIEW, id)
    if not inquiry.sees(_concerned(inquiry, id, state)):
        raise NotPermitted("review", inquiry.session.caller.name)
    return Found(answer=_shaped(inquiry, id, state), asks={"review": id}, version=version)


def answers(inquiry: Inquiry) -> Found:
    """Attributed answers: all of them to the readers frozen at the opening and to auditors, one's own to each."""
    id = inquiry.find("review")
    review, _ = inquiry.own(REVIEW, id)
    if review.terms is not None:
        raise AnswersAreConfided  # before a trace is left: who comes here may be about to answer
    reads = inquiry.session.caller.person in review.readers
    responses = inquiry.states(RESPONSE, strategy=None)

    def shape(_: str, entry: tuple[UUID, Response]) -> ResponseAnswer | None:
        stream, state = entry
        if state.review != id or state.person is None:
            return None
        if not reads and not inquiry.sees(concerned(inquiry, state.person)):
            return None
        return ResponseAnswer(id=stream, person=state.person, given=state.given)

    return inquiry.page(((str(each), (each, state)) for each, state in responses.items()), shape, {"review": id})


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"reviews/<path:review>/{sub_resource}", topic=topic, leads_to="reviews/{id}", changes=True)


REVIEWS = Noun(
    name="reviews",
    description="Bounded periods in which participants answer a questionnaire about a draft or a revision.",
    acts=(
        Act(path="reviews", topic="review.opened", leads_to="reviews/{id}"),
        Act(
            path="reviews/<path:review>/answers",
            topic="review.answered",
            leads_to="reviews/{review}/answers",
            title="Answer as a participant; until the close, all answers may be restated.",
            apart=confide,
        ),
        _on("extensions", "review.extended"),
        _on("closings", "review.closed"),
        _on("cancellations", "review.cancelled"),
        _on("publications", "review.published"),
        _on("withdrawals", "review.withdrawn"),
        _on("findings", "review.found"),
        _on("charters", "review.chartered"),
        _on("discharges", "review.discharged"),
    ),
    asks=(
        Ask(
            path="reviews",
            view="review",
            find=listed,
            title="List reviews.",
            answers=list[ReviewAnswer],
            pages=True,
            arguments=(Argument(name="strategy", meaning="Only those about this strategy, by key or id."),),
        ),
        Ask(path="reviews/<path:review>", view="review", find=shown, title="Show a review.", answers=ReviewAnswer),
        Ask(path="reviews/<path:review>/ballot", view="ballot", find=ballot, title="Show my ballot.", times=False),
        Ask(
            path="reviews/<path:review>/answers",
            view="answers",
            find=answers,
            title="List attributed answers.",
            answers=list[ResponseAnswer],
            pages=True,
        ),
    ),
)
