"""A correction keeps the record, its id and its keys; what it says anew is decided as if it had been said then."""

from __future__ import annotations

from typing import Any

import pytest

from domain.goal import GOAL
from domain.kernel import Word
from domain.organisation import ORGANISATION, ClockKind
from domain.person import PERSON
from domain.strategy import STRATEGY
from tests.application.scenes import (
    Fields,
    content,
    correction,
    drafted,
    entry,
    publish,
    published,
    receipt_at,
    recorded,
    refused,
    request,
    staffed,
    state,
    words,
)
from tests.support.stage import Stage

WHY = "it was entered wrongly"
FOUNDED: Fields = {"organisation": "acme", "zone": "Europe/Berlin", "clock": ClockKind.SIMULATED}
MADE: Fields = {"party_person": "ann", "strategy": "growth"}


def opened(stage: Stage, **said: Any) -> Fields:
    """The words of a review opened on 5 March."""
    return {
        "kind": "clarity_check",
        "title": "Clear?",
        "strategy": "growth",
        "participants": ("ann", "bob"),
        "questionnaire": "clear-believable-implementable",
        "closes": stage.day("2026-04-01"),
        **said,
    }


class TestOrganisation:
    def test_a_founding_may_say_something_else_of_the_same_organisation(self) -> None:
        stage = staffed()
        founding = stage.ledger.timeline(ORGANISATION, stage.organisation, stage.organisation).facts[0]
        first = stage.ledger.ledger_recorder.select_positions(stage.organisation, limit=1)[0]
        said = correction(stage, receipt_at(stage, first.position))
        stage.ledger.execute(
            request(
                stage,
                entry(
                    stage,
                    "organisation.founded",
                    "2025-12-01",
                    known="2026-02-01",
                    reason=WHY,
                    correction=said,
                    name="Acme & Sons",
                    grace_days=3,
                    **FOUNDED,
                ),
            )
        )
        organisation = stage.ledger.organisation(stage.organisation)
        assert (organisation.name, organisation.grace_days, organisation.key) == ("Acme & Sons", 3, "acme")
        assert organisation.founded_at == stage.day("2025-12-01") < founding.effective_at

    @pytest.mark.parametrize(
        ("changed", "code"),
        [({"organisation": "other"}, "corrects-another-record"), ({"clock": ClockKind.REAL}, "clock-is-for-good")],
    )
    def test_it_stays_the_organisation_that_it_is(self, changed: Fields, code: str) -> None:
        stage = staffed()
        said = correction(stage, receipt_at(stage, 1))
        with refused(stage, code):
            stage.ledger.execute(
                request(
                    stage,
                    entry(
                        stage,
                        "organisation.founded",
                        "2026-01-01",
                        known="2026-02-01",
                        reason=WHY,
                        correction=said,
                        name="Acme",
                        **{**FOUNDED, **changed},
                    ),
                )
            )

    def test_it_cannot_have_been_founded_after_what_happened_in_it(self) -> None:
        stage = staffed()
        said = correction(stage, receipt_at(stage, 1))
        with refused(stage, "conflicts-with-later-fact", "at"):
            stage.ledger.execute(
                request(
                    stage,
                    entry(
                        stage,
                        "organisation.founded",
                        "2026-01-20",
                        known="2026-02-01",
                        reason=WHY,
                        correction=said,
                        name="Acme",
                        **FOUNDED,
                    ),
                )
            )


