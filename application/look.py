"""Commands about looks: the first question answered, effort told, findings followed by actions; and who owes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.owing import Owner, owes
from domain.access import AccessRole
from domain.chart import UnitNotAlive
from domain.kernel import Content, Party, Refusal, RefusalKind
from domain.look import (
    LOOK,
    CheckStanding,
    EffortOfAnotherTeam,
    EffortReported,
    FindingFollowed,
    Look,
    LookAnswered,
    NotALook,
    Progress,
    check_standing,
    efforts_of,
    revised_since,
)
from domain.owed import Call, Owed
from domain.person import PERSON
from domain.questionnaires import REGULAR_LOOK
from domain.review import REVIEW, Review, ReviewStanding
from domain.review_rules import NotAParticipant, TakesNoAnswers
from domain.scope import INSTANT, seating
from domain.strategy import STRATEGY


@dataclass(eq=False)
class FindingUnknown(Refusal):
    """An action for what the review has not found."""

    finding: str
    kind = RefusalKind.UNKNOWN
    where = "finding"
    rule = "the review has no finding {finding!r} at that instant"
    way_out = "record the finding first, or name one that it has"


@command("look.answered")
class AnswerLook(Command):
    """Say in a strategy check whether this is still what we want. A no ends the check: a revision is called for."""

    review: str
    person: str
    wanted: bool
    because: str | None = None


@command("look.told")
class TellEffort(Command):
    """Tell where a team's effort went since the last look, in tenths that come to ten, and whether it makes progress.

    Without a unit it is that of the whole organisation, such as of somebody alone.
    """

    review: str
    person: str
    goals: int
    exceptions: int
    fire_fighting: int
    progress: Progress
    unit: str | None = None


@command("look.followed")
class FollowFinding(Command):
    """Say which action follows what a review found."""

    review: str
    finding: str
    action: str


@handles(AnswerLook)
def answer(asked: AnswerLook, desk: Desk) -> AnyDraft:
    """The first question's answer."""
    review, strategy = _check(desk, asked.review, person := desk.find("person", asked.person))
    content = LookAnswered(
        review=review,
        strategy=strategy,
        person=person,
        wanted=asked.wanted,
        because=desk.own_words(asked.because, Party("person", person)),
    )
    return _said(desk, review, content, person)


@handles(TellEffort)
def tell(asked: TellEffort, desk: Desk) -> AnyDraft:
    """A team's effort."""
    review, _ = _check(desk, asked.review, person := desk.find("person", asked.person))
    unit = desk.find("unit", asked.unit) if asked.unit is not None else None
    if unit is not None and desk.actor.imported is None:
        _be_of_the_team(desk, person, unit)
    content = EffortReported(
        review=review,
        person=person,
        unit=unit,
        goals=asked.goals,
        exceptions=asked.exceptions,
        fire_fighting=asked.fire_fighting,
        progress=asked.progress,
    )
    return _said(desk, review, content, person)


@handles(FollowFinding)
def follow(asked: FollowFinding, desk: Desk) -> AnyDraft:
    """What follows a finding."""
    review = desk.find("review", asked.review)
    state = desk.book.timeline(REVIEW, review).state(desk.at)
    if state.strategy is None or all(each.finding != asked.finding for each in state.findings):
        raise FindingUnknown(asked.finding)
    action = desk.find("action", asked.action)
    content = FindingFollowed(review=review, strategy=state.strategy, finding=asked.finding, action=action)
    return _said(desk, review, content)


@owes
def looks_owed(owner: Owner) -> Iterator[Owed]:
    """Participants owe a look until something is told or a no ended it; after a no, strategists a revision."""
    reviews = {id: each for id, each in owner.states(REVIEW).items() if is_look(each)}
    if not reviews:
        return
    looks = {each.review: each for each in owner.states(LOOK).values()}
    at = owner.moment.valid_at
    roles = owner.states(PERSON, streams=[owner.person])[owner.person].roles(at)
    drafts = any(each.role is AccessRole.STRATEGIST for each in roles)
    for id, review in reviews.items():
        look = looks.get(id)
        standing = check_standing(look, review, at)
        open_still = standing is CheckStanding.OPEN or not efforts_of(look, review)
        if owner.person in review.participants and review.takes_answers(at) and standing in _ASKING and open_still:
            due = (review.closes - INSTANT).astimezone(ZoneInfo(owner.settings.zone)).date() if review.closes else None
            yield Owed(call=Call.JUDGE, record=id, strategy=review.strategy, due=due)
        if drafts and standing is CheckStanding.ENDED_BY_NO and look is not None and review.strategy is not None:
            strategy = owner.states(STRATEGY, streams=[review.strategy]).get(review.strategy)
            if strategy is None or strategy.retired_at is not None or look.first is None:
                continue
            if revised_since(strategy, look.first) is None:
                yield Owed(call=Call.ACT, record=id, strategy=review.strategy)


_ASKING = frozenset({CheckStanding.OPEN, CheckStanding.HELD})


def is_look(review: Review) -> bool:
    """Whether a review is a regular look that was not cancelled."""
    asked = review.questionnaire
    return asked is not None and asked.name == REGULAR_LOOK.name and review.standing is not ReviewStanding.CANCELLED


def _check(desk: Desk, reference: str, person: UUID) -> tuple[UUID, UUID]:
    """A check that takes answers of a participant, and its strategy."""
    review = desk.find("review", reference)
    whenever = desk.book.timeline(REVIEW, review).state()
    if whenever.questionnaire is None or whenever.questionnaire.name != REGULAR_LOOK.name or whenever.strategy is None:
        raise NotALook
    state = desk.before(REVIEW, review)
    if not state.takes_answers(desk.at):
        raise TakesNoAnswers
    if person not in state.participants:
        raise NotAParticipant
    return review, whenever.strategy


def _be_of_the_team(desk: Desk, person: UUID, unit: UUID) -> None:
    """Refuse to tell the effort of a team that there is not, and of one with which the person has nothing to do.

    Raises UnitNotAlive, EffortOfAnotherTeam.
    """
    chart, state = desk.chart(desk.at).chart, desk.person(person)
    if not chart.alive(unit, desk.at):
        raise UnitNotAlive(unit, "is not there")
    seats = seating(chart, state, desk.at).seats
    leads = (each.unit for each in state.roles(desk.at) if each.role is AccessRole.LEAD and each.unit is not None)
    near = any(chart.within(unit, each, desk.at) or chart.within(each, unit, desk.at) for each in seats)
    if not near and not any(chart.within(unit, each, desk.at) for each in leads):
        raise EffortOfAnotherTeam


def _said(desk: Desk, review: UUID, content: Content, person: UUID | None = None) -> AnyDraft:
    return Draft[Look](
        aggregate=LOOK,
        stream=desk.derived("look", review),
        content=content,
        on_behalf_of=desk.on_behalf_of(Party("person", person)) if person is not None else None,
    )
