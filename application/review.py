"""Commands about reviews: opened for frozen participants, answered, closed, published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from application.charter import refuse_past_charter
from application.command import AnyDraft, Command, Draft, command, handles
from application.confiding import ResultsComeFromTheBox, counted_in_the_box, refuse_extension, terms_of
from application.desk import Desk
from application.occurrences import stream_of
from application.owing import Owner, owes
from application.trust import groups_of_units, with_trust
from domain.access import AccessRole
from domain.bar import bar_at
from domain.condition import CONDITION
from domain.condition_results import condition_results
from domain.condition_rules import QuestionnaireOfAnotherKind
from domain.confided_results import Results
from domain.confidentiality import Grouping
from domain.element import content_hash
from domain.kernel import Content, Party, Refusal, RefusalKind
from domain.owed import Call, Owed
from domain.person import PERSON
from domain.questionnaire import Answer, Bar, GroupResult, Mode, Questionnaire
from domain.questionnaires import BUILT_IN, FIVE_CONDITIONS, MADE_FOR
from domain.response import RESPONSE, ReviewAnswered, refuse_response, results
from domain.review import (
    REVIEW,
    Exclusion,
    Group,
    Review,
    ReviewCancelled,
    ReviewClosed,
    ReviewExtended,
    ReviewFound,
    ReviewKind,
    ReviewOpened,
    ReviewPublished,
    ReviewWithdrawn,
)
from domain.scope import INSTANT
from domain.sealed import Private


@dataclass(eq=False)
class QuestionnaireUnknown(Refusal):
    """A questionnaire that does not come with Avow, named instead of written out."""

    questionnaire: str
    kind = RefusalKind.UNKNOWN
    where = "questionnaire"
    rule = "no questionnaire {questionnaire!r} comes with Avow"
    way_out = f"write it out, or name one of: {', '.join(BUILT_IN)}"


@dataclass(eq=False)
class ReportedBackTooEarly(Refusal):
    """Results promised for a day on which answers are still taken."""

    reported_back: date
    last: date
    kind = RefusalKind.INVALID
    where = "reported_back"
    rule = "answers are taken until the end of {last}, so nothing can be reported back by {reported_back}"
    way_out = "name the last day of the review, or a later one"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReference:
    """Participants whose answers are also shown apart, by key or id."""

    name: str
    people: tuple[str, ...]
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionReference:
    """Somebody who would have been asked and is not, with the reason."""

    person: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer to one question: a score on the scale, or unknown (known too little of), or a skip; and own words."""

    score: int | None = None
    unknown: bool = False
    skip: bool = False
    comment: str | None = None


@command("review.opened")
class OpenReview(Command):
    """Ask participants about a revision of a strategy (or, with none, its draft) until `closes`.

    The questionnaire is one that comes with Avow, by name, or written out. Participants, groups, exclusions and
    readers are frozen; `readers` are those who will see who said what. In a `confidential` review they see, as those
    asked do, the published results, of groups with at least `minimum_group_size` people who answered; `grouping` says
    what the groups are made of, the outermost first. By the end of the day `reported_back` the results are told to
    those asked. About each of the `trusted_units` it is asked how far one can rely on it; where an attributed review
    names no groups, those who sit in these units are shown apart. One that is held for an `occurrence` of a `schedule`
    names both; Avow opens it by itself on its day.
    """

    kind: ReviewKind
    title: str
    strategy: str
    questionnaire: str | Questionnaire
    participants: tuple[str, ...]
    closes: datetime
    review: str | None = None
    revision: int | None = None
    mode: Mode = Mode.ATTRIBUTED
    groups: tuple[GroupReference, ...] = ()
    exclusions: tuple[ExclusionReference, ...] = ()
    readers: tuple[str, ...] = ()
    minimum_group_size: int | None = None
    grouping: tuple[Grouping, ...] = ()
    reported_back: date | None = None
    trusted_units: tuple[str, ...] = ()
    schedule: str | None = None
    occurrence: datetime | None = None


@command("review.answered")
class AnswerReview(Command):
    """Answer as a participant; until the review closes, all answers may be restated."""

    review: str
    person: str
    answers: Mapping[str, Given] = field(default_factory=dict[str, Given])


@command("review.extended")
class ExtendReview(Command):
    """Take answers for longer, until `closes`, with the reason."""

    review: str
    closes: datetime


@command("review.closed")
class CloseReview(Command):
    """Take no more answers."""

    review: str


