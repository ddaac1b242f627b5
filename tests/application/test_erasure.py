"""Erasure, through its commands: what goes, what stays, what stops it, and what the receipt says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adapters.crypto.vault import KeyErased
from application import answers
from application.deciding import Request
from application.erasure import complete, mentioning, receipt
from application.sealing import private_texts
from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.erasure import PersonErased
from domain.kernel import Actor
from domain.person import PERSON
from domain.sealed import TextKind
from tests.application.scenes import (
    Fields,
    content,
    entry,
    imported,
    published,
    recorded,
    refused,
    staffed,
    state,
    words,
)
from tests.support.stage import Stage

WHY = "request of 3 May"


def spoken() -> Stage:
    """Ann commits in her own words, and Bob speaks about her."""
    stage = published()
    stage.say("commitment.made", "2026-03-05", by="ann", party_person="ann", strategy="growth", goal="faster",
              level="committed", result="No call waits", reason="Mia asked me to")  # fmt: skip
    stage.say("acknowledgement.given", "2026-03-06", by="bob", person="bob", strategy="growth", reason="Ann told me")
    return stage


def all_words(stage: Stage) -> list[str | None]:
    """Every sealed text of the organisation that opens."""
    vault, found = stage.ledger.vault, list[str | None]()
    for placed in stage.ledger.ledger_recorder.select_positions(stage.organisation, limit=10_000):
        texts = list(private_texts(stage.ledger.recorded(placed).event))
        found += [text for text in vault.open(stage.organisation, texts) if text is not None]
    return found


class TestWhatGoes:
    def test_name_key_and_own_words_open_no_more_and_nobody_elses_go(self) -> None:
        stage = spoken()
        ann = stage.person("ann")
        assert {"Ann", "ann", "No call waits", "Mia asked me to", "Ann told me"} <= set(all_words(stage))
        stage.say("person.erased", "2026-05-04", by="bob", person="ann", reason=WHY)
        left = set(all_words(stage))
        assert left.isdisjoint({"Ann", "ann", "No call waits", "Mia asked me to"})
        assert {"Bob", "bob", "Ann told me", WHY} <= left
        assert stage.ledger.vault.erased(stage.organisation) == {ann: set(TextKind)}

    @pytest.mark.parametrize(
        ("kind", "gone", "stays"),
        [
            ("identity", {"Ann", "ann"}, {"No call waits", "Mia asked me to"}),
            ("words", {"No call waits", "Mia asked me to"}, {"Ann", "ann"}),
        ],
    )
    def test_one_kind_goes_and_the_other_stays(self, kind: str, gone: set[str], stays: set[str]) -> None:
        stage = spoken()
        stage.say("person.erased", "2026-05-04", person="ann", texts=(TextKind(kind),), reason=WHY)
        left = set(all_words(stage))
        assert (left & gone, left & stays) == (set(), stays)
        stage.say("person.erased", "2026-05-05", person=str(stage.person("ann")), reason=WHY)
        assert not set(all_words(stage)) & (gone | stays)

    def test_the_event_says_who_when_and_which_and_holds_nothing_personal(self) -> None:
        stage = spoken()
        done = stage.say("person.erased", "2026-05-04", by="bob", person="ann", reason=WHY)
        event = recorded(stage, done)
        assert (event.content, event.actor.person) == (PersonErased(), stage.person("bob"))
        assert event.reason is not None
        assert (event.reason.subject, words(stage, event.reason)) == (stage.organisation, WHY)

    def test_its_reason_stays_when_its_author_is_erased_too(self) -> None:
        stage = spoken()
        done = stage.say("person.erased", "2026-05-04", by="bob", person="bob", reason=WHY)
        assert words(stage, recorded(stage, done).reason) == WHY

    def test_all_who_keep_something_of_a_person_are_told(self) -> None:
        @dataclass
        class Box:
            told: list[tuple[UUID, UUID]] = field(default_factory=list[tuple[UUID, UUID]])

            def forget(self, organisation: UUID, person: UUID) -> None:
                self.told.append((organisation, person))

        stage, box = spoken(), Box()
        stage.ledger.keepers = (box,)
        stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        assert box.told == [(stage.organisation, stage.person("ann"))]

    def test_nothing_is_kept_for_them_anew(self) -> None:
        stage = spoken()
        stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        with pytest.raises(KeyErased):
            stage.say("commitment.made", "2026-05-05", by="bob", party_person="ann", strategy="growth",
                      level="committed", result="once more")  # fmt: skip
        stage.say("person.left", "2026-05-06", person="ann")
        with pytest.raises(KeyErased):
            stage.say("person.joined", "2026-05-07", person="ann", name="Ann")

    def test_what_a_crash_left_undone_is_made_up_for(self) -> None:
        stage = spoken()
        request = Request(
            organisation=stage.organisation,
            id=uuid4(),
            actor=Actor(),
            entries=(entry(stage, "person.erased", "2026-05-04", person="ann", reason=WHY),),
        )
        decided = stage.ledger.decide(request)
        # Recorded, and then the process is gone.
        stage.ledger.save(*decided.events, organisation=stage.organisation, known=[stage.day("2026-05-04")])
        assert "Ann" in all_words(stage)
        assert complete(stage.ledger, stage.organisation) == 1
        assert "Ann" not in all_words(stage)
        assert complete(stage.ledger, stage.organisation) == 0


class TestWhatStays:
    def test_every_figure_of_every_instant(self) -> None:
        stage = spoken()
        asked = [("2026-03-05", "2026-03-05"), ("2026-03-05", "2026-03-06"), ("2026-04-30", "2026-04-30")]
        before = [answers.alignment(stage.alignment("growth", *when)) for when in asked]
        stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        assert [answers.alignment(stage.alignment("growth", *when)) for when in asked] == before
        today = stage.alignment("growth", "2026-05-04", "2026-05-04")
        assert answers.alignment(today)["people_committed"]["count"] == before[-1]["people_committed"]["count"] == 1

    def test_the_person_with_their_places_and_statements(self) -> None:
        stage = spoken()
        ann = stage.person("ann")
        stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        known = state(stage, PERSON, ann, "2026-05-05")
        assert known.home(stage.day("2026-05-05")) == stage.unit("sales")
        stage.say("acknowledgement.given", "2026-05-06", by="bob", person=str(ann), strategy="growth")
        said = stage.questions.states.states(ACKNOWLEDGEMENT, stage.organisation, stage.ask().moment, subject=ann)
        assert len(said) == 1


class TestReceipt:
    def test_it_lists_each_text_with_the_commitment_that_proves_it_still(self) -> None:
        stage = spoken()
        ann = stage.person("ann")
        before = receipt(stage.ledger, stage.organisation, ann)
        assert (before.erasures, before.texts, before.gone_from_backups_by) == ((), (), None)
        sealed = {
            text.commitment: text
            for each in mentioning(stage.ledger, stage.organisation, ann)
            for text in private_texts(each.event)
            if text.subject == ann
        }
        shown = stage.ledger.vault.disclose(stage.organisation, list(sealed.values()))
        done = stage.say("person.erased", "2026-05-04", by="bob", person="ann", reason=WHY)
        told = receipt(stage.ledger, stage.organisation, ann)
        assert [each.commitment for each in told.texts] == list(sealed)
        assert [(each.topic, each.field, str(each.kind)) for each in told.texts] == [
            ("person.joined", "name", "identity"),
            ("person.joined", "key", "identity"),
            ("commitment.made", "reason", "words"),
            ("commitment.made", "terms.result", "words"),
        ]
        assert all(shown)
        (made,) = told.erasures
        assert (made.position, made.actor, set(made.kinds)) == (done.position, stage.person("bob"), set(TextKind))
        assert told.gone_from_backups_by == made.recorded_at + timedelta(days=7)

    def test_of_one_kind_it_lists_that_kind(self) -> None:
        stage = spoken()
        stage.say("person.erased", "2026-05-04", person="ann", texts=(TextKind.WORDS,), reason=WHY)
        told = receipt(stage.ledger, stage.organisation, stage.person("ann"))
        assert {str(each.kind) for each in told.texts} == {"words"}


class TestLegalHold:
    def test_it_stops_an_erasure_until_it_is_released(self) -> None:
        stage = spoken()
        stage.say("person.held", "2026-04-01", by="bob", person="ann", reason="case 17")
        with refused(stage, "person-on-hold", "person"):
            stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        assert "Ann" in all_words(stage)
        stage.say("person.released", "2026-05-05", person="ann", reason="case closed")
        stage.say("person.erased", "2026-05-06", person="ann", reason=WHY)
        assert "Ann" not in all_words(stage)

    def test_it_ends_when_it_was_said_to_end(self) -> None:
        stage = spoken()
        stage.say("person.held", "2026-04-01", person="ann", until=stage.day("2026-06-01"), reason="case 17")
        with refused(stage, "person-on-hold", until=stage.day("2026-06-01")):
            stage.say("person.erased", "2026-05-31", person="ann", reason=WHY)
        stage.say("person.erased", "2026-06-01", person="ann", reason=WHY)

    def test_nobody_gets_past_it_by_dating_an_erasure_to_before_it(self) -> None:
        stage = spoken()
        stage.say("person.held", "2026-04-01", person="ann", reason="case 17")
        with refused(stage, "person-on-hold"):
            stage.say("person.erased", "2026-03-31", known="2026-04-02", person="ann", reason=WHY)

    def test_it_outlasts_leaving(self) -> None:
        stage = spoken()
        stage.say("person.held", "2026-04-01", person="ann", reason="case 17")
        stage.say("person.left", "2026-04-02", person="ann")
        with refused(stage, "person-on-hold"):
            stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        stage.say("person.released", "2026-05-05", person="ann", reason="case closed")

    @pytest.mark.parametrize(
        ("topic", "said", "code"),
        [
            ("person.held", {}, "person-held-already"),
            ("person.held", {"until": "before"}, "hold-ends-before"),
            ("person.released", {}, "person-not-held"),
        ],
    )
    def test_one_holds_at_a_time(self, topic: str, said: Fields, code: str) -> None:
        stage = spoken()
        if code == "person-held-already":
            stage.say("person.held", "2026-04-01", person="ann", reason="case 17")
        fields: Fields = {name: stage.day("2026-04-02") for name in said}
        with refused(stage, code):
            stage.say(topic, "2026-04-02", person="ann", reason="case 18", **fields)


class TestRefusals:
    @pytest.mark.parametrize("topic", ["person.erased", "person.held", "person.released"])
    def test_each_needs_a_reason(self, topic: str) -> None:
        stage = spoken()
        with refused(stage, "reason-required", "reason", topic=topic):
            stage.say(topic, "2026-05-04", person="ann")

    def test_what_was_erased_is_not_erased_again(self) -> None:
        stage = spoken()
        stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        with refused(stage, "person-erased-already"):
            stage.say("person.erased", "2026-05-05", person="ann", texts=(TextKind.WORDS,), reason=WHY)

    def test_some_kind_of_text_is_named(self) -> None:
        stage = spoken()
        with refused(stage, "nothing-to-erase", "texts"):
            stage.say("person.erased", "2026-05-04", person="ann", texts=(), reason=WHY)

    @pytest.mark.parametrize("said", [{}, {"person": "ann", "texts": (TextKind.WORDS,)}])
    def test_nobody_takes_an_erasure_back(self, said: Fields) -> None:
        stage = spoken()
        done = stage.say("person.erased", "2026-05-04", person="ann", reason=WHY)
        with refused(stage, "erasure-is-for-good"):
            stage.correct(done, "person.erased", "2026-05-04", "2026-05-05", "a slip", **said)

    def test_nobody_is_erased_before_they_came(self) -> None:
        stage = staffed()
        with refused(stage, "person-not-present"):
            stage.say("person.erased", "2026-01-01", known="2026-01-03", person="ann", reason=WHY)

    def test_a_hold_can_be_corrected(self) -> None:
        stage = spoken()
        held = stage.say("person.held", "2026-04-01", person="ann", reason="case 17")
        again = stage.correct(
            held, "person.held", "2026-04-01", "2026-04-02", "wrong day", person="ann", until=stage.day("2026-06-01")
        )
        assert content(stage, again).until == stage.day("2026-06-01")


class TestClosing:
    def test_nothing_opens_and_nothing_is_recorded_any_more(self) -> None:
        stage = spoken()
        stage.say("organisation.closed", "2026-06-01")
        assert all_words(stage) == []
        with refused(stage, "organisation-gone", "organisation"):
            stage.say("person.left", "2026-06-02", person="bob")
        assert complete(stage.ledger, stage.organisation) == 0

    def test_no_line_of_a_history_closes_it(self) -> None:
        stage = spoken()
        with refused(stage, "closed-by-its-operator", "type"):
            line = entry(stage, "organisation.closed", "2026-06-01", actor=imported())
            stage.ledger.execute(Request(organisation=stage.organisation, id=uuid4(), actor=Actor(), entries=(line,)))
