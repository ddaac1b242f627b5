"""The alignment state over HTTP: as of a moment, between two moments, and each figure opened; what a person owes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.ballot import ROOM_OWED
from adapters.http.moments import moment_of
from adapters.http.noun import Noun
from adapters.http.papers import sees_draft
from adapters.http.personal_record import APPRAISAL, GOVERNING, record
from adapters.http.record_shapes import RecordAnswer
from adapters.http.refusals import NobodyBehindToken, NotOnRecordThen
from adapters.http.shapes import AlignmentAnswer, ChangesAnswer, FigureAnswer
from application import answers, labels, records
from application.ballots import StillOwed
from application.confided_answers import Telling
from application.permissions import About, allowed
from application.reminding import Reminding
from domain.alignment import Alignment
from domain.bridge import bridge, difference
from domain.duty import DutyKind
from domain.owed import Call, Owed
from domain.review import REVIEW, Review
from domain.scope import Scope

OUTSTANDING = ("acknowledgement/none", "acknowledgement/outdated", "duties/")
"""Figures that name who owes something: they open to fewer callers than the alignment state itself."""

STRATEGY_ARGUMENT = Argument(name="strategy", meaning="The strategy, by key or id.", required=True)
SCOPE_ARGUMENTS = (
    Argument(name="unit", meaning="Only this unit, by key or id, and those below it."),
    Argument(name="rank", meaning="Only people of this rank."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedAnswer:
    """One thing that is owed: why one is asked, for which record, and until when.

    `kind` is the record's, `title` what the organisation calls it, or the goal or strategy that it is about.
    """

    call: Call
    record: UUID
    kind: str | None
    title: str
    strategy: UUID | None
    duty: DutyKind | None
    due: date | None
    overdue: bool


def scope_of(inquiry: Inquiry) -> Scope:
    """The scope that is asked about."""
    return Scope(unit=inquiry.named("unit"), rank=inquiry.arguments.get("rank"))


def concerned_by(inquiry: Inquiry, strategy: UUID, scope: Scope) -> About:
    """What the figures of a scope are about.

    Those under a strategy that is not published concern who may see its draft, and no unit yet.
    """
    published = bool(inquiry.desk.strategy_whenever(strategy).publications)
    concerns = scope.unit is not None and (published or sees_draft(inquiry, strategy))
    here = inquiry.about(units=(scope.unit,) if concerns and scope.unit else (), published=False)
    return replace(here, strategy=strategy)


def _views(figure: str, concerned: About) -> Iterator[tuple[str, About]]:
    """The views that a caller needs for seeing the records behind a figure, and what each is about."""
    yield "alignment", concerned
    # Whoever runs a review sees the strategy's figures; who acknowledged or owes something they are not told by it.
    only_here = replace(concerned, strategy=None)
    if figure.startswith("acknowledgement/"):
        yield "acknowledgement", only_here
    if figure.startswith(OUTSTANDING):
        yield "outstanding", only_here
    if figure.startswith("reviews/"):
        yield "participation", replace(only_here, review=_review_of(figure))


def opens(inquiry: Inquiry, figure: str, concerned: About) -> bool:
    """Whether the records behind a figure are shown to the caller."""
    return all(allowed(inquiry.session.caller, view, about) for view, about in _views(figure, concerned))


def _review_of(figure: str) -> UUID | None:
    try:
        return UUID(figure.split("/")[1])
    except ValueError:
        return None


def _labels(inquiry: Inquiry, answer: object) -> Mapping[str, object]:
    return labels.now(inquiry.services.questions, inquiry.asked, answer)


def alignment_of(inquiry: Inquiry, strategy: UUID, scope: Scope) -> Alignment:
    """The alignment state of a scope at the moment. Raises NotOnRecordThen for a strategy not drafted by then."""
    found = inquiry.services.questions.alignment(inquiry.asked, strategy, scope)
    if found is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    return found


def results_open(inquiry: Inquiry, id: UUID, review: Review) -> bool:
    """Whether the caller may see a review's published results: those one was asked in or reads, all for who governs."""
    asked = inquiry.session.caller.person in (*review.participants, *review.readers)
    return inquiry.sees(lambda: About(shared=asked, published=False, review=id), "review")


def asks_of(strategy: UUID, scope: Scope) -> dict[str, object]:
    """What is asked beside the times."""
    return {"strategy": strategy, "unit": scope.unit, "rank": scope.rank}


def strategy_of(inquiry: Inquiry) -> UUID:
    """The strategy that is asked about."""
    return inquiry.desk.find("strategy", inquiry.arguments["strategy"], "strategy")


def shown(inquiry: Inquiry) -> Found:
    """The alignment state of a strategy in a scope.

    It tells the revision in force, population, acknowledgements, commitments and parties by level, teams, reviews,
    objections. Every count names the figure under which it opens.
    """
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    found, are_open = alignment_of(inquiry, strategy, scope), partial(results_open, inquiry)
    telling = Telling(inquiry.services.questions, inquiry.asked, found, are_open)
    answer = answers.alignment(found, are_open, telling.of)
    return Found(answer=answer, asks=asks_of(strategy, scope), present=_labels(inquiry, answer))


