"""What an import records, what it refuses, and that it ends the same however often it was interrupted."""

from __future__ import annotations

import json
import threading
from uuid import uuid4

import pytest

from application.command import Command
from application.deciding import Entry, Request
from application.ledger import OrganisationUnknown
from application.organisation import FormUnit
from application.person import JoinPerson
from application.staging import ImportRunning
from domain.commitment import COMMITMENT, Standing
from domain.kernel import Actor
from domain.organisation import ORGANISATION
from domain.person import PERSON
from tests.interchange.conftest import Place, Said, founded, header, joined, line, small_history, unit


def record(place: Place, *commands: Command) -> None:
    """Another user records something meanwhile."""
    for command in commands:
        place.avow.ledger.execute(
            Request(
                organisation=place.organisation,
                id=uuid4(),
                actor=Actor(service="another user"),
                entries=(Entry(command=command),),
            )
        )


def reasons(place: Place) -> dict[int, str]:
    return {each.number: each.code for each in place.refused}


def test_a_history_is_recorded_in_its_order(place: Place) -> None:
    history = small_history()

    report = place.bring_in(history)

    assert (report.recorded, report.refused, report.passed_over) == (len(history) - 1, 0, 0)
    assert report.position == place.position == len(history) - 1
    placed = place.avow.ledger.ledger_recorder.select_positions(place.organisation)
    topics = [each.topic for each in placed]
    assert topics[:4] == ["organisation.founded", "unit.formed", "unit.formed", "person.joined"]


def test_statements_carry_who_acted_and_where_they_come_from(place: Place) -> None:
    place.bring_in(small_history())
    ledger, organisation = place.avow.ledger, place.organisation
    anna = ledger.book(organisation).find("person", "anna")
    made = next(
        ledger.recorded(each).event
        for each in ledger.ledger_recorder.select_positions(organisation, topics=["commitment.made"])
    )
    origin = made.actor.imported

    assert made.actor.person == anna
    assert made.actor.on_behalf_of is None
    assert origin is not None
    assert (origin.source, origin.line) == ("files", 13)
    assert origin.id is not None
    assert origin.id.subject == anna
    assert place.avow.vault.open(organisation, [origin.id]) == ["c"]


def test_the_reason_of_the_header_covers_what_is_late_and_no_more(place: Place) -> None:
    place.bring_in(small_history())
    ledger, organisation = place.avow.ledger, place.organisation
    events = [ledger.recorded(each).event for each in ledger.ledger_recorder.select_positions(organisation)]
    told = [event.reason for event in events if event.reason is not None]
    opened = set(place.avow.vault.open(organisation, told))
    assert opened == {"taken over", "holidays", "misread", "it was somebody else"}


def test_lateness_without_any_reason_is_refused(place: Place) -> None:
    report = place.bring_in([header(reason=None), founded(), unit("top")])
    assert reasons(place) == {3: "late-without-reason"}
    assert report.recorded == place.position == 0


def test_tied_lines_are_one_request(place: Place) -> None:
    place.bring_in(small_history())
    ledger = place.avow.ledger
    placed = ledger.ledger_recorder.select_positions(place.organisation, after=3, until=5)
    joining, membership = [ledger.recorded(each).event for each in placed]
    assert joining.command == membership.command
    assert (joining.index, membership.index) == (0, 1)


def test_a_bare_date_is_the_first_instant_of_the_day_there(place: Place) -> None:
    place.bring_in(small_history())
    founding = place.avow.ledger.timeline(ORGANISATION, place.organisation, place.organisation).facts[0]
    assert founding.effective_at.isoformat() == "2019-12-31T23:00:00+00:00"


def test_corrections_are_newer_words_on_earlier_lines(place: Place) -> None:
    place.bring_in(small_history())
    ledger, organisation = place.avow.ledger, place.organisation
    stream = ledger.book(organisation).find("commitment", "phones/anna")
    assert stream is not None
    timeline = ledger.timeline(COMMITMENT, organisation, stream)
    assert [fact.version for fact in timeline.facts] == [1, 2]
    assert str(timeline.state().terms.by_when) == "2020-10-31"
    assert timeline.state().standing is Standing.OPEN


