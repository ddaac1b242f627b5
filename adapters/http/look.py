"""The regular look and the business review over HTTP: what was established together, and what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from uuid import UUID

from adapters.http.action import concerned as concerned_by_action
from adapters.http.acts import Act
from adapters.http.alignment import STRATEGY_ARGUMENT, concerned_by
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.condition import strategy_there
from adapters.http.noun import Noun
from adapters.http.opened import Opened, opened
from adapters.http.shapes import ShareAnswer, shared
from application.concerns import about_kpi
from application.look import is_look
from application.permissions import About
from application.schedules import Schedules
from domain.action import ACTION, Action, ActionStatus
from domain.kpi import KPI
from domain.look import (
    LOOK,
    CheckStanding,
    Effort,
    Look,
    Progress,
    Shares,
    check_standing,
    efforts_of,
    revised_since,
    shares,
    spoke_in,
)
from domain.review import REVIEW, Review, ReviewKind, ReviewStanding
from domain.schedule import SCHEDULE, OccurrenceStanding
from domain.scope import Scope
from domain.sealed import Private
from domain.strategy import STRATEGY


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEffortAnswer:
    """Where a team's effort went, in tenths, and whether it makes progress; `unit` null: the whole organisation."""

    unit: UUID | None
    name: str | None
    goals: int
    exceptions: int
    fire_fighting: int
    progress: Progress
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentAnswer:
    """Shares of all teams' effort in percent, rounded half up to one decimal; every team counts alike."""

    goals: str
    exceptions: str
    fire_fighting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """A regular look. `wanted` is the answer to the first question, null where there is none.

    `because` is for those who took part, and for who governs. `revision_wanted` says that a no called for a revision
    that has not been published yet; `revised_by` is the first one after it. `participation` is how many of those asked
    said any of this.
    """

    review: UUID
    title: str
    opened_at: datetime | None
    closes: datetime | None
    standing: CheckStanding
    participation: ShareAnswer
    wanted: bool | None
    answered_at: datetime | None
    because: Private | None
    revision_wanted: bool
    revised_by: int | None
    teams: tuple[TeamEffortAnswer, ...]
    effort: Shares
    percent: PercentAnswer | None
    progress: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingAnswer:
    """What a business review found, and the actions that follow it."""

    finding: str
    text: str
    unit: UUID | None
    element: str | None
    found_at: datetime
    actions: Opened
    actions_done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAnswer:
    """A KPI as it was when the review closed, or is while it is open: the newest measurement, against its target."""

    kpi: UUID
    title: str
    measured_in: str
    target: str | None
    value: str | None
    measured_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessReviewAnswer:
    """A structured business review: the measures that it had before it, what it found, and what follows."""

    review: UUID
    title: str
    opened_at: datetime | None
    closes: datetime | None
    standing: ReviewStanding
    closed: bool
    kpis: tuple[MeasureAnswer, ...]
    findings: tuple[FindingAnswer, ...]
    without_action: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksAnswer:
    """The regular looks at a strategy and its business reviews, oldest first.

    `last` is the newest look that was answered. `missed` counts looks that closed without an answer, `not_opened`
    occurrences of a schedule on whose day none was opened.
    """

    strategy: UUID
    last: CheckAnswer | None
    revision_wanted: bool
    held: int
    missed: int
    not_opened: int
    checks: tuple[CheckAnswer, ...]
    business_reviews: tuple[BusinessReviewAnswer, ...]


def shown(inquiry: Inquiry) -> Found:
    """The last look and its answer, where the effort of each team went, missed looks; business reviews and findings."""
    strategy = strategy_there(inquiry)
    inquiry.check(concerned_by(inquiry, strategy, Scope()))
    at = inquiry.asked.valid_at
    looks = {each.review: each for each in inquiry.states(LOOK, strategy=strategy).values()}
    reviews = sorted(
        inquiry.states(REVIEW, strategy=strategy).items(), key=lambda entry: (str(entry[1].opened_at), str(entry[0]))
    )
    checks = tuple(_check(inquiry, id, each, looks.get(id)) for id, each in reviews if is_look(each))
    answered = [each for each in checks if each.standing in (CheckStanding.HELD, CheckStanding.ENDED_BY_NO)]
    answered.sort(key=lambda each: (each.answered_at or at, str(each.review)))
    actions = inquiry.states(ACTION)
    business = tuple(
        _business(inquiry, id, each, looks.get(id), actions)
        for id, each in reviews
        if each.kind is ReviewKind.BUSINESS_REVIEW and each.standing is not ReviewStanding.CANCELLED
    )
    answer = ChecksAnswer(
        strategy=strategy,
        last=answered[-1] if answered else None,
        revision_wanted=any(each.revision_wanted for each in checks),
        held=len(answered),
        missed=sum(each.standing is CheckStanding.MISSED for each in checks),
        not_opened=_not_opened(inquiry, strategy),
        checks=checks,
        business_reviews=business,
    )
    return Found(answer=answer, asks={"strategy": strategy})


