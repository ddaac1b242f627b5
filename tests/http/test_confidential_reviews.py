"""Confidential reviews over HTTP: what each is shown of them, and what is refused, with the way out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from adapters.http.app import NOUNS
from application.permissions import BY_AVOW_ALONE, Caller, Role, allowed
from tests.support.cycle import EVERYBODY, NORTH, OPENED, QUESTIONNAIRE, Cycle, done

NOTHING_YET = (None, False, None)


@pytest.fixture
def published(cycle: Cycle) -> Cycle:
    cycle.all_answer()
    cycle.closed()
    reply = cycle.publish()
    assert reply.status_code == 201, reply.get_json()
    return cycle


def review(cycle: Cycle, who: str, times: str = "") -> Any:
    return cycle.api.as_(who).get(f"reviews/spring{times}").get_json()["answer"]


def told(cycle: Cycle, who: str) -> Any:
    """The review in the alignment state."""
    (found,) = cycle.api.as_(who).get("alignment?strategy=2026").get_json()["answer"]["reviews"]
    return found


def again(**said: Any) -> dict[str, Any]:
    """One more review, opened otherwise."""
    return {
        "review": "again",
        "kind": "commitment_audit",
        "title": "Again",
        "strategy": "2026",
        "revision": 1,
        "questionnaire": QUESTIONNAIRE,
        "mode": "confidential",
        "participants": list(EVERYBODY),
        "closes": "2026-04-01",
        "reported_back": "2026-04-10",
        **said,
    }


class TestOpening:
    def test_who_is_asked_reads_what_becomes_of_the_answers_before_the_questions(self, cycle: Cycle) -> None:
        shown = review(cycle, NORTH[0])
        assert list(shown).index("told") < list(shown).index("questionnaire")
        about = {each["about"]: each["limit"] for each in shown["told"]}
        assert {name for name, limit in about.items() if limit} == {
            "unanimity", "collusion", "style", "operator", "signing in", "joiners", "copies", "absence",
        }  # fmt: skip
        assert (shown["minimum_group_size"], shown["grouping"], shown["reported_back"]) == (5, ["units"], "2026-03-27")
        assert (shown["results"], shown["results_withdrawn"], shown["participation"]) == NOTHING_YET

    @pytest.mark.parametrize(
        ("said", "status", "field"),
        [
            ({"participants": list(EVERYBODY[:7])}, 409, "mode"),
            ({"minimum_group_size": 2}, 422, "minimum_group_size"),
            ({"minimum_group_size": "five"}, 422, "minimum_group_size"),
            ({"grouping": ["moons"]}, 422, "grouping.0"),
            ({"grouping": ["units", "ranks", "groups"]}, 422, "grouping"),
            ({"groups": [{"name": "leaders", "people": [NORTH[0]]}]}, 422, "grouping"),
            ({"reported_back": None}, 422, "reported_back"),
            ({"reported_back": "2026-03-01"}, 422, "reported_back"),
            ({"questionnaire": "clear-believable-implementable"}, 422, "mode"),
            ({"mode": "attributed", "questionnaire": "commitment-audit"}, 409, "mode"),
        ],
    )
    def test_other_terms_are_refused_with_the_field_and_the_way_out(
        self, cycle: Cycle, said: dict[str, Any], status: int, field: str
    ) -> None:
        reply = cycle.api.as_("sponsor").post("reviews", again(**said))
        problem: Any = reply.get_json()
        assert (reply.status_code, problem["field"]) == (status, field), problem
        assert problem["way_out"]

    def test_nobody_says_what_only_the_box_says(self) -> None:
        everything = Caller(organisation=UUID(int=1), name="all", roles=frozenset(Role), scopes=frozenset({"*"}))
        assert not any(allowed(everything, act) for act in BY_AVOW_ALONE)
        assert BY_AVOW_ALONE.isdisjoint(act.topic for noun in NOUNS for act in noun.acts)

    def test_nobody_states_confided_results(self, cycle: Cycle) -> None:
        cycle.closed()
        body = {"confided": {"asked": 12, "answered": 12, "parts": []}}
        reply = cycle.api.as_("sponsor").change("reviews/spring", "publications", body)
        assert (reply.status_code, reply.get_json()["field"]) == (403, "results")


class TestThePublishedResults:
    def test_whoever_was_asked_sees_them_and_so_do_the_sponsor_and_auditors(self, published: Cycle) -> None:
        for who in (NORTH[0], "sponsor", "auditor"):
            results = review(published, who)["results"]
            assert (results["asked"], results["answered"], [each["n"] for each in results["parts"]]) == (
                12,
                12,
                [6, 6, 12],
            )
            assert set(results["comments"]) == {"missing"}

    def test_they_stand_in_the_alignment_state(self, published: Cycle) -> None:
        shown = told(published, "auditor")
        assert shown["participation"] == {"count": 12, "of": 12, "percent": 100.0}
        assert [each["name"] for each in shown["results"]["parts"] if not each["union"]] in (
            ["North", "South"], ["South", "North"],
        )  # fmt: skip
        assert "answered" not in shown

    def test_the_history_holds_them_sealed_once_and_nothing_that_anybody_answered(self, published: Cycle) -> None:
        assert "review.answered" not in published.recorded()
        assert published.recorded().count("review.published") == 1

    def test_withdrawn_they_are_shown_as_of_no_instant_and_to_nobody(self, published: Cycle) -> None:
        before = f"?valid_at={OPENED}"
        body = {"edition": 1, "reason": "the groups bore the wrong names"}
        done(published.api.as_("sponsor").change("reviews/spring", "withdrawals", body))
        for who in (NORTH[0], "sponsor", "auditor"):
            shown = review(published, who)
            assert (shown["results"], shown["results_withdrawn"]) == (None, True)
        assert review(published, "auditor", before)["results"] is None
        history = published.api.as_("auditor").get("history?page_size=500").get_json()["answer"]
        (sealed,) = [each["content"]["confided"] for each in history if each["topic"] == "review.published"]
        assert sealed == {"erased": True}
        assert set(told(published, "auditor")["results"]) == {"published_at", "withdrawn"}

    @pytest.mark.parametrize(
        ("asked", "status", "field", "problem"),
        [
            ("review=spring&question=clear", 409, "bar", "0 units are more aligned and 2 less"),
            ("review=spring&question=missing", 404, "question", "no question 'missing' that is rated"),
            ("review=spring", 422, "question", "named together"),
            ("review=other&question=clear", 404, "review", "there is no review 'other'"),
            ("review=spring&question=clear&outcome=growth", 422, "outcome", "or else"),
            ("review=spring&question=clear&figure=change", 422, "figure", "a level"),
            ("review=spring&question=clear&kind=team", 422, "kind", "no kind of unit"),
        ],
    )
    def test_outcomes_are_compared_by_published_groups_alone(
        self, published: Cycle, asked: str, status: int, field: str, problem: str
    ) -> None:
        """Two groups are too few: nothing is told but that, and by what they would have been grouped."""
        reply = published.api.as_("auditor").get(f"alignment/outcomes?strategy=2026&from=2026-03-01&bar=50&{asked}")
        told = reply.get_json()
        assert (reply.status_code, told["field"]) == (status, field), told
        assert problem in told["detail"]

    def test_nothing_is_compared_before_it_is_published_or_by_whom_it_is_not_open_to(self, cycle: Cycle) -> None:
        question = "alignment/outcomes?strategy=2026&from=2026-03-01&bar=50&review=spring&question=clear"
        cycle.all_answer()
        cycle.closed()
        before = cycle.api.as_("auditor").get(question)
        assert cycle.publish().status_code == 201
        for reply in (before, cycle.api.as_("strategist").get(question)):
            assert (reply.status_code, reply.get_json()["field"]) == (422, "review")

    def test_a_second_cut_is_refused(self, published: Cycle) -> None:
        reply = published.publish()
        assert reply.status_code == 409
        assert "published already" in reply.get_json()["detail"]