class TestUnit:
    @pytest.mark.parametrize("named", ["key", "id", None])
    def test_a_forming_stays_with_its_unit(self, named: str | None) -> None:
        stage = staffed()
        formed = stage.say("unit.formed", "2026-01-05", unit="north", name="Norht", kind="team", parent="acme")
        reference = {"key": "north", "id": str(stage.unit("north")), None: None}[named]
        stage.correct(
            formed,
            "unit.formed",
            "2026-01-04",
            "2026-01-06",
            WHY,
            unit=reference,
            name="North",
            kind="team",
            parent="sales",
        )
        unit = stage.ledger.organisation(stage.organisation).chart.unit(stage.unit("north"))
        assert unit is not None
        assert (unit.key, unit.label(stage.day("2026-01-05")).name) == ("north", "North")
        assert unit.since == stage.day("2026-01-04")

    def test_a_forming_becomes_no_other_unit(self) -> None:
        stage = staffed()
        formed = stage.say("unit.formed", "2026-01-05", unit="north", name="North", kind="team", parent="acme")
        for other in ("south", "sales"):
            with refused(stage, "corrects-another-record", "replaces", what="unit"):
                stage.correct(formed, "unit.formed", "2026-01-05", "2026-01-06", WHY, unit=other, name="N", kind="team")

    def test_a_forming_that_was_taken_back_can_stand_again(self) -> None:
        stage = staffed()
        formed = stage.say("unit.formed", "2026-01-05", unit="north", name="North", kind="team", parent="acme")
        stage.correct(formed, "unit.formed", "2026-01-05", "2026-01-06", "never formed")
        assert stage.ledger.organisation(stage.organisation).chart.unit(stage.unit("north")) is None
        stage.correct(formed, "unit.formed", "2026-01-05", "2026-01-07", "it was", unit="north", name="N", kind="team")
        assert stage.ledger.organisation(stage.organisation).chart.unit(stage.unit("north")) is not None

    def test_what_happened_to_one_unit_may_have_happened_to_another(self) -> None:
        stage = staffed()
        renamed = stage.say("unit.renamed", "2026-01-05", unit="sales", name="Selling")
        stage.correct(renamed, "unit.renamed", "2026-01-05", "2026-01-06", WHY, unit="service", name="Serving")
        chart, at = stage.ledger.organisation(stage.organisation).chart, stage.day("2026-01-06")
        assert (chart.name(stage.unit("sales"), at), chart.name(stage.unit("service"), at)) == ("Sales", "Serving")


class TestPerson:
    @pytest.mark.parametrize("named", ["dee", "id", None])
    def test_a_joining_keeps_person_and_key(self, named: str | None) -> None:
        stage = staffed()
        joined = stage.say("person.joined", "2026-01-05", person="dee", name="De")
        reference = str(joined.stream) if named == "id" else named
        again = stage.correct(joined, "person.joined", "2026-01-04", "2026-01-06", WHY, person=reference, name="Dee")
        assert again.stream == joined.stream == stage.person("dee")
        assert (words(stage, content(stage, again).key), words(stage, content(stage, again).name)) == ("dee", "Dee")
        assert stage.say("rank.held", "2026-01-07", person="dee", rank="x").stream == joined.stream

    @pytest.mark.parametrize("other", ["ann", "nobody"])
    def test_a_joining_becomes_nobody_elses(self, other: str) -> None:
        stage = staffed()
        joined = stage.say("person.joined", "2026-01-05", person="dee")
        with refused(stage, "corrects-another-record", "replaces", what="person"):
            stage.correct(joined, "person.joined", "2026-01-05", "2026-01-06", WHY, person=other)

    @pytest.mark.parametrize(
        ("topic", "said"),
        [
            ("membership.began", {"unit": "service"}),
            ("rank.held", {"rank": "director"}),
            ("manager.assigned", {"manager": "bob"}),
            ("access.granted", {"role": "auditor"}),
        ],
    )
    def test_what_is_said_of_one_person_is_never_moved_to_another(self, topic: str, said: Fields) -> None:
        stage = staffed()
        receipt = stage.say(topic, "2026-01-05", person="ann", **said)
        with refused(stage, "corrects-another-record", what="person"):
            stage.correct(receipt, topic, "2026-01-05", "2026-01-06", WHY, person="cy", **said)
        corrected = stage.correct(receipt, topic, "2026-01-04", "2026-01-06", WHY, person="ann", **said)
        assert corrected.stream == stage.person("ann")
        assert recorded(stage, corrected).word is Word.REPLACEMENT

    def test_a_guest_and_a_return_are_corrected_alike(self) -> None:
        stage = staffed()
        guest = stage.say("guest.invited", "2026-01-05", person="gus", name="Gus")
        again = stage.correct(guest, "guest.invited", "2026-01-04", "2026-01-06", WHY, person="gus", name="Gustav")
        assert words(stage, content(stage, again).key) == "gus"
        stage.say("person.left", "2026-01-07", person="gus")
        back = stage.say("person.joined", "2026-01-09", person="gus")
        stage.correct(back, "person.joined", "2026-01-08", "2026-01-10", WHY, person="gus")
        assert state(stage, PERSON, guest).present(stage.day("2026-01-08"))

    def test_where_a_key_was_erased_a_correction_does_not_bring_it_back(self) -> None:
        stage = staffed()
        joined = stage.say("person.joined", "2026-01-05", name="Dee", person="dee")
        vault = stage.ledger.vault
        assert hasattr(vault, "erase")
        vault.erase(stage.organisation, joined.stream)
        again = stage.correct(joined, "person.joined", "2026-01-04", "2026-01-06", WHY, person=str(joined.stream))
        assert content(stage, again).key is None


