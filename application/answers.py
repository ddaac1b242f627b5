"""Answers as plain values, ready to be written as JSON: the alignment state, its figures opened, and its bridges.

The bytes of `answer` depend on the question, its two times, the caller's sight and `rules` alone. What belongs to
today goes into `present`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from application.questions import Asked
from domain.alignment import RULES, Alignment, TeamFigure
from domain.bridge import Bridge, Step
from domain.commitment import Target
from domain.draft_check import Objection
from domain.publication import Publication
from domain.review import Edition, Review
from domain.situation import Situation
from domain.strategy import open_objections
from domain.vacancy import OnTheHook

Plain = dict[str, Any]  # JSON values, nested


def plain(value: Any) -> Any:  # noqa: ANN401 — any value of a state, made JSON
    """A value of a state as JSON knows it: ids and instants as text, instants in UTC with six digits."""
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case tuple() | list() | frozenset() | set():
            return [plain(each) for each in value]
        case _:
            return value


def answered(asked: Asked, question: Mapping[str, Any], answer: Any, present: Mapping[str, Any] | None = None) -> Plain:  # noqa: ANN401
    """The shape that every answer has: question, position, rules, answer, present."""
    clock = {"clock": "simulated"} if asked.simulated else {}
    return {
        "question": {
            **plain(dict(question)),
            "valid_at": plain(asked.valid_at),
            "known_at": plain(asked.known_at),
            **clock,
        },
        "position": asked.position,
        "rules": RULES,
        "answer": answer if asked.founded else {"nothing_recorded": "the organisation had no event by then"},
        "present": dict(present or {}),
    }


def alignment(
    found: Alignment,
    results_open: Callable[[UUID, Review], bool] = lambda _id, _review: True,
    confided: Callable[[UUID, Review], Plain] = lambda _id, _review: {},
) -> Plain:
    """The alignment state: every figure as its count and the name under which it opens.

    `results_open` tells which reviews' published results the caller may see: those one was asked in, for a member.
    `confided` tells what was published of a confidential review.
    """
    situation = found.situation
    tree: Plain = {}
    for name, figure in sorted(found.figures.items()):
        group, _, rest = name.partition("/")
        if group != "reviews":
            tree.setdefault(group, {})[rest] = {"count": figure.count, "figure": name}
    people = found.figures["population/people"].count
    committed = found.figures.get("parties/people/committed")
    return {
        "strategy": {
            "kind": "strategy",
            "id": str(situation.id),
            "key": situation.strategy.key,
            "title": situation.strategy.title,
        },
        "scope": _scope(found),
        "revision_in_force": _publication(situation.revision),
        "retired_at": plain(situation.strategy.retired_at),
        "scale": {
            "name": situation.scale.name,
            "version": situation.scale.version,
            "ordered": situation.scale.ordered,
            "levels": list(situation.scale.levels),
            "counts_from": situation.scale.counts_from,
        },
        **tree,
        "people_committed": share(committed.count if committed else None, people),
        "teams": [_team(found, each) for each in found.teams],
        "on_the_hook": [_hooked(found, each) for each in found.on_the_hook],
        "reviews": _reviews(found, results_open, confided),
        "objections": [_objection(each) for each in open_objections(situation.strategy, situation.valid_at)],
        "exceptions": [
            {
                "exception": each.exception,
                "objection": each.objection,
                "element": each.element,
                "approver": plain(each.approver),
                "approved_at": plain(each.approved_at),
                "expires": plain(each.expires),
                "not_separated": each.not_separated,
            }
            for each in situation.strategy.exceptions
            if each.holds(situation.valid_at)
        ],
        "not_applied": [
            {"kind": each.kind, "record": str(each.record), "at": plain(each.at), "reason": each.reason}
            for each in found.unapplied
        ],
    }


def bridges(found: Iterable[Bridge], opens: Callable[[str], bool]) -> list[Plain]:
    """How figures went from one value to another; `opens` tells which ones show their records to the caller."""
    return [
        {
            "figure": each.figure,
            "of": each.of,
            "before": each.before,
            "after": each.after,
            "stayed": each.stayed,
            "entered": _steps(each.entered, shown=opens(each.figure)),
            "left": _steps(each.left, shown=opens(each.figure)),
        }
        for each in found
    ]


def _steps(steps: Mapping[Step, frozenset[UUID]], *, shown: bool) -> Plain:
    return {
        str(step): {"count": len(records), "records": sorted(map(str, records)) if shown else None}
        for step, records in steps.items()
    }


def _scope(found: Alignment) -> Plain:
    unit = found.population.scope.unit
    name = found.population.chart.name(unit, found.population.at) if unit else None
    return {"unit": plain(unit), "name": name, "rank": found.population.scope.rank}


def share(part: int | None, whole: int) -> Plain:
    """A part of a whole; None where there is no such part, as on a nominal scale nobody counts as committed."""
    percent = round(100 * part / whole, 1) if part is not None and whole else None
    return {"count": part, "of": whole, "percent": percent}


def _publication(publication: Publication | None) -> Plain | None:
    if publication is None:
        return None
    return {
        "revision": publication.revision,
        "material": publication.material,
        "published_at": plain(publication.published_at),
        "in_force_from": plain(publication.in_force_from),
        "published_by": plain(publication.published_by),
        "content_hash": publication.content_hash,
        "touches": list(publication.touches),
    }


def _objection(objection: Objection) -> Plain:
    return {
        "name": objection.name,
        "element": objection.element,
        "missing": list(objection.missing),
        "rule": objection.rule,
    }


def _hooked(found: Alignment, hooked: OnTheHook) -> Plain:
    goal = found.situation.goals.get(hooked.goal) if hooked.goal else None
    return {
        "element": hooked.element,
        "goal": plain(hooked.goal),
        "goal_key": goal.key if goal else None,
        "goal_title": goal.title if goal else None,
        "unit": plain(hooked.unit),
        "unit_name": found.population.chart.name(hooked.unit, found.population.at) if hooked.unit else None,
        "person": plain(hooked.person),
        "vacant": hooked.person is None,
        "since": plain(hooked.since),
    }


def _team(found: Alignment, team: TeamFigure) -> Plain:
    chart, counts = found.situation.organisation.chart, found.situation.scale.ordered
    return {
        "unit": str(team.unit),
        "name": chart.name(team.unit, found.situation.valid_at),
        "target": target(found.situation, team.target),
        "committed": len(team.committed) if counts else None,
        "members": len(team.members),
        "reads": f"{len(team.committed)} of {len(team.members)}" if counts else None,
        "unit_level": team.unit_level,
        "unit_counts": team.unit_counts,
        "unit_commitments": [str(each) for each in team.unit_commitments],
    }


def target(situation: Situation, towards: Target) -> Plain:
    """What a commitment is to: the strategy, an element or a goal, with its key."""
    goal = situation.goals.get(towards.goal) if towards.goal else None
    return {
        "strategy": str(towards.strategy),
        "element": towards.element,
        "goal": plain(towards.goal),
        "goal_key": goal.key if goal else None,
        "goal_title": goal.title if goal else None,
    }


def _reviews(
    found: Alignment, results_open: Callable[[UUID, Review], bool], confided: Callable[[UUID, Review], Plain]
) -> list[Plain]:
    return [
        {
            **_review(found, id, review),
            **(_editions(review, shown=results_open(id, review)) if review.terms is None else confided(id, review)),
        }
        for id, review in sorted(found.situation.reviews.items())
    ]


def _review(found: Alignment, id: UUID, review: Review) -> Plain:
    """Who was asked, and who answered, as far as that is anybody's to know."""
    figures: Plain = {
        name: {"count": found.figures[opens].count, "figure": opens}
        for name in ("participants", "answered", "not_there")
        if (opens := f"reviews/{id}/{name}") in found.figures
    }
    answered = figures["answered"]["count"] if "answered" in figures else None
    return {
        "review": str(id),
        "kind": str(review.kind),
        "title": review.title,
        "revision": review.revision,
        "standing": str(review.standing),
        "opened_at": plain(review.opened_at),
        "closes": plain(review.closes),
        "ended_at": plain(review.ended_at),
        **figures,
        "participation": share(answered, figures["participants"]["count"]),
    }


def _editions(review: Review, *, shown: bool) -> Plain:
    """The results as they were published; None for who may not see them."""
    return {"editions": [_edition(each) for each in review.editions] if shown else None}


def _edition(edition: Edition) -> Plain:
    """Published results as they were; of a withdrawn edition only that it is."""
    shown = {"withdrawn_at": plain(edition.withdrawn_at)} if edition.withdrawn_at else {"results": edition.results}
    return {"edition": edition.edition, "published_at": plain(edition.published_at), **shown}
