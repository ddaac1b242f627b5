"""Concerns over HTTP: raised by name, addressed, judged by whoever raised them; and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, concerned_by, scope_of, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.concern import NO_CHANNEL
from application.concerns import about_concern
from application.confided_answers import published_of
from application.permissions import About, NotPermitted
from domain.concern import CONCERN, UNADDRESSED, Concern, ConcernKind, ConcernStanding, Turn
from domain.concern_figures import ConcernFigures, age, asked_by, asked_to_address, due, figures, has_effect, is_in
from domain.confided_results import PartResult, percent, ratings
from domain.confidentiality import ROOT
from domain.kernel import Party
from domain.obligation import first_day, moves
from domain.person import PERSON, Person
from domain.questionnaire import QuestionKind
from domain.review import REVIEW, Review
from domain.scope import WHOLE, Scope
from domain.sealed import Private
from domain.strategy import STRATEGY


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernAnswer:
    """A concern as of a moment, with what became of it, oldest first.

    `asked` are those who owe it a word, if anybody does; `days` is for how many local days it was open so far.
    """

    id: UUID
    standing: ConcernStanding
    kind: ConcernKind | None
    person: UUID | None
    strategy: UUID | None
    text: Private | None
    about: Party | None
    unit: UUID | None
    put_to: UUID | None
    asked: tuple[UUID, ...]
    raised_at: datetime | None
    by_when: date | None
    first_by_when: date | None
    moves: int
    overdue: bool
    days: int
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernsOfKind:
    """What the concerns raised by name of one kind, or (null) of all kinds, come to in the scope.

    `raised` = `open` + `confirmed` + `withdrawn`. `addressed` have an answer that stands; of these, `awaiting` are not
    confirmed and so open. `reopened` counts those that ever were. `put_to_nobody` wait for an answer that nobody owes.
    Days are local ones since it was raised first; a median of an even number lies between two. `concerns` are those
    behind the counts, where the caller may see all of them; else null.
    """

    kind: ConcernKind | None
    raised: int
    addressed: int
    awaiting: int
    confirmed: int
    reopened: int
    withdrawn: int
    open: int
    overdue: int
    put_to_nobody: int
    oldest_open_days: int | None
    median_open_days: float | None
    median_days_to_confirm: float | None
    concerns: tuple[UUID, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidedConcerns:
    """What was confided in one review, as published of one part: how many of `n` have a concern of each kind.

    `addressed` is what this review says of those confided in the one before: the share that gave 4 or 5 to it, of
    those who rated it; null where it was not asked or nobody rated it.
    """

    review: UUID
    title: str
    published_at: datetime
    n: int
    kinds: dict[str, int]
    addressed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernsAnswer:
    """Concerns in a scope as of a moment: by name, by kind, all of them last; and beside them what was confided.

    What is confided is counted in its review and has no life of its own: the two are never added up. `unapplied` are
    concerns whose strategy, raiser or unit was not there when they were raised. Where reports of wrongdoing go is told
    in `present`.
    """

    kinds: list[ConcernsOfKind]
    confided: list[ConfidedConcerns]
    unapplied: int


def _people(inquiry: Inquiry) -> dict[UUID, Person]:
    return inquiry.states(PERSON)


def _concerned(inquiry: Inquiry, state: Concern) -> Callable[[], About]:
    return lambda: about_concern(inquiry.desk, inquiry.session.caller, state)


def _channel(inquiry: Inquiry) -> dict[str, str]:
    """Where reports of wrongdoing go at present."""
    return {"reports_of_wrongdoing": inquiry.session.settings.channel or NO_CHANNEL}


def _shaped(inquiry: Inquiry, id: UUID, state: Concern, people: Mapping[UUID, Person]) -> ConcernAnswer:
    chart, at = inquiry.settings.chart, inquiry.asked.valid_at
    asked = asked_to_address(state, people, chart, at) if state.standing in UNADDRESSED else frozenset[UUID]()
    return ConcernAnswer(
        id=id,
        standing=state.standing,
        kind=state.kind,
        person=state.person,
        strategy=state.strategy,
        text=state.text,
        about=state.about,
        unit=state.unit,
        put_to=state.put_to,
        asked=tuple(sorted(asked)),
        raised_at=state.raised_at,
        by_when=asked_by(state, inquiry.desk.day),
        first_by_when=first_day(state.by_whens),
        moves=moves(state.by_whens),
        overdue=due(state, inquiry.today, inquiry.desk.day).value == "overdue",
        days=age(state, at, inquiry.desk.day),
        turns=state.turns,
    )


def listed(inquiry: Inquiry) -> Found:
    """Concerns that the caller may see: their own, those put to them, those of people they lead."""
    strategy, standing = inquiry.named("strategy"), inquiry.arguments.get("standing")
    people = _people(inquiry)

    def shape(_: str, entry: tuple[UUID, Concern]) -> ConcernAnswer | None:
        id, state = entry
        if standing is not None and state.standing != standing:
            return None
        if not inquiry.sees(_concerned(inquiry, state)):
            return None
        raisers.add(state.person)
        return _shaped(inquiry, id, state, people)

    raisers = set[UUID | None]()
    entries = ((str(id), (id, state)) for id, state in inquiry.states(CONCERN, strategy=strategy).items())
    found = inquiry.page(entries, shape, {"strategy": strategy, "standing": standing})
    names = frozenset(each for each in raisers if each is not None)
    return replace(found, present=_channel(inquiry), names=names)


def shown(inquiry: Inquiry) -> Found:
    """One concern. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("concern")
    state, version = inquiry.own(CONCERN, id)
    if not inquiry.sees(_concerned(inquiry, state)):
        raise NotPermitted("concern", inquiry.session.caller.name)
    answer = _shaped(inquiry, id, state, _people(inquiry))
    names = frozenset({state.person} if state.person is not None else ())
    return Found(answer=answer, asks={"concern": id}, version=version, present=_channel(inquiry), names=names)