@command("review.cancelled")
class CancelReview(Command):
    """Give the review up: its answers count for nothing."""

    review: str


@command("review.published")
class PublishReview(Command):
    """Publish the results: counted from the answers, unless `results` states those of a review held elsewhere.

    The first are edition 1; a later edition restates them and stands beside those before. Those of a confidential
    review are published once, out of its ballot box; of one held elsewhere an import states them in `confided`.
    """

    review: str
    edition: int | None = None
    results: tuple[GroupResult, ...] | None = None
    confided: Results | None = None


@command("review.withdrawn")
class WithdrawReview(Command):
    """Withdraw an edition of the results, with the reason."""

    review: str
    edition: int


@command("review.found")
class RecordFinding(Command):
    """Record what the review established about the strategy, in the organisation's words."""

    review: str
    finding: str
    text: str
    element: str | None = None
    unit: str | None = None
    question: str | None = None


@handles(OpenReview)
def open_review(asked: OpenReview, desk: Desk) -> AnyDraft:
    """A review, with everything that decides who counts frozen."""
    stream, schedule = stream_of(desk, asked.review, asked.schedule, asked.occurrence)
    strategy = desk.find("strategy", asked.strategy)
    seen = desk.seen(strategy, asked.revision) if asked.revision is not None else None
    draft = desk.strategy(strategy).draft
    participants = _people(desk, asked.participants, "participants")
    trusted = tuple(desk.find("unit", each, "trusted_units") for each in asked.trusted_units)
    groups = tuple(_group(desk, each) for each in asked.groups)
    if trusted and not groups and asked.mode is Mode.ATTRIBUTED and desk.actor.imported is None:
        groups = groups_of_units(desk, participants, trusted)
    if asked.reported_back is not None and asked.reported_back < desk.day(asked.closes - INSTANT):
        raise ReportedBackTooEarly(asked.reported_back, desk.day(asked.closes - INSTANT))
    content = ReviewOpened(
        key=desk.sealed_key("review", asked.review, desk.organisation),
        kind=asked.kind,
        title=asked.title,
        strategy=strategy,
        revision=asked.revision,
        content_hash=seen.content_hash if seen is not None else content_hash(draft.elements),
        questionnaire=with_trust(desk, questionnaire_of(desk, asked.questionnaire, asked.kind), trusted),
        mode=asked.mode,
        participants=participants,
        groups=groups,
        exclusions=tuple(_excluded(desk, each) for each in asked.exclusions),
        readers=_people(desk, asked.readers, "readers"),
        closes=asked.closes,
        terms=terms_of(desk, asked.mode, participants, groups, asked.minimum_group_size, asked.grouping),
        reported_back=asked.reported_back,
        trusted_units=trusted,
        schedule=schedule,
        occurrence=asked.occurrence.astimezone(UTC) if asked.occurrence is not None else None,
    )
    return Draft[Review](aggregate=REVIEW, stream=stream, content=content)


@handles(AnswerReview)
def answer(asked: AnswerReview, desk: Desk) -> AnyDraft:
    """One participant's answers, all of them."""
    review, person = desk.find("review", asked.review), desk.find("person", asked.person)
    party = Party("person", person)
    answers = {
        question: Answer(
            score=given.score, unknown=given.unknown, skip=given.skip, comment=desk.own_words(given.comment, party)
        )
        for question, given in asked.answers.items()
    }
    content = ReviewAnswered(review=review, person=person, answers=answers)
    refuse_response(_state(desk, review), content, desk.at)
    return Draft(
        aggregate=RESPONSE,
        stream=desk.derived("response", review, person),
        content=content,
        on_behalf_of=desk.on_behalf_of(party),
    )


@handles(ExtendReview)
def extend(asked: ExtendReview, desk: Desk) -> AnyDraft:
    """A later close."""
    desk.be_reasoned(asked.TOPIC)
    review = desk.find("review", asked.review)
    refuse_extension(desk, review)
    refuse_past_charter(desk, desk.before(REVIEW, review), asked.closes)
    return _said(desk, asked.review, ReviewExtended(closes=asked.closes))


@handles(CloseReview)
def close(asked: CloseReview, desk: Desk) -> AnyDraft:
    """Closed."""
    return _said(desk, asked.review, ReviewClosed())


@handles(CancelReview)
def cancel(asked: CancelReview, desk: Desk) -> AnyDraft:
    """Given up."""
    return _said(desk, asked.review, ReviewCancelled())


