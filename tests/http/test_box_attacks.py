"""What somebody with every right over a confidential review tries against its ballot box while it is open, or after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from application.box import BoxStanding
from tests.support.cycle import EVERYBODY, NORTH, Cycle, done, scored

ANNA = NORTH[0]


def together(cycle: Cycle, *facts: dict[str, Any]) -> TestResponse:
    api = cycle.api.as_("sponsor")
    tag = api.get("reviews/spring").headers["ETag"]
    return api.post("requests", {"facts": [{"review": "spring", **fact} for fact in facts]}, If_Match=tag)


def standing(cycle: Cycle) -> BoxStanding:
    return cycle.api.installation.box.standing(cycle.organisation, UUID(cycle.review))


@pytest.mark.parametrize("answering", [4, 12])
def test_nobody_counts_an_open_box_by_closing_and_publishing_in_a_request_that_comes_to_nothing(
    cycle: Cycle, answering: int
) -> None:
    cycle.all_answer(EVERYBODY[:answering])
    refused = together(
        cycle,
        {"type": "review.closed"},
        {"type": "review.published"},
        {"type": "review.withdrawn", "edition": 7, "reason": "only to look"},
    )
    # The same whether enough answered or not, and the box goes on taking answers.
    assert (refused.status_code, refused.get_json()["rule"]) == (409, "review-not-closed")
    done(cycle.answer(ANNA, scored(2)))


@pytest.mark.parametrize("answering", [4, 12])
def test_nobody_counts_an_open_box_by_dating_its_publication_after_the_close(cycle: Cycle, answering: int) -> None:
    cycle.all_answer(EVERYBODY[:answering])
    body = {"at": "2026-03-21T10:00:00Z"}
    refused = cycle.api.as_("sponsor").change("reviews/spring", "publications", body)
    assert (refused.status_code, refused.get_json()["rule"]) == (409, "review-not-closed")
    done(cycle.answer(ANNA, scored(2)))


def test_what_was_answered_is_shown_under_the_token_alone_that_gave_it(cycle: Cycle) -> None:
    done(cycle.answer(ANNA, scored(1, 2, "Nobody dares.")))
    api = cycle.api
    id = api.as_("administrator").get(f"people/{ANNA}").get_json()["answer"]["id"]
    given, own = api.tokens[ANNA], cycle.ballot(ANNA)
    done(cycle.answer(ANNA, scored(1, 2, "Nobody dares."), Idempotency_Key="one"))
    api.tokens[ANNA] = api.issue("a second one", person=id)
    taken = cycle.ballot(ANNA)
    assert taken.get_json()["present"]["ballot"] == {"answered": True, "shown": False, "answers": {}}
    assert len(taken.data) == len(own.data)
    # Nor does a request repeated under another token tell whether it guesses what was answered: it answers anew.
    done(cycle.answer(ANNA, scored(3), Idempotency_Key="one"))
    assert cycle.ballot(ANNA).get_json()["present"]["ballot"]["answers"]["clear"]["score"] == 3
    api.tokens[ANNA] = given
    assert cycle.ballot(ANNA).get_json()["present"]["ballot"]["shown"] is False


def test_a_review_that_closed_is_not_extended_by_dating_that_before_its_close(cycle: Cycle) -> None:
    cycle.all_answer()
    cycle.at("2026-04-10T10:00:00Z")
    body = {"at": "2026-03-19T10:00:00Z", "closes": "2027-03-19T10:00:00Z", "reason": "more were to answer"}
    refused = cycle.api.as_("sponsor").change("reviews/spring", "extensions", body)
    assert (refused.status_code, refused.get_json()["rule"]) == (409, "extended-after-its-close")
    assert cycle.ballot(ANNA).get_json()["rule"] == "ballot-not-shown"
    cycle.at("2026-04-19T16:00:00Z")
    cycle.keep()
    assert standing(cycle) is BoxStanding.ENDED


@pytest.mark.parametrize(
    ("change", "end"), [(None, "refused"), ("closings", "refused"), ("cancellations", "cancelled")]
)
def test_a_box_that_nobody_and_no_worker_touched_before_the_close_ends_all_the_same(
    cycle: Cycle, change: str | None, end: str
) -> None:
    if change is not None:
        done(cycle.api.as_("sponsor").change("reviews/spring", change))
    cycle.at("2026-03-20T16:00:01Z")
    assert standing(cycle) is BoxStanding.ABSENT
    cycle.keep()
    assert (standing(cycle), cycle.shown()["box_ended"]) == (BoxStanding.ENDED, end)
    assert cycle.publish().status_code == 409


def test_a_legal_hold_on_a_participant_keeps_no_ballot(cycle: Cycle) -> None:
    cycle.all_answer()
    done(cycle.api.as_("administrator").change(f"people/{ANNA}", "holds", {"reason": "case 17"}))
    cycle.closed()
    done(cycle.publish())
    cycle.keep()
    assert (standing(cycle), cycle.shown()["box_ended"]) == (BoxStanding.ENDED, "published")
