"""The worked example of thirty, sixty, ninety days (S10): a team that commits together, with late entries."""

from __future__ import annotations

import pytest

from tests.support.stage import Stage


@pytest.fixture(scope="module")
def service() -> Stage:
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="service", name="Service", kind="team")
    for member in ("M1", "M2", "M3", "M4", "M5", "M6", "M7"):
        stage.say("person.joined", "2026-01-02", person=member, name=f"Member {member}")
        stage.say("membership.began", "2026-01-02", person=member, unit="service", role="member", home=True)
    stage.say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth")
    stage.say("strategy.revised", "2026-03-01", strategy="growth", element="vision", kind="vision", text="Grow well")
    stage.say("strategy.submitted", "2026-03-02", strategy="growth")
    stage.say("strategy.published", "2026-03-03", strategy="growth", material=True)
    stage.say(
        "goal.proposed",
        "2026-04-01",
        strategy="growth",
        goal="faster",
        title="Answer faster",
        unit="service",
        supports=("vision",),
    )

    def commit(member: str, at: str, known: str | None = None, reason: str | None = None) -> None:
        stage.say(
            "commitment.made",
            at,
            known=known,
            reason=reason,
            by=member,
            party_person=member,
            strategy="growth",
            goal="faster",
            level="committed",
        )

    commit("M1", "2026-04-03")
    commit("M2", "2026-04-03")
    commit("M3", "2026-04-07")
    commit("M4", "2026-04-07")
    commit("M5", "2026-04-08")
    commit("M7", "2026-04-14")
    stage.say("person.joined", "2026-04-13", known="2026-04-20", person="M8")
    joined = stage.say("membership.began", "2026-04-20", person="M8", unit="service", role="member", home=True)
    stage.say("duty.given", "2026-04-20", person="M8", kind="decide", for_="faster", unit="service", due=None)
    commit("M6", "2026-04-07", known="2026-04-22", reason="the sheet lay in a drawer")
    stage.say("person.left", "2026-05-10", person="M3")
    commit("M8", "2026-05-12")
    stage.correct(
        joined,
        "membership.began",
        "2026-04-13",
        "2026-05-14",
        "joined a week earlier than entered",
        person="M8",
        unit="service",
        role="member",
        home=True,
    )
    stage.say("clock.advanced", "2026-06-30")
    return stage


@pytest.mark.parametrize(
    ("valid", "known", "reads"),
    [
        ("2026-04-08", "2026-04-08", "5 of 7"),
        ("2026-04-08", "2026-04-22", "6 of 7"),
        ("2026-04-15", "2026-04-15", "6 of 7"),
        ("2026-04-15", "2026-04-22", "7 of 7"),
        ("2026-04-15", "2026-05-14", "7 of 8"),
        ("2026-04-20", "2026-04-20", "6 of 8"),
        ("2026-04-20", "2026-04-22", "7 of 8"),
        ("2026-05-15", "2026-05-15", "7 of 7"),
    ],
)
def test_a_team_commits_together_and_late_entries_count_from_when_they_happened(
    service: Stage, valid: str, known: str, reads: str
) -> None:
    (team,) = service.alignment("growth", valid, known).teams
    assert f"{len(team.committed)} of {len(team.members)}" == reads