def test_a_line_that_was_imported_is_passed_over(place: Place) -> None:
    history = small_history()
    place.bring_in(history)
    again = place.bring_in([*history, unit("late", parent="top")])
    assert (again.recorded, again.passed_over) == (1, len(history) - 1)
    assert place.bring_in(history).recorded == 0


def test_spelling_does_not_make_another_line(place: Place) -> None:
    history = small_history()
    place.bring_in(history)
    respelt = place.folder / "respelt.jsonl"
    written = [json.loads(each) for each in place.write(history).read_text().splitlines()]
    respelt.write_text(
        "".join(json.dumps(dict(reversed(each.items())), separators=(",", ":")) + "\r\n\n" for each in written)
    )
    assert place.bring_in(respelt).passed_over == len(history) - 1


def test_the_same_id_with_other_content_is_refused(place: Place) -> None:
    place.bring_in([header(), founded(), unit("top")])
    place.bring_in([header(), founded(), unit("top", name="Another")])
    assert reasons(place) == {3: "line-changed"}


def test_an_id_that_comes_twice_is_refused(place: Place) -> None:
    place.bring_in([header(), founded(), unit("top"), unit("top")])
    assert reasons(place) == {4: "line-twice"}


def test_the_same_id_of_another_source_is_another_line(place: Place) -> None:
    place.bring_in([header(), founded(), unit("top")])
    assert place.bring_in([header(source="elsewhere"), line("u-top", "unit.formed", "2020-01-02", unit="side", name="S",
                                                              kind="team")]).recorded == 1  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        unit("service", parent="later"),
        line("x", "membership.began", "2020-01-03", person="later", unit="top"),
        line("x", "strategy.drafted", "2020-01-03", strategy="s", title="S", actor="later"),
        line("x", "commitment.withdrawn", "2020-01-03", commitment="later"),
    ],
)
def test_a_reference_to_a_later_line_is_refused(place: Place, wrong: Said) -> None:
    later = [unit("later"), joined("later")]
    place.bring_in([header(), founded(), unit("top"), wrong, *later])
    assert reasons(place) == {4: "unknown-reference"}
    assert place.position == 0


def test_a_correction_of_a_later_line_is_refused(place: Place) -> None:
    place.bring_in([header(), founded(), {"id": "x", "retracts": "u-top"}, unit("top")])
    assert reasons(place) == {3: "line-unknown"}


def test_a_correction_has_the_type_of_what_it_corrects(place: Place) -> None:
    wrong = line("x", "person.joined", "2020-01-03", person="anna", replaces="u-top")
    place.bring_in([header(), founded(), unit("top"), wrong])
    assert reasons(place) == {4: "nothing-to-correct"}


def test_a_correction_may_come_in_a_later_import(place: Place) -> None:
    history = small_history()
    place.bring_in(history)
    again = line("c3c", "commitment.changed", "2020-04-07", commitment="phones/anna", level="committed", replaces="c3b")
    assert place.bring_in([header(), again]).recorded == 1
    stream = place.avow.ledger.book(place.organisation).find("commitment", "phones/anna")
    assert stream is not None
    facts = place.avow.ledger.timeline(COMMITMENT, place.organisation, stream).facts
    assert [(fact.version, fact.word) for fact in facts] == [(1, 1), (2, 4)]


def test_nothing_is_recorded_unless_every_line_holds(place: Place) -> None:
    history = small_history()
    history.insert(6, unit("service"))
    history[6]["id"] = "again"
    report = place.bring_in(history)
    assert reasons(place) == {7: "unit-already-formed"}
    assert report.recorded == place.position == 0


def test_keeping_going_records_what_holds(place: Place) -> None:
    history = small_history()
    history[4]["email"] = 5  # anna, so the line tied to hers, and whatever names her
    report = place.bring_in(history, keep_going=True)
    assert reasons(place)[5] == "field-invalid"
    assert reasons(place)[6] == "tied-to-refused"
    assert reasons(place)[13] == "rests-on-refused"
    assert report.recorded == place.position == len(history) - 1 - report.refused
    del history[4]["email"]
    mended = place.bring_in([history[0], *[history[each.number - 1] for each in list(place.refused)]])
    assert mended.refused == 0
    assert place.position == len(history) - 1