class TestStrategy:
    @pytest.mark.parametrize("named", ["growth", "id", None])
    def test_a_drafting_keeps_strategy_and_key(self, named: str | None) -> None:
        stage = drafted()
        first = stage.ledger.timeline(STRATEGY, stage.organisation, stage.strategy("growth")).facts[0]
        assert first.version == 1
        receipt = receipt_at(
            stage, stage.ledger.ledger_recorder.select_stream(stage.organisation, first.stream)[0].position
        )
        reference = str(first.stream) if named == "id" else named
        stage.correct(receipt, "strategy.drafted", "2026-03-01", "2026-03-04", WHY, strategy=reference, title="Grow")
        strategy = state(stage, STRATEGY, first.stream)
        assert (strategy.title, strategy.key) == ("Grow", "growth")

    def test_what_is_said_of_one_strategy_is_never_moved_to_another(self) -> None:
        stage = drafted()
        stage.say("strategy.drafted", "2026-03-03", strategy="other", title="Other")
        revised = stage.say("strategy.revised", "2026-03-03", strategy="growth", element="x", kind="value", text="Care")
        with refused(stage, "corrects-another-record", what="strategy"):
            stage.correct(
                revised,
                "strategy.revised",
                "2026-03-03",
                "2026-03-04",
                WHY,
                strategy="other",
                element="x",
                kind="value",
                text="Care",
            )
        named = stage.say("accountable.named", "2026-03-04", for_="vision", strategy="growth", person="ann")
        stage.say("strategy.revised", "2026-03-04", strategy="other", element="vision", kind="vision", text="V")
        with refused(stage, "corrects-another-record", what="strategy"):
            stage.correct(
                named,
                "accountable.named",
                "2026-03-04",
                "2026-03-05",
                WHY,
                for_="vision",
                strategy="other",
                person="ann",
            )

    def test_a_publication_is_corrected_with_its_number(self) -> None:
        stage = published()
        second = publish(stage, "2026-03-10")
        publish(stage, "2026-03-20", "mission")
        stage.correct(second, "strategy.published", "2026-03-10", "2026-03-25", WHY, strategy="growth", material=False)
        publications = state(stage, STRATEGY, second).publications
        assert [(each.revision, each.material) for each in publications] == [(1, True), (2, False), (3, True)]
        assert publications[1].submitted

    def test_a_publication_that_others_rest_on_is_not_taken_back(self) -> None:
        stage = published()
        second = publish(stage, "2026-03-10")
        publish(stage, "2026-03-20", "mission")
        with refused(stage, "conflicts-with-later-fact"):
            stage.correct(second, "strategy.published", "2026-03-10", "2026-03-25", "never published")


class TestGoal:
    def test_a_proposal_keeps_goal_and_key(self) -> None:
        stage = published()
        proposed = stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="better", title="Beter")
        for reference, title in (("better", "Better"), (str(proposed.stream), "Best"), (None, "Best of all")):
            stage.correct(
                proposed,
                "goal.proposed",
                "2026-03-05",
                "2026-03-06",
                WHY,
                goal=reference,
                strategy="growth",
                title=title,
            )
            goal = state(stage, GOAL, proposed)
            assert (goal.title, goal.key) == (title, "better")

    def test_a_goal_stays_with_its_strategy(self) -> None:
        stage = published()
        stage.say("strategy.drafted", "2026-03-04", strategy="calm", title="Calm")
        proposed = stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="better", title="Better")
        with refused(stage, "moves-to-another-strategy", "strategy"):
            stage.correct(
                proposed,
                "goal.proposed",
                "2026-03-05",
                "2026-03-06",
                WHY,
                goal="better",
                strategy="calm",
                title="Better",
            )

    def test_what_is_said_of_one_goal_is_never_moved_to_another(self) -> None:
        stage = published()
        stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="better", title="Better")
        accepted = stage.say("goal.accepted", "2026-03-06", goal="better")
        with refused(stage, "corrects-another-record", what="goal"):
            stage.correct(accepted, "goal.accepted", "2026-03-06", "2026-03-07", WHY, goal="faster")
        changed = stage.say("goal.changed", "2026-03-06", goal="better", title="Best")
        with refused(stage, "corrects-another-record", what="goal"):
            stage.correct(changed, "goal.changed", "2026-03-06", "2026-03-07", WHY, goal="faster", title="Best")
        stage.correct(changed, "goal.changed", "2026-03-06", "2026-03-07", WHY, goal="better", title="Best yet")
        assert state(stage, GOAL, accepted).title == "Best yet"
