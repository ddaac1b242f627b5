"""What is taken out and brought in again is the same history, at every valid time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.bootstrap import in_memory
from adapters.interchange.reading import HistoryFile
from adapters.sample import sample_history
from application.deciding import Entry, Request
from application.desk import organisation_id
from application.importing import Import
from application.occurrences import review_of
from application.organisation import FormUnit
from domain.catalogue import aggregate_of
from domain.kernel import Actor, Event
from domain.review import REVIEW
from domain.temporal import Timeline
from tests.interchange.conftest import Place, Said, founded, header, joined, line, small_history, unit


def lines(written: list[bytes]) -> list[Said]:
    return [json.loads(each) for each in written]


def test_every_event_becomes_the_line_it_was(place: Place) -> None:
    history = small_history()
    place.bring_in(history)
    exported = lines(place.taken_out())
    assert [each.get("id") for each in exported] == [each.get("id") for each in history]
    assert exported[0]["source"] == f"avow/{place.key}"
    by_id = {each["id"]: each for each in exported[1:]}
    assert by_id["c"]["party"] == {"person": "anna"}
    assert by_id["c"]["result"] == "All calls within a day"
    assert by_id["c"]["revision"] == 1
    assert by_id["c2"]["labels"] == {"room": "2"}
    assert by_id["c3b"]["replaces"] == "c3"
    assert by_id["a-"]["retracts"] == "a"
    assert by_id["m-anna"]["with"] == "p-anna"
    assert by_id["g"]["supports"] == ["vision"]
    assert by_id["g2"]["due"] is None
    assert by_id["acc"]["for"] == {"strategy": "2020", "goal": "phones"}
    assert by_id["acc2"]["for"] == {"strategy": "2020", "unit": "service", "condition": "systems"}
    assert by_id["pub"]["at"] == "2020-03-10T08:00:00Z"


def copied(place: Place, exported: list[bytes]) -> Place:
    """The exported history in an installation of its own, in memory, under the same key."""
    copy = Place(in_memory(), place.folder, place.key)
    path = place.folder / f"{uuid4()}.jsonl"
    path.write_bytes(b"".join(exported))
    report = copy.bring_in(path)
    assert not report.refused, [str(each) for each in copy.refused]
    return copy


def test_exported_and_imported_it_is_the_same_history(place: Place) -> None:
    place.bring_in(small_history())
    exported = place.taken_out()
    assert copied(place, exported).taken_out() == exported


def test_the_alignment_state_is_the_same_at_every_valid_time(place: Place) -> None:
    place.bring_in(small_history())
    copy = copied(place, place.taken_out())
    for day in range(0, 200, 5):
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day)
        assert figures(place, at) == figures(copy, at)


def figures(place: Place, at: datetime) -> object:
    """Every state of every stream as of an instant, in words that do not depend on the ids given here."""
    ledger, organisation = place.avow.ledger, place.organisation
    placed = ledger.ledger_recorder.select_positions(organisation, limit=10_000)
    order = {each.originator_id: number for number, each in reversed(list(enumerate(placed)))}
    streams: dict[UUID | str, list[Event]] = {}
    for each in placed:
        streams.setdefault(each.originator_id, []).append(ledger.recorded(each).event)
    told = {}
    for stream, events in streams.items():
        timeline = Timeline.of(aggregate_of(events[0].topic), events)
        text = repr(timeline.state(at))
        for id, number in order.items():
            text = text.replace(repr(id), f"stream {number}")
        told[order[stream]] = text if "Private(" not in text else text.count("Private(")
    return told


def test_what_was_recorded_here_is_named_by_position_and_id(place: Place) -> None:
    place.bring_in([header(), founded(), unit("top")])
    place.avow.ledger.execute(
        Request(organisation=place.organisation, id=uuid4(), actor=Actor(service="here"),
                entries=(Entry(command=FormUnit(name="Without a key", kind="team", parent="top")),))
    )  # fmt: skip
    exported = lines(place.taken_out())
    assert exported[3]["id"] == "avow-3"
    assert len(exported[3]["unit"]) == 36
    copy = copied(place, place.taken_out())
    assert lines(copy.taken_out())[3]["unit"] == exported[3]["unit"]


def test_which_service_acted_and_which_duties_were_not_separated_survive_the_journey(place: Place) -> None:
    place.bring_in(small_history())
    place.bring_in([
        header("second"),
        line("x", "exception.approved", "2020-03-09", strategy="2020", exception="e", objection="unmeasurable",
             not_separated=True, actor="anna", reason="nobody else could"),
        line("y", "unit.renamed", "2020-06-01", unit="service", name="Service desk", service="directory"),
    ])  # fmt: skip
    exported = lines(place.taken_out())[-2:]
    assert (exported[0]["not_separated"], exported[0]["actor"]) == (True, "anna")
    assert exported[1]["service"] == "directory"
    assert copied(place, place.taken_out()).taken_out() == place.taken_out()


def test_a_question_that_nobody_rated_survives_the_journey(place: Place) -> None:
    place.bring_in(small_history())
    answers = {"clear": {"unknown": True}, "believable": {"unknown": True}, "implementable": {"score": 4}}
    place.bring_in([
        header("second"),
        line("r", "review.opened", "2020-03-11", review="clear?", kind="clarity_check", title="Is it clear?",
             strategy="2020", questionnaire="clear-believable-implementable", participants=["anna", "ben"],
             closes="2020-03-20", actor="anna"),
        line("r1", "review.answered", "2020-03-12", review="clear?", person="ben", answers=answers, actor="ben"),
        line("r2", "review.published", "2020-03-23", review="clear?", actor="anna"),
    ])  # fmt: skip
    exported = place.taken_out()
    (group,) = lines(exported)[-1]["results"]
    assert [each["mean"] for each in group["questions"]] == [None, None, "4.0"]
    assert copied(place, exported).taken_out() == exported


def test_what_recurs_and_what_it_is_held_as_survive_the_journey(place: Place) -> None:
    """A cycle that Avow opened by itself comes back under the same id: it is not opened anew."""
    place.bring_in(small_history())
    value = {"question": "daily", "wording": "Daily?", "measure": "share", "value": "58.5", "from_score": 4, "n": 41}
    place.bring_in([
        header("second"),
        line("bar", "bar.set", "2020-03-11", score=4, percent=70, demanded=True),
        line("bench", "benchmark.loaded", "2020-03-11", benchmark="others", title="Others", source="a brochure",
             dated="2019-12-31", lowest=1, highest=5, values=[value]),
        line("sch", "schedule.set", "2020-03-11", schedule="pulse", kind="health_check", title="Pulse", strategy="2020",
             questionnaire="health-check", rule="FREQ=MONTHLY;BYDAY=1MO", starts="2020-04-06T09:00:00+02:00",
             open_days=14, unit="service", trusted_units=["top"], readers=["anna"]),
        line("r", "review.opened", "2020-04-06T09:00:00+02:00", review="april", kind="health_check", title="April",
             strategy="2020", questionnaire="health-check", participants=["anna", "ben"], closes="2020-04-20",
             trusted_units=["top"], groups=[{"name": "S", "people": ["ben"], "unit": "service"}], schedule="pulse",
             occurrence="2020-04-06T09:00:00+02:00"),
        line("r1", "review.answered", "2020-04-07", review="april", person="ben", answers={"trust-1": {"score": 2}},
             actor="ben"),
        line("r2", "review.published", "2020-04-23", review="april"),
        line("end", "schedule.ended", "2020-05-01", schedule="pulse"),
        line("no", "schedule.refused", "2020-05-01", schedule="pulse", occurrence="2020-05-04T09:00:00+02:00",
             refused_by="participants-unclear", in_words="there are none"),
    ])  # fmt: skip
    assert not place.refused, [str(each) for each in place.refused]
    exported = place.taken_out()
    by_id = {each["id"]: each for each in lines(exported)[1:]}
    assert (by_id["r"]["schedule"], by_id["r"]["occurrence"]) == ("pulse", "2020-04-06T07:00:00Z")
    assert (by_id["r"]["trusted_units"], by_id["r"]["groups"][0]["unit"]) == (["top"], "service")
    assert [each["id"] for each in by_id["r"]["questionnaire"]["questions"]][-1] == "trust-1"
    assert by_id["bench"]["values"] == [value]
    assert (by_id["no"]["occurrence"], by_id["no"]["refused_by"]) == ("2020-05-04T07:00:00Z", "participants-unclear")
    copy = copied(place, exported)
    assert copy.taken_out() == exported
    schedule, at = uuid5(copy.organisation, "schedule:pulse"), datetime(2020, 4, 6, 7, tzinfo=UTC)
    held = copy.avow.ledger.timeline(REVIEW, copy.organisation, review_of(copy.organisation, schedule, at))
    assert held.version > 0


def test_a_copy_can_have_another_key(place: Place) -> None:
    place.bring_in(small_history())
    exported = lines(place.taken_out(known_as="copy"))
    assert exported[0]["organisation"] == exported[1]["organisation"] == "copy"


def test_the_sample_organisation_survives_the_journey(tmp_path: Path) -> None:
    path = tmp_path / "sample.jsonl"
    path.write_text("".join(sample_history()), encoding="utf-8")
    history = HistoryFile(path)
    place = Place(in_memory(), tmp_path, history.header.organisation)
    id = organisation_id(place.key)
    refused: list[object] = []
    run = Import(place.avow.ledger, place.avow.staging(id), id, history.header, refused=refused.append)
    run.run(history.statements())
    assert not refused
    exported = place.taken_out()
    assert copied(place, exported).taken_out() == exported


UNITS = st.sampled_from(["a", "b", "c"])
DAYS = st.integers(2, 300).map(lambda day: str((datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day)).date()))


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    """Units, people and places in any order of days, with corrections: much of it is refused, the rest is a history."""
    said: list[Said] = [header(), founded(), unit("a"), unit("b"), joined("anna"), joined("ben")]
    for number in range(draw(st.integers(1, 25))):
        at, id = draw(DAYS), f"x{number}"
        kind = draw(st.sampled_from(["moved", "renamed", "began", "ended", "rank", "formed", "left", "corrects"]))
        person, place = draw(st.sampled_from(["anna", "ben"])), draw(UNITS)
        match kind:
            case "moved":
                said.append(line(id, "unit.moved", at, unit=place, parent=draw(UNITS)))
            case "renamed":
                said.append(line(id, "unit.renamed", at, unit=place, name=f"Name {number}"))
            case "began":
                said.append(line(id, "membership.began", at, person=person, unit=place, home=draw(st.booleans())))
            case "ended":
                said.append(line(id, "membership.ended", at, person=person, unit=place, actor=person))
            case "rank":
                said.append(line(id, "rank.held", at, person=person, rank=draw(st.text(min_size=1, max_size=5))))
            case "formed":
                said.append(line(id, "unit.formed", at, unit="c", name="C", kind="team"))
            case "left":
                said.append(line(id, "person.left", at, person=person))
            case _:
                older = draw(st.sampled_from(said[2:]))
                if draw(st.booleans()) or "retracts" in older:
                    said.append({"id": id, "retracts": older["id"]})
                else:
                    said.append({**older, "id": id, "at": at, "replaces": older["id"]})
    return said


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories())
def test_any_history_survives_the_journey(tmp_path: Path, history: list[Said]) -> None:
    place = Place(in_memory(), tmp_path, f"acme-{uuid4()}")
    place.bring_in(history, keep_going=True, lines_a_batch=7)
    exported = place.taken_out()
    copy = copied(place, exported)
    assert copy.taken_out() == exported
    for day in (0, 30, 100, 299):
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day)
        assert figures(place, at) == figures(copy, at)