def test_what_rests_on_a_refused_line_names_it(place: Place) -> None:
    unreadable, undecidable = joined("anna", at="no instant"), joined("ben", actor="nobody")
    members = [
        line(f"m-{key}", "membership.began", "2020-02-01", person=key, unit="top") for key in ("anna", "ben", "cy")
    ]

    place.bring_in([header(), founded(), unit("top"), unreadable, undecidable, *members])

    assert {each.id: (each.field, each.rule) for each in place.refused if each.id in {"m-anna", "m-ben", "m-cy"}} == {
        "m-anna": ("person", "there is no person 'anna': 'p-anna', which was to begin it, was refused"),
        "m-ben": ("person", "there is no person 'ben': 'p-ben', which was to begin it, was refused"),
        "m-cy": ("person", "there is no person 'cy' in this organisation"),
    }


def test_the_founding_has_the_key_of_the_header(place: Place) -> None:
    history = place.write([header(), founded()])
    first, second = history.read_text().splitlines()
    history.write_text(
        first + "\n" + second.replace(f'"organisation": "{place.key}"', '"organisation": "another"') + "\n"
    )

    place.bring_in(history)

    assert [(each.field, each.rule) for each in place.refused] == [
        ("organisation", "'another' is not the key of the organisation that this founds")
    ]


def test_a_history_needs_its_founding_first(place: Place) -> None:
    with pytest.raises(OrganisationUnknown):
        place.bring_in([header(), unit("top")])


def test_known_times_are_for_simulated_organisations(place: Place) -> None:
    place.bring_in([header(), founded(), unit("top", known="2020-01-02T00:00:00Z")])
    assert reasons(place) == {3: "known-time-not-yours"}


def test_a_simulated_organisation_knows_what_its_lines_knew(place: Place) -> None:
    history = [
        header(reason=None),
        founded(clock="simulated", known="2020-01-01T08:00:00Z"),
        unit("top", known="2020-01-02T08:00:00Z"),
        unit("side", known="2020-01-02T08:00:00Z"),
        line("m", "unit.moved", "2020-02-01", unit="side", parent="top", known="2020-01-15T00:00:00Z"),
        joined("anna", "2020-01-16"),
        line("s", "strategy.drafted", "2020-03-01T00:00:00Z", strategy="2020", title="S"),
    ]
    assert place.bring_in(history).refused == 0
    recorder, organisation = place.avow.ledger.ledger_recorder, place.organisation
    assert [recorder.recorded_at(organisation, position).isoformat() for position in range(1, 7)] == [  # type: ignore[union-attr]
        "2020-01-01T08:00:00+00:00",
        "2020-01-02T08:00:00+00:00",
        "2020-01-02T08:00:00.000001+00:00",
        "2020-01-15T00:00:00+00:00",
        "2020-01-15T00:00:00.000001+00:00",
        "2020-03-01T00:00:00+00:00",
    ]
    place.bring_in([*history, unit("late", known="2020-02-01T00:00:00Z")])
    assert reasons(place) == {8: "known-time-not-yours"}


def test_an_import_is_the_only_one_into_its_organisation(place: Place) -> None:
    with place.avow.staging(place.organisation).occupy(), pytest.raises(ImportRunning):
        place.bring_in(small_history())
    assert place.bring_in(small_history()).refused == 0


@pytest.mark.parametrize("stopped_after", [1, 2, 3])
def test_an_import_that_is_killed_is_completed_by_the_next(place: Place, stopped_after: int) -> None:
    appends = 0

    class Killed(BaseException):
        pass

    def stop(stage: str, _: int) -> None:
        nonlocal appends
        appends += stage == "record"
        if appends == stopped_after:
            raise Killed

    with pytest.raises(Killed):
        place.bring_in(small_history(), lines_a_batch=4, progress=stop)
    recorded = place.position
    assert 0 < recorded < len(small_history()) - 1

    report = place.bring_in(small_history(), lines_a_batch=4)

    assert report.passed_over == recorded
    assert place.position == len(small_history()) - 1
    topics = [each.topic for each in place.avow.ledger.ledger_recorder.select_positions(place.organisation)]
    assert len(topics) == len(small_history()) - 1


