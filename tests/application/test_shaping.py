"""Shaping through its commands: who proposes for which draft, who owes the answer, and the share who took part."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.access import AccessRole
from domain.element import content_hash
from domain.owed import Call
from domain.proposal import PROPOSAL
from domain.scope import Scope, population
from domain.shaping import Shaped, shaped
from domain.strategy import STRATEGY
from tests.application.scenes import content, drafted, entry, imported, refused, request, state, words
from tests.support.stage import Stage


def proposes(stage: Stage, by: str, at: str, text: str = "Say it shorter", **more: Any) -> str:
    made = stage.say("proposal.made", at, strategy="growth", text=text, by=by, **more)
    return str(made.stream)


def shaping(stage: Stage, valid: str, known: str, unit: str | None = None) -> Shaped:
    asked = stage.ask(valid, known)
    situation = stage.questions.situation(asked, stage.strategy("growth"))
    assert situation is not None
    made = stage.questions.states.states(PROPOSAL, stage.organisation, asked.moment, strategy=stage.strategy("growth"))
    scope = Scope(unit=stage.unit(unit) if unit else None)
    inside = population(situation.organisation.chart, situation.people, scope, asked.valid_at)
    return shaped(situation, made, inside)


def test_a_proposal_is_bound_to_the_draft_and_to_those_who_drafted() -> None:
    stage = drafted()
    made = stage.say("proposal.made", "2026-03-02", strategy="growth", element="vision", text="Shorter", by="cy")
    said, draft = content(stage, made), state(stage, STRATEGY, stage.strategy("growth")).draft
    assert (said.content_hash, said.drafters) == (content_hash(draft.elements), (stage.person("ann"),))
    assert (words(stage, said.text), said.text.subject) == ("Shorter", stage.person("cy"))
    stage.say(
        "strategy.revised", "2026-03-04", strategy="growth", element="vision", kind="vision", text="New", by="bob"
    )
    later = stage.say("proposal.made", "2026-03-05", strategy="growth", text="Longer", by="cy")
    assert content(stage, later).drafters == (stage.person("ann"), stage.person("bob"))
    assert content(stage, later).content_hash != said.content_hash


def test_what_a_draft_does_not_have_is_no_element_to_shape() -> None:
    stage = drafted()
    with refused(stage, "target-element-unknown", "element"):
        proposes(stage, "cy", "2026-03-02", element="values")
    with refused(stage, "proposal-empty", "text"):
        proposes(stage, "cy", "2026-03-02", text="  ")
    with refused(stage, "nobody-proposes", "person"):
        stage.ledger.execute(
            request(stage, entry(stage, "proposal.made", "2026-03-02", strategy="growth", text="X"), actor=imported())
        )


def test_a_draft_is_not_open_until_a_day_that_has_passed() -> None:
    stage = drafted()
    with refused(stage, "open-until-before", "last_day"):
        stage.say("shaping.opened", "2026-03-10", strategy="growth", last_day=date(2026, 3, 9))
    with refused(stage, "shaping-not-open", "strategy"):
        stage.say("shaping.closed", "2026-03-10", strategy="growth")


def test_where_none_who_drafted_is_there_whoever_drafts_now_owes_the_answer() -> None:
    stage = drafted()
    made = proposes(stage, "cy", "2026-03-04")
    stage.say("access.granted", "2026-03-04", person="bob", role=AccessRole.STRATEGIST)

    def asked(person: str, day: str) -> list[str]:
        owed = stage.questions.owed(stage.ask(day), stage.person(person))
        return [str(each.record) for each in owed if each.call is Call.REPLY]

    assert (asked("ann", "2026-03-04"), asked("bob", "2026-03-04")) == ([made], [])
    stage.say("person.left", "2026-03-05", person="ann")
    assert (asked("ann", "2026-03-05"), asked("bob", "2026-03-05")) == ([], [made])
    stage.say("strategy.retired", "2026-03-06", strategy="growth")
    assert asked("bob", "2026-03-06") == []


@pytest.mark.parametrize(("unit", "took_part"), [(None, "ann cy"), ("sales", "ann cy"), ("service", "")])
def test_who_takes_part_does_so_once_and_themselves(unit: str | None, took_part: str) -> None:
    stage = drafted()
    for _ in range(2):
        proposes(stage, "cy", "2026-03-04")
    proposes(stage, "ann", "2026-03-04")
    proposes(stage, "ann", "2026-03-04", person="bob")
    found = shaping(stage, "2026-03-04", "2026-03-04", unit)
    assert found.whole.took_part == {stage.person(each) for each in took_part.split()}


def test_who_left_took_part_and_is_counted_among_nobody() -> None:
    stage = drafted()
    proposes(stage, "cy", "2026-03-04")
    stage.say("person.left", "2026-03-05", person="cy")
    found = shaping(stage, "2026-03-05", "2026-03-05", "sales")
    assert (len(found.whole.took_part), len(found.whole.people), len(found.proposals)) == (0, 1, 1)


def test_a_proposal_from_before_its_author_joined_has_no_effect() -> None:
    stage = drafted()
    joined = stage.say("person.joined", "2026-03-03", person="dee")
    proposes(stage, "dee", "2026-03-04")
    stage.correct(joined, "person.joined", "2026-03-10", "2026-03-10", "began a week later", person="dee")
    found = shaping(stage, "2026-03-10", "2026-03-10")
    assert (len(found.proposals), [each.reason for each in found.unapplied]) == (
        0,
        ["its person had not joined by then"],
    )