def figure(inquiry: Inquiry) -> Found:
    """The records behind one figure, each with what it says at the moment and the events that make it up."""
    strategy, scope, name = strategy_of(inquiry), scope_of(inquiry), inquiry.path["figure"]
    for view, about in _views(name, concerned_by(inquiry, strategy, scope)):
        inquiry.check(about, view)
    found = alignment_of(inquiry, strategy, scope)
    behind = ((str(record), record) for record in records.records_of(found, name))
    page = inquiry.page(behind, lambda _, record: record, {**asks_of(strategy, scope), "figure": name})
    shown_records = (
        [record for record in page.answer if isinstance(record, UUID)] if isinstance(page.answer, list) else []
    )
    opened = records.opened(inquiry.services.questions, inquiry.asked, found, name, shown_records)
    answer = {"figure": name, "count": found.figures[name].count, "records": opened}
    return Found(answer=answer, asks=page.asks, next=page.next, present=_labels(inquiry, answer))


def changes(inquiry: Inquiry) -> Found:
    """What changed between two instants, `from` and `to`.

    It tells the commitments added, changed, withdrawn, gone stale; and for each figure the bridge from one value to the
    other, in steps that add up, with the records where the caller may open the figure. What differs only because more
    is known now than at `from_known_at` is the step *restated*.
    """
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    concerned = concerned_by(inquiry, strategy, scope)
    inquiry.check(concerned)
    ask, organisation = inquiry.services.questions, inquiry.organisation
    second = moment_of(inquiry.services, inquiry.session, inquiry.arguments, ("to", "to_known_at")).asked
    arguments = dict(inquiry.arguments)
    arguments.setdefault("from_known_at", str(second.position))
    first = moment_of(inquiry.services, inquiry.session, arguments, ("from", "from_known_at")).asked
    restated = ask.ask(organisation, first.valid_at, second.position)
    states = [ask.comparable(each, strategy, scope) for each in (first, restated, second)]
    before, known, after = states
    if after is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "to")
    if before is None or known is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "from")

    answer = {
        "from": {"valid_at": first.valid_at, "known_at": first.known_at, "position": first.position},
        "to": {"valid_at": second.valid_at, "known_at": second.known_at, "position": second.position},
        "commitments": difference(before, after),
        "figures": answers.bridges(bridge(before, known, after), lambda name: opens(inquiry, name, concerned)),
    }
    told = {"from": inquiry.arguments["from"], "to": inquiry.arguments["to"]}
    return Found(answer=answer, asks={**asks_of(strategy, scope), **told})


def owed(inquiry: Inquiry) -> Found:
    """What the person behind the token owes, under every strategy: duties, and statements that ask for a word."""
    person = inquiry.session.caller.person
    inquiry.check()
    if person is None:
        raise NobodyBehindToken
    listed = [_owed(inquiry, each) for each in inquiry.services.questions.owed(inquiry.asked, person)]
    listed.sort(key=lambda each: (each.due is None, each.due or date.max, str(each.record)))
    confided = _still_owed(inquiry, person)
    if not confided:
        return Found(answer=listed, asks={"person": person})
    room = sum(ROOM_OWED + 6 * len(each.title) for each in confided)
    return Found(answer=listed, present={"still_owed": confided}, asks={"person": person}, room=room)


def _owed(inquiry: Inquiry, owed: Owed) -> OwedAnswer:
    kind, title = Reminding(inquiry.services.questions, inquiry.services.recurrences).named(inquiry.asked, owed)
    return OwedAnswer(
        call=owed.call,
        record=owed.record,
        kind=kind,
        title=title,
        strategy=owed.strategy,
        duty=owed.duty,
        due=owed.due,
        overdue=owed.overdue,
    )


def _still_owed(inquiry: Inquiry, person: UUID) -> list[StillOwed]:
    """What is owed in confidential reviews, for its owner alone; always of now."""
    ballots, organisation = inquiry.services.ballots, inquiry.organisation
    moment = inquiry.services.questions.ask(organisation).moment
    return ballots.owed(organisation, person, inquiry.services.states.states(REVIEW, organisation, moment))


def _instant(name: str, meaning: str, *, required: bool = False) -> Argument:
    schema = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}
    return Argument(name=name, meaning=meaning, schema=schema, required=required)


def _known(name: str, meaning: str) -> Argument:
    schema = {
        "anyOf": [
            {"type": "string", "format": "date-time"},
            {"type": "string", "format": "date"},
            {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
        ]
    }
    return Argument(name=name, meaning=meaning, schema=schema)


ALIGNMENT = Noun(
    name="alignment",
    description="Who has truly taken the strategy on, and how that changed.",
    asks=(
        Ask(
            path="alignment",
            view="alignment",
            find=shown,
            title="Show the alignment state.",
            answers=AlignmentAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
        Ask(
            path="alignment/changes",
            view="alignment",
            find=changes,
            title="Compare two instants.",
            answers=ChangesAnswer,
            times=False,
            arguments=(
                STRATEGY_ARGUMENT,
                *SCOPE_ARGUMENTS,
                _instant("from", "The earlier instant.", required=True),
                _instant("to", "The later instant.", required=True),
                _known("from_known_at", "As the earlier one was known when; unstated, as the later one is."),
                _known("to_known_at", "As the later one was known when; unstated: now."),
            ),
        ),
        Ask(
            path="alignment/figures/<path:figure>",
            view="alignment",
            find=figure,
            title="Open a figure.",
            answers=FigureAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
            pages=True,
        ),
        Ask(
            path="people/<path:person>/record",
            view="record",
            find=record,
            title="Show a person's record.",
            answers=RecordAnswer,
            arguments=(
                Argument(
                    name="purpose",
                    meaning="What it is for; for an appraisal it holds only what the organisation's agreement allows.",
                    schema={"type": "string", "enum": [GOVERNING, APPRAISAL], "default": GOVERNING},
                ),
            ),
        ),
        Ask(path="me/owed", view="owed", find=owed, title="Show what I owe.", answers=list[OwedAnswer]),
    ),
)
