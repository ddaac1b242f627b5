"""The commitment audit of examples.md, S1: its organisation, its participants, and what each of them confides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from application.ledger import Receipt
from domain.questionnaire import Answer, Answers, Mode, Question, QuestionKind, Questionnaire
from domain.sealed import Private
from tests.support.stage import Stage

QUESTIONNAIRE = Questionnaire(
    name="commitment-audit-in-short",
    version=1,
    modes=(Mode.CONFIDENTIAL, Mode.ATTRIBUTED),
    confidential_where_possible=True,
    questions=(
        Question(id="understand", text="I can say where we are going.", theme="understand"),
        Question(id="believe", text="We shall get there.", theme="believe"),
        Question(id="committed", text="I took on a named result, by a date.", theme="committed"),
        Question(id="unsaid", text="What is not being said?", kind=QuestionKind.OPEN),
    ),
)

TEAMS: Mapping[str, tuple[str, int, int]] = {
    "executive": ("acme", 6, 6),
    "field_sales": ("commercial", 14, 11),
    "marketing": ("commercial", 4, 3),
    "service": ("commercial", 7, 6),
    "plant": ("operations", 8, 6),
    "supply": ("operations", 3, 2),
}
"""By team: what it sits in, how many are asked, and how many answer."""
BELIEVE: Mapping[str, tuple[int, ...]] = {
    "executive": (0, 1, 1, 3, 1, 0),
    "field_sales": (2, 4, 2, 2, 0, 1),
    "marketing": (0, 1, 0, 1, 1, 0),
    "service": (1, 1, 2, 2, 0, 0),
    "plant": (0, 2, 1, 2, 0, 1),
    "supply": (0, 0, 1, 1, 0, 0),
}
"""By team: how many give each score from 1 to 5, and how many skip."""
UNDERSTAND: Mapping[str, int] = {
    "executive": 5, "field_sales": 8, "marketing": 2, "service": 4, "plant": 3, "supply": 1,
}  # fmt: skip
"""By team: how many rate what they understand high."""
COMMITTED: Mapping[str, int] = {
    "executive": 4, "field_sales": 3, "marketing": 1, "service": 2, "plant": 2, "supply": 1,
}  # fmt: skip
"""By team: how many confide that they are committed."""


def people(team: str) -> list[str]:
    """The keys of a team's participants; the first of them answer."""
    return [f"{team}-{number}" for number in range(1, TEAMS[team][1] + 1)]


def everybody() -> tuple[str, ...]:
    """The keys of all participants."""
    return tuple(person for team in TEAMS for person in people(team))


def organisation() -> Stage:
    """The chart and its people since 1 January; a strategy, of which revision 2 is in force since 1 March."""
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="acme", name="Acme", kind="enterprise")
    for unit in ("commercial", "operations"):
        stage.say("unit.formed", "2026-01-01", unit=unit, name=unit.title(), kind="business", parent="acme")
    for team, (parent, _, _) in TEAMS.items():
        name = team.replace("_", " ").title()
        stage.say("unit.formed", "2026-01-01", unit=team, name=name, kind="team", parent=parent)
        for person in people(team):
            stage.say("person.joined", "2026-01-01", person=person, name=person)
            stage.say("membership.began", "2026-01-01", person=person, unit=team, home=True)
    stage.say("strategy.drafted", "2026-01-10", strategy="growth", title="Growth", by="executive-1")
    for at in ("2026-01-11", "2026-03-01"):
        said: dict[str, Any] = {"element": "vision", "kind": "vision", "text": f"Where we are going, as of {at}"}
        stage.say("strategy.revised", at, strategy="growth", by="executive-1", **said)
        stage.say("strategy.submitted", at, strategy="growth", by="executive-1")
        stage.say("strategy.published", at, strategy="growth", material=True, by="executive-2")
    return stage


def open_audit(stage: Stage, at: str = "2026-03-02", **said: Any) -> Receipt:
    """The audit, opened: confidential unless said otherwise, until the end of 20 March."""
    fields: dict[str, Any] = {
        "review": "audit",
        "kind": "commitment_audit",
        "title": "Commitment audit",
        "strategy": "growth",
        "revision": 2,
        "questionnaire": QUESTIONNAIRE,
        "mode": Mode.CONFIDENTIAL,
        "participants": everybody(),
        "closes": stage.day("2026-03-21"),
        "reported_back": stage.day("2026-03-31").date(),
        **said,
    }
    return stage.say("review.opened", at, by="executive-1", **fields)


def confided() -> Iterator[tuple[str, Answers]]:
    """What each of those who answer confides, by key."""
    for team, (_, _, answering) in TEAMS.items():
        believe = [Answer(score=score) for score, count in enumerate(BELIEVE[team][:5], 1) for _ in range(count)]
        believe += [Answer(skip=True)] * BELIEVE[team][5]
        for place, person in enumerate(people(team)[:answering]):
            yield (
                person,
                {
                    "understand": Answer(score=5 if place < UNDERSTAND[team] else 2),
                    "believe": believe[place],
                    "committed": Answer(score=4 if place < COMMITTED[team] else 1),
                },
            )


def answer(stage: Stage, review: UUID, count: int | None = None) -> None:
    """Those who answer do, or the first `count` of them."""
    stage.box.prepare(stage.organisation, review, [stage.person(person) for person in everybody()])
    for person, answers in list(confided())[:count]:
        id = stage.person(person)
        said = {**answers, "unsaid": Answer(comment=Private(id, f"said by one of {person.rpartition('-')[0]}"))}
        stage.box.cast(stage.organisation, review, id, said)