def test_an_import_that_was_stopped_goes_on_in_simulated_time(place: Place) -> None:
    """Events known at one instant are stored microseconds apart: that must not refuse the lines still to come."""
    known = "2020-01-05T00:00:00Z"
    units = [unit(f"unit-{number}", known=known) for number in range(20)]
    history = [header(), founded(clock="simulated", known="2020-01-01T08:00:00Z"), *units]
    place.bring_in(history[:12])
    assert place.bring_in(history).refused == 0
    assert place.position == 21


def test_what_others_record_meanwhile_is_decided_again(place: Place) -> None:
    place.bring_in([header(), founded(), unit("top")])
    done: list[str] = []

    def meanwhile(stage: str, _: int) -> None:
        if not done:
            done.append(stage)
            record(place, FormUnit(unit="theirs", name="Theirs", kind="team"), JoinPerson(person="zoe"))

    lines = [header(source="second"), *(unit(f"n{number}", parent="top") for number in range(5)), joined("anna")]
    report = place.bring_in(lines, progress=meanwhile)

    assert (report.recorded, report.refused) == (6, 0)
    timeline = place.avow.ledger.timeline(ORGANISATION, place.organisation, place.organisation)
    assert sorted(fact.version for fact in timeline.facts) == list(range(1, 9))


def test_what_others_overtook_is_refused_with_all_that_rests_on_it(place: Place) -> None:
    place.bring_in([header(), founded(), unit("top")])

    def meanwhile(stage: str, lines: int) -> None:
        if (stage, lines) == ("check", 7):
            record(place, FormUnit(unit="n1", name="Theirs", kind="team"), JoinPerson(person="anna"))

    lines = [
        header(source="second"),
        unit("n0", parent="top"),
        unit("n1", parent="top"),
        unit("n2", parent="top"),
        joined("anna"),
        line("m", "membership.began", "2020-01-03", person="anna", unit="n2"),
        line("r", "unit.renamed", "2020-01-05", unit="n2", name="Second"),
        line("r1", "unit.formed", "2020-01-02", unit="n1", name="First", kind="team", replaces="u-n1"),
    ]
    report = place.bring_in(lines, lines_a_batch=2, progress=meanwhile)

    assert reasons(place)[3] == "conflicts-with-later-fact"
    assert reasons(place)[5] == "key-taken-meanwhile"
    assert reasons(place)[6] == "beginning-refused"
    assert reasons(place)[8] == "beginning-refused"
    assert report.recorded == 3
    chart = place.avow.ledger.organisation(place.organisation).chart
    assert {label.labels[-1].name for _, label in chart.units()} == {"Top", "N0", "Theirs", "Second"}


def test_an_import_stops_nobody(place: Place) -> None:
    """Others record throughout, on the import's own streams too; all of it is there in the end."""
    place.bring_in([header(), founded(), unit("top")])
    over = threading.Event()
    theirs: list[str] = []

    def others() -> None:
        while not over.is_set() and len(theirs) < 100:
            key = f"theirs-{len(theirs)}"
            record(place, FormUnit(unit=key, name=key, kind="team"))
            theirs.append(key)

    thread = threading.Thread(target=others)
    thread.start()
    try:
        lines = [header(source="second"), *(unit(f"n{number}", parent="top") for number in range(300))]
        report = place.bring_in(lines, lines_a_batch=20)
    finally:
        over.set()
        thread.join()
    assert (report.recorded, report.refused) == (300, 0)
    assert place.position == 2 + 300 + len(theirs)


def test_the_line_is_named_where_a_rule_of_the_aggregate_is_broken(place: Place) -> None:
    history = small_history()
    history[13]["level"] = "maybe"
    place.bring_in(history)
    (refused,) = place.refused
    assert (refused.number, refused.id, refused.field, refused.code) == (14, "c2", "level", "level-not-on-scale")
    assert "use one of" in refused.way_out


def test_what_was_forgotten_is_asked_for_again(place: Place) -> None:
    assert place.bring_in(small_history(), lines_a_batch=1, streams_kept=0).refused == 0
    people = {place.avow.ledger.book(place.organisation).find("person", key) for key in ("anna", "ben")}
    assert all(person and place.avow.ledger.timeline(PERSON, place.organisation, person).version for person in people)
