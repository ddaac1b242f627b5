"""Concerns through their commands: raised by those who are there, in own words, and judged by nobody else."""

from __future__ import annotations

import pytest

from application.command import PartyReference
from domain.concern import CONCERN, ConcernKind, ConcernStanding
from domain.kernel import Party
from tests.application.scenes import Fields, content, entry, imported, published, refused, request, state, words
from tests.support.stage import Stage

SAID: Fields = {"person": "ann", "strategy": "growth", "kind": ConcernKind.CARE, "text": "who looks after us?"}


@pytest.fixture
def stage() -> Stage:
    return published()


def test_it_says_whose_it_is_and_what_about(stage: Stage) -> None:
    about = PartyReference(unit="sales")
    said: Fields = {**SAID, "concern": "c", "about": about, "unit": "service", "put_to": "bob"}
    made = stage.say("concern.raised", "2026-03-05", by="ann", **said)
    found = content(stage, made)
    assert (found.person, found.strategy, found.kind) == (stage.person("ann"), stage.strategy("growth"), "care")
    assert (found.about, found.unit) == (Party("unit", stage.unit("sales")), stage.unit("service"))
    assert found.put_to == stage.person("bob")
    assert (words(stage, found.text), found.text.subject) == ("who looks after us?", stage.person("ann"))
    assert found.text.text is None


def test_how_it_was_addressed_is_its_authors_word(stage: Stage) -> None:
    stage.say("concern.raised", "2026-03-05", by="ann", concern="c", **SAID)
    made = stage.say("concern.addressed", "2026-03-06", by="bob", concern="c", how="we talked")
    assert content(stage, made).how.subject == stage.person("bob")
    with refused(stage, "addressed-by-nobody"):
        stage.say("concern.addressed", "2026-03-06", concern="c", how="we talked")


def test_nobody_from_outside_raises_one(stage: Stage) -> None:
    stage.say("guest.invited", "2026-03-04", person="gus", name="Gus")
    with refused(stage, "raised-from-outside", "person"):
        stage.say("concern.raised", "2026-03-05", by="gus", **{**SAID, "person": "gus"})


@pytest.mark.parametrize("named", [None, "the ombudswoman, room 7"])
def test_a_report_of_wrongdoing_is_sent_elsewhere(stage: Stage, named: str | None) -> None:
    if named is not None:
        stage.say("channel.named", "2026-03-04", channel=named)
    with refused(stage, "reports-go-elsewhere", "wrongdoing"):
        stage.say("concern.raised", "2026-03-05", by="ann", wrongdoing=True, **SAID)


def test_a_line_of_a_history_says_who_judged(stage: Stage) -> None:
    made = stage.say("concern.raised", "2026-03-05", by="ann", concern="c", **SAID)
    stage.say("concern.addressed", "2026-03-06", by="bob", concern="c", how="we talked")
    line = entry(stage, "concern.confirmed", "2026-03-07", concern="c")
    with refused(stage, "said-by-another"):
        stage.ledger.execute(request(stage, line, actor=imported()))
    stage.ledger.execute(request(stage, line, actor=imported(stage.person("ann"))))
    assert state(stage, CONCERN, made).standing is ConcernStanding.CONFIRMED


def test_one_raised_for_somebody_is_marked(stage: Stage) -> None:
    """Over HTTP nobody does that for anybody; the line of a history may tell it."""
    made = stage.ledger.execute(
        request(stage, entry(stage, "concern.raised", "2026-03-05", **SAID), actor=imported(stage.person("bob")))
    )
    (placed,) = stage.ledger.ledger_recorder.select_stream(stage.organisation, made.stream)
    assert stage.ledger.recorded(placed).event.actor.on_behalf_of == Party("person", stage.person("ann"))