def _check(inquiry: Inquiry, id: UUID, review: Review, look: Look | None) -> CheckAnswer:
    at = inquiry.asked.valid_at
    standing, told = check_standing(look, review, at), efforts_of(look, review, inquiry.settings.chart)
    answered = standing in (CheckStanding.HELD, CheckStanding.ENDED_BY_NO)
    first = look.first if look is not None and answered else None
    asked = inquiry.session.caller.person in (*review.participants, *review.readers)
    reads = inquiry.sees(lambda: About(shared=asked, published=False, review=id), "review")
    revised = None
    if first is not None and not first.wanted and review.strategy is not None:
        revised = revised_since(inquiry.states(STRATEGY, streams=[review.strategy])[review.strategy], first)
    total = shares(told)
    found = Counter(each.progress for each in told)
    return CheckAnswer(
        review=id,
        title=review.title,
        opened_at=review.opened_at,
        closes=review.closes,
        standing=standing,
        participation=shared(len(spoke_in(look, review)), len(review.participants)),
        wanted=first.wanted if first is not None else None,
        answered_at=first.at if first is not None else None,
        because=first.because if first is not None and reads else None,
        revision_wanted=standing is CheckStanding.ENDED_BY_NO and revised is None,
        revised_by=revised,
        teams=tuple(
            sorted((_team(inquiry, each) for each in told), key=lambda each: (each.name or "", str(each.unit)))
        ),
        effort=total,
        percent=_percent(total) if total.of else None,
        progress={each.value: found[each] for each in Progress},
    )


def _team(inquiry: Inquiry, effort: Effort) -> TeamEffortAnswer:
    name = inquiry.settings.chart.name(effort.unit, inquiry.asked.valid_at) if effort.unit is not None else None
    return TeamEffortAnswer(
        unit=effort.unit,
        name=name,
        goals=effort.goals,
        exceptions=effort.exceptions,
        fire_fighting=effort.fire_fighting,
        progress=effort.progress,
        told_at=effort.at,
    )


def _percent(total: Shares) -> PercentAnswer:
    def share(tenths: int) -> str:
        return str((Decimal(100 * tenths) / total.of).quantize(Decimal("0.1"), ROUND_HALF_UP))

    return PercentAnswer(
        goals=share(total.goals), exceptions=share(total.exceptions), fire_fighting=share(total.fire_fighting)
    )


def _not_opened(inquiry: Inquiry, strategy: UUID) -> int:
    """Occurrences of the strategy's schedules of looks on whose day no look was opened."""
    schedules = Schedules(inquiry.services.questions, inquiry.services.recurrences)
    missed = 0
    for id, state in inquiry.states(SCHEDULE, strategy=strategy).items():
        if state.present is not None and state.present.kind is ReviewKind.STRATEGY_CHECK:
            found = schedules.occurrences(inquiry.asked, id, state)
            missed += sum(each.standing is OccurrenceStanding.MISSED for each in found)
    return missed


def _business(
    inquiry: Inquiry, id: UUID, review: Review, look: Look | None, actions: Mapping[UUID, Action]
) -> BusinessReviewAnswer:
    followed = {finding.finding: list[UUID]() for finding in review.findings}
    for each in look.followed if look is not None else ():
        if each.finding in followed and each.action in actions:
            followed[each.finding].append(each.action)

    def sees(action: UUID) -> bool:
        return inquiry.sees(lambda: concerned_by_action(inquiry, actions[action]), "action")

    return BusinessReviewAnswer(
        review=id,
        title=review.title,
        opened_at=review.opened_at,
        closes=review.closes,
        standing=review.standing,
        closed=review.has_closed(inquiry.asked.valid_at),
        kpis=_measures(inquiry, review),
        findings=tuple(
            FindingAnswer(
                finding=each.finding,
                text=each.text,
                unit=each.unit,
                element=each.element,
                found_at=each.found_at,
                actions=opened(followed[each.finding], sees),
                actions_done=sum(actions[action].status is ActionStatus.DONE for action in followed[each.finding]),
            )
            for each in review.findings
        ),
        without_action=sum(not each for each in followed.values()),
    )


def _measures(inquiry: Inquiry, review: Review) -> tuple[MeasureAnswer, ...]:
    """The measures that the caller sees, as far as they were measured by the review's end; nobody's own."""
    ends = [each for each in (review.closes, review.ended_at) if each is not None]
    until = min((*ends, inquiry.asked.valid_at))
    found = list[MeasureAnswer]()
    for id, state in inquiry.states(KPI, strategy=review.strategy).items():
        if state.person is not None or state.defined_at is None or state.defined_at > until:
            continue
        if not inquiry.sees(partial(about_kpi, inquiry.desk, inquiry.session.caller, state), "kpi"):
            continue
        measured = [each for each in state.measurements if each.since <= until]
        newest = measured[-1] if measured else None
        found.append(
            MeasureAnswer(
                kpi=id,
                title=state.title,
                measured_in=state.measured_in,
                target=state.target,
                value=newest.value if newest is not None else None,
                measured_at=newest.since if newest is not None else None,
            )
        )
    return tuple(found)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"reviews/<path:review>/{sub_resource}", topic=topic, leads_to="reviews/{review}")


LOOKS = Noun(
    name="looks",
    description="The regular look at strategy and daily work, and what follows from a business review.",
    acts=(_on("looks", "look.answered"), _on("efforts", "look.told"), _on("followed-findings", "look.followed")),
    asks=(
        Ask(
            path="alignment/checks",
            view="alignment",
            find=shown,
            title="Show the regular looks and business reviews.",
            answers=ChecksAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