def counted(inquiry: Inquiry) -> Found:
    """What the concerns about a strategy come to in a scope: by kind, with ages, and the time until they were settled.

    A concern counts in the unit and rank that its raiser had when raising it.
    """
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    chart, at, people = inquiry.settings.chart, inquiry.asked.valid_at, _people(inquiry)
    document = inquiry.states(STRATEGY, streams=[strategy]).get(strategy, STRATEGY.initial)
    told = inquiry.states(CONCERN, strategy=strategy)
    applied = {id: each for id, each in told.items() if has_effect(each, document, people, chart)}
    inside = {id: each for id, each in applied.items() if is_in(each, scope, people, chart, at)}
    nobody = [id for id, each in inside.items() if not asked_to_address(each, people, chart, at)]
    answer = ConcernsAnswer(
        kinds=[_of_kind(inquiry, each, inside) for each in figures(inside, nobody, at, inquiry.desk.day)],
        confided=_confided(inquiry, strategy, scope),
        unapplied=len(told) - len(applied),
    )
    return Found(answer=answer, asks=asks_of(strategy, scope), present=_channel(inquiry))


def _of_kind(inquiry: Inquiry, found: ConcernFigures, concerns: Mapping[UUID, Concern]) -> ConcernsOfKind:
    seen = all(inquiry.sees(_concerned(inquiry, concerns[id]), "concern") for id in found.concerns)
    return ConcernsOfKind(
        kind=found.kind,
        raised=found.raised,
        addressed=found.addressed,
        awaiting=found.awaiting,
        confirmed=found.confirmed,
        reopened=found.reopened,
        withdrawn=found.withdrawn,
        open=found.open,
        overdue=found.overdue,
        put_to_nobody=found.put_to_nobody,
        oldest_open_days=found.oldest_open_days,
        median_open_days=found.median_open_days,
        median_days_to_confirm=found.median_days_to_confirm,
        concerns=found.concerns if seen else None,
    )


def _confided(inquiry: Inquiry, strategy: UUID, scope: Scope) -> list[ConfidedConcerns]:
    """What was published of confided concerns: of all who answered, or of the group that is the unit's very own."""
    if scope.rank is not None:
        return []
    told = list[ConfidedConcerns]()
    for id, review in inquiry.states(REVIEW, strategy=strategy).items():
        edition = review.editions[0] if review.editions else None
        if edition is None or not inquiry.sees(_asked(inquiry, id, review), "review"):
            continue
        results = published_of(inquiry.services.ledger, inquiry.organisation, id, review)
        parts = results.parts if results is not None else ()
        part = next((each for each in parts if _is_of(each, scope)), None)
        kinds = _kinds(review, part) if part is not None else {}
        if part is not None and kinds:
            told.append(
                ConfidedConcerns(
                    review=id,
                    title=review.title,
                    published_at=edition.published_at,
                    n=part.n,
                    kinds=kinds,
                    addressed=_addressed(part),
                )
            )
    return sorted(told, key=lambda each: (each.published_at, str(each.review)))


def _asked(inquiry: Inquiry, id: UUID, review: Review) -> Callable[[], About]:
    asked = inquiry.session.caller.person in (*review.participants, *review.readers)
    return lambda: About(shared=asked, published=False, review=id)


def _is_of(result: PartResult, scope: Scope) -> bool:
    if scope == WHOLE:
        return result.part == ROOT
    return len(result.part) == 1 and result.part[0][-1:] == (str(scope.unit),)


def _kinds(review: Review, part: PartResult) -> dict[str, int]:
    asked = review.questionnaire.questions if review.questionnaire is not None else ()
    confided = {each.id for each in asked if each.kind is QuestionKind.CONCERN}
    return {each.question: each.distribution[1] for each in part.questions if each.question in confided}


def _addressed(part: PartResult) -> float | None:
    said = next((ratings(each) for each in part.questions if each.question == "addressed"), None)
    return percent(said.high, said.rated) if said is not None else None


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"concerns/<path:concern>/{sub_resource}", topic=topic, leads_to="concerns/{id}", changes=True)


CONCERNS = Noun(
    name="concerns",
    description="What people doubt while the strategy is shared, said under their name.",
    acts=(
        Act(path="concerns", topic="concern.raised", leads_to="concerns/{id}"),
        _on("remedies", "concern.addressed"),
        _on("confirmations", "concern.confirmed"),
        _on("reopenings", "concern.reopened"),
        _on("withdrawals", "concern.withdrawn"),
    ),
    asks=(
        Ask(
            path="concerns",
            view="concern",
            find=listed,
            title="List concerns.",
            answers=list[ConcernAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those about this strategy, by key or id."),
                Argument(
                    name="standing",
                    meaning="Only those that stand so.",
                    schema={"type": "string", "enum": [each.value for each in ConcernStanding][1:]},
                ),
            ),
        ),
        Ask(path="concerns/<path:concern>", view="concern", find=shown, title="Show a concern.", answers=ConcernAnswer),
        Ask(
            path="alignment/concerns",
            view="alignment",
            find=counted,
            title="Show what concerns come to.",
            answers=ConcernsAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
    ),
)
