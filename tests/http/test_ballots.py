"""Answering in confidence over HTTP: one reply for all, one's own ballot alone, and no trace outside the box."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from adapters.bootstrap import Installation, in_memory, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.logs import Lines
from application.permissions import Role
from tests.support.cycle import NORTH, SOUTH, Cycle, Said, done, followed, scored

ANNA, BOB = NORTH[0], NORTH[1]


@pytest.fixture
def cycle() -> Cycle:
    return Cycle.opened()


@pytest.fixture(params=["memory", "postgres"])
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    if request.param == "memory":
        yield in_memory()
        return
    dsn = request.getfixturevalue("empty_postgres_dsn")
    with on_postgres(dsn, KeyEncryptionKey(bytes(32))) as installation, followed(installation):
        yield installation


def shown(cycle: Cycle, person: str) -> Any:
    return cycle.ballot(person).get_json()["present"]["ballot"]


def test_answers_are_kept_and_revised_until_the_close_and_shown_to_their_author(cycle: Cycle) -> None:
    assert shown(cycle, ANNA) == {"answered": False, "shown": True, "answers": {}}
    done(cycle.answer(ANNA, scored(2, 1, "Nobody dares.")))
    assert shown(cycle, ANNA)["answers"]["missing"]["comment"] == "Nobody dares."
    done(cycle.answer(ANNA, {"clear": {"unknown": True}, "believe": {"skip": True}}))
    mine = shown(cycle, ANNA)
    assert mine["answered"] is True
    assert mine["answers"] == {
        "clear": {"score": None, "unknown": True, "skip": False, "comment": None},
        "believe": {"score": None, "unknown": False, "skip": True, "comment": None},
    }


def test_a_skip_of_everything_is_an_answer(cycle: Cycle) -> None:
    assert cycle.owes(ANNA)["owed"] is True
    done(cycle.answer(ANNA, {}))
    assert shown(cycle, ANNA) == {"answered": True, "shown": True, "answers": {}}
    assert cycle.owes(ANNA)["owed"] is False


def test_the_reply_is_the_same_whatever_was_answered_and_whether_again(cycle: Cycle) -> None:
    said: tuple[Said, ...] = (scored(1), scored(5, 1, "Long " * 200), {}, scored(1), {"clear": {"unknown": True}})
    replies = [cycle.answer(ANNA, each, X_Request_Id="the-same-id") for each in said]
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.data for reply in replies}) == 1
    assert len({str(sorted(reply.headers.items())) for reply in replies}) == 1
    assert replies[0].headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Avow-Position"} & set(replies[0].headers.keys())


def test_ones_own_ballot_has_one_size_and_is_in_no_cache(cycle: Cycle) -> None:
    replies = [cycle.ballot(ANNA)]
    for said in (scored(1), scored(5, 1, "x" * 5_000), {}, {"clear": {"unknown": True}}):
        done(cycle.answer(ANNA, said))
        replies.append(cycle.ballot(ANNA))
    assert len({len(reply.data) for reply in replies}) == 1
    assert {reply.headers["Cache-Control"] for reply in replies} == {"no-store"}
    assert not any("ETag" in reply.headers for reply in replies)


def test_the_fullest_ballot_fits_into_its_reply(cycle: Cycle) -> None:
    empty = len(cycle.ballot(ANNA).data)
    done(cycle.answer(ANNA, scored(5, 5, "\U0001f600" * 1_510)))
    assert len(cycle.ballot(ANNA).data) == empty
    too_long = cycle.answer(ANNA, scored(5, 5, "ä" * 3_100))
    assert (too_long.status_code, too_long.get_json()["rule"]) == (422, "ballot-too-long")


def test_nobody_is_shown_anothers_ballot(cycle: Cycle) -> None:
    done(cycle.answer(ANNA, scored(1)))
    api = cycle.api
    for who in ("sponsor", "auditor", "administrator", "strategist"):
        assert api.as_(who).get("reviews/spring/ballot").status_code in (403, 422), who
    assert shown(cycle, BOB) == {"answered": False, "shown": True, "answers": {}}
    for who in ("sponsor", "auditor", ANNA):
        told = api.as_(who).get("reviews/spring/answers")
        assert told.get_json()["rule"] == "answers-are-confided", who
    elsewhere = Cycle.opened(api.installation, "elsewhere")
    api.tokens["stranger"] = elsewhere.api.tokens[ANNA]
    assert api.as_("stranger").get("reviews/spring/ballot").status_code == 404


def test_nobody_answers_for_anybody_else(cycle: Cycle) -> None:
    api, body = cycle.api, {"person": ANNA, "answers": scored(1)}
    for who in ("sponsor", "administrator", BOB):
        refused = api.as_(who).post("reviews/spring/answers", body)
        assert (refused.status_code, refused.get_json()["rule"]) == (403, "not-permitted"), who
    api.tokens["all"] = api.issue("all", roles=(Role.INTEGRATION,), scopes=("*",))
    assert api.as_("all").post("reviews/spring/answers", body).status_code == 403
    assert shown(cycle, ANNA)["answered"] is False


def test_what_cannot_be_answered_names_field_rule_and_way_out(cycle: Cycle) -> None:
    refused: dict[str, Said] = {
        "score-off-scale": {"clear": {"score": 9}},
        "question-unknown": {"colour": {"score": 1}},
        "answer-unclear": {"clear": {}},
    }
    for rule, said in refused.items():
        reply = cycle.answer(ANNA, said)
        problem: Any = reply.get_json()
        assert (reply.status_code in (404, 422), problem["rule"], problem["field"]) == (True, rule, "answers")
        assert problem["way_out"]
    for name, value in (("at", "2026-03-03"), ("reason", "late"), ("labels", {"unit": "North"})):
        reply = cycle.api.as_(ANNA).post("reviews/spring/answers", {"person": ANNA, "answers": {}, name: value})
        problem = reply.get_json()
        assert (reply.status_code, problem["field"]) == (422, name)
    assert shown(cycle, ANNA)["answered"] is False


def test_only_who_was_asked_answers(cycle: Cycle) -> None:
    cycle.api.as_("administrator").joins("zoe", unit="north")
    refused = cycle.answer("zoe", scored(1))
    assert (refused.status_code, refused.get_json()["rule"]) == (403, "not-a-participant")
    assert cycle.ballot("zoe").status_code == 403


def test_after_the_close_nothing_is_taken_and_no_ballot_is_shown_to_anybody(cycle: Cycle) -> None:
    done(cycle.answer(ANNA, scored(1)))
    cycle.closed()
    assert cycle.answer(ANNA, scored(2)).get_json()["rule"] == "takes-no-answers"
    assert cycle.ballot(ANNA).get_json()["rule"] == "ballot-not-shown"
    assert "still_owed" not in cycle.api.as_(ANNA).get("me/owed").get_json()["present"]


def test_a_request_repeated_under_its_key_changes_nothing(cycle: Cycle) -> None:
    done(cycle.answer(ANNA, scored(1), Idempotency_Key="one"))
    done(cycle.answer(ANNA, scored(2), Idempotency_Key="two"))
    again = cycle.answer(ANNA, scored(1), Idempotency_Key="one")
    assert (again.status_code, "Avow-Repeated" in again.headers) == (201, False)
    assert shown(cycle, ANNA)["answers"]["clear"]["score"] == 2
    reused = cycle.answer(ANNA, scored(5), Idempotency_Key="one")
    assert (reused.status_code, reused.get_json()["rule"]) == (422, "idempotency-key-reused")
    assert cycle.api.installation.ledger.ledger_recorder.outcome(cycle.organisation, ANNA, "one") is None


def test_what_is_still_owed_is_told_to_its_owner_alone_of_now_alone_and_in_one_size(cycle: Cycle) -> None:
    before = cycle.api.as_(ANNA).get("me/owed")
    done(cycle.answer(ANNA, scored(1)))
    after = cycle.api.as_(ANNA).get("me/owed")
    assert cycle.owes(ANNA) == {
        "review": cycle.review,
        "title": "What we think",
        "closes": "2026-03-20T16:00:00.000000Z",
        "owed": False,
        "reminded": None,
    }
    assert cycle.owes(BOB)["owed"] is True
    for reply in (before, after):
        assert reply.headers["Cache-Control"] == "no-store"
        assert "ETag" not in reply.headers
    assert len(before.data) == len(after.data)
    # What is as of an instant is the same for both, answered or not; what belongs to today is of today.
    assert before.get_json()["answer"] == after.get_json()["answer"]
    then = cycle.api.as_(ANNA).get("me/owed?valid_at=2026-03-02T09:00:00Z").get_json()
    assert then["present"]["still_owed"][0]["owed"] is False
    assert "owed" not in json.dumps(cycle.api.as_("sponsor").get("reviews/spring").get_json())


def test_reminders_are_in_the_box_and_told_to_their_owner_alone(cycle: Cycle) -> None:
    done(cycle.answer(ANNA, scored(1)))
    recorded = cycle.recorded()
    for day in ("03-10", "03-11", "03-19", "03-19"):
        cycle.at(f"2026-{day}T10:00:00Z")
        cycle.keep()
    assert (cycle.owes(ANNA)["reminded"], cycle.owes(BOB)["reminded"]) == (None, "2026-03-19")
    assert [topic for topic in cycle.recorded() if topic != "clock.advanced"] == recorded
    done(cycle.answer(BOB, scored(1)))
    assert cycle.owes(BOB)["reminded"] is None


def test_half_way_everybody_who_has_not_answered_is_reminded(cycle: Cycle) -> None:
    cycle.at("2026-03-11T10:00:00Z")
    cycle.keep()
    assert cycle.owes(BOB)["reminded"] == "2026-03-11"


def test_nothing_is_recorded_when_somebody_answers(cycle: Cycle) -> None:
    recorder = cycle.api.installation.ledger.ledger_recorder
    before = recorder.head(cycle.organisation)
    for person in (ANNA, BOB, ANNA):
        done(cycle.answer(person, scored(1)))
    assert recorder.head(cycle.organisation) == before


def written(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler, logger = logging.StreamHandler(stream), logging.getLogger("avow")
    handler.setFormatter(Lines())
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_no_line_of_the_log_shows_answering_or_looking(cycle: Cycle, log: io.StringIO) -> None:
    api = cycle.api.as_(ANNA)
    for path in ("me", "me/owed", "reviews", "reviews/spring", "reviews/spring/ballot"):
        assert api.get(path).status_code == 200, path
    done(cycle.answer(ANNA, scored(1)))
    assert cycle.answer(ANNA, {"clear": {"score": 9}}).status_code == 422
    assert cycle.answer(ANNA, {}, Authorization="Bearer nothing").status_code == 401
    assert written(log) == []
    # The control arm: whatever else somebody asks has its line.
    assert api.get("units").status_code == 200
    assert [line["route"] for line in written(log)] == ["/v1/organisations/<organisation>/units"]


def test_neither_token_nor_trail_shows_answering_or_looking(installation: Installation) -> None:
    cycle = Cycle.opened(installation, f"org-{uuid4()}")
    api, trail = cycle.api, installation.trail
    used = {token.name: token.used_on for token in installation.tokens.store.issued(cycle.organisation)}
    assert used[ANNA] is None
    reads = list(trail.reads(cycle.organisation))
    for path in ("me", "me/owed", "reviews", "reviews/spring", "reviews/spring/ballot"):
        assert api.as_(ANNA).get(path).status_code == 200, path
    done(cycle.answer(ANNA, scored(1)))
    assert {token.name: token.used_on for token in installation.tokens.store.issued(cycle.organisation)} == used
    assert list(trail.reads(cycle.organisation)) == reads
    # The control arm.
    assert api.get("units").status_code == 200
    assert {t.name: t.used_on for t in installation.tokens.store.issued(cycle.organisation)}[ANNA] is not None


def test_participation_is_told_once_a_day_in_coarse_steps(cycle: Cycle) -> None:
    cycle.all_answer(NORTH)
    cycle.keep()
    assert "review.participation_reported" not in cycle.recorded()
    cycle.at("2026-03-03T10:00:00Z")
    cycle.keep()
    cycle.all_answer(SOUTH)
    cycle.keep()
    assert cycle.recorded().count("review.participation_reported") == 1
    cycle.at("2026-03-03T20:00:00Z")
    cycle.keep()
    assert cycle.recorded().count("review.participation_reported") == 1
    cycle.at("2026-03-04T10:00:00Z")
    cycle.keep()
    assert cycle.recorded().count("review.participation_reported") == 2
    told = cycle.api.as_("auditor").get("history?topics=review.participation_reported").get_json()["answer"]
    assert [each["content"]["percent"] for each in told] == [50, 100]