@handles(PublishReview)
def publish(asked: PublishReview, desk: Desk) -> AnyDraft:
    """The results, counted from the answers as they are known now, or as stated."""
    review = desk.find("review", asked.review)
    state = _state(desk, review)
    if state.terms is not None or asked.confided is not None:
        if asked.results is not None:
            raise ResultsComeFromTheBox
        return _said(desk, asked.review, counted_in_the_box(desk, review, state, asked.confided))
    counted = asked.results if asked.results is not None else _counted(desk, review, state)
    edition = asked.edition if asked.edition is not None else len(state.editions) + 1
    if edition > 1:
        desk.be_reasoned(asked.TOPIC)
    return _said(desk, asked.review, ReviewPublished(edition=edition, results=counted))


@handles(WithdrawReview)
def withdraw(asked: WithdrawReview, desk: Desk) -> AnyDraft:
    """An edition no longer shown."""
    desk.be_reasoned(asked.TOPIC)
    return _said(desk, asked.review, ReviewWithdrawn(edition=asked.edition))


@handles(RecordFinding)
def record_finding(asked: RecordFinding, desk: Desk) -> AnyDraft:
    """A finding."""
    content = ReviewFound(
        finding=asked.finding,
        text=asked.text,
        element=asked.element,
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        question=asked.question,
    )
    return _said(desk, asked.review, content)


@owes
def reports_owed(owner: Owner) -> Iterator[Owed]:
    """Sponsors owe those asked the results of a closed review, by the day that was promised, until they are published.

    No more once its ballot box ended, as nothing can be published any more.
    """
    at = owner.moment.valid_at
    promised = {
        id: each
        for id, each in owner.states(REVIEW).items()
        if each.reported_back is not None and each.has_closed(at) and not each.editions and each.box is None
    }
    if not promised:
        return
    roles = owner.states(PERSON, streams=[owner.person])[owner.person].roles(at)
    if any(each.role is AccessRole.SPONSOR for each in roles):
        for id, review in promised.items():
            due = review.reported_back
            overdue = due is not None and owner.today > due
            yield Owed(call=Call.ACT, record=id, strategy=review.strategy, due=due, overdue=overdue)


def questionnaire_of(desk: Desk, asked: str | Questionnaire, kind: ReviewKind) -> Questionnaire:
    """What is asked, frozen; one that comes with Avow is judged by the organisation's bar."""
    if isinstance(asked, str) and asked not in BUILT_IN:
        raise QuestionnaireUnknown(asked)
    meant = BUILT_IN[asked] if isinstance(asked, str) else asked
    if meant.name in MADE_FOR and (kind != MADE_FOR[meant.name] or meant != BUILT_IN[meant.name]):
        raise QuestionnaireOfAnotherKind(meant.name, MADE_FOR[meant.name])
    bar = bar_at(desk.chart(desk.at).bars, desk.at)
    if not isinstance(asked, str) or meant.bar is None or bar is None:
        return meant
    return replace(meant, bar=Bar(score=bar.score, percent=bar.percent))


def _people(desk: Desk, references: tuple[str, ...], where: str) -> tuple[UUID, ...]:
    return tuple(desk.find("person", each, where) for each in references)


def _group(desk: Desk, asked: GroupReference) -> Group:
    unit = desk.find("unit", asked.unit, "groups") if asked.unit is not None else None
    return Group(name=asked.name, people=_people(desk, asked.people, "groups"), unit=unit)


def _excluded(desk: Desk, asked: ExclusionReference) -> Exclusion:
    reason = Private(desk.actor.person or desk.organisation, asked.reason)
    return Exclusion(person=desk.find("person", asked.person, "exclusions"), reason=reason)


def _state(desk: Desk, review: UUID) -> Review:
    return desk.before(REVIEW, review)


def _counted(desk: Desk, review: UUID, state: Review) -> tuple[GroupResult, ...]:
    """Every group's results, and all participants', from the answers that count, or from joint judgements."""
    if state.questionnaire is not None and state.questionnaire.name == FIVE_CONDITIONS.name:
        streams = (desk.derived("condition", review, unit) for unit, _ in desk.chart().chart.units())
        return condition_results(state, [desk.book.timeline(CONDITION, each).state(desk.at) for each in streams])
    responses = [
        desk.book.timeline(RESPONSE, desk.derived("response", review, person)).state(desk.at)
        for person in state.participants
    ]
    return results(state, responses)


def _said(desk: Desk, review: str, content: Content) -> AnyDraft:
    return Draft[Review](aggregate=REVIEW, stream=desk.find("review", review), content=content)
