"""People through their commands: who is there, where they sit, whom they report to, and what they may do in Avow."""

from __future__ import annotations

import pytest

from domain.access import AccessRole
from domain.person import PERSON
from tests.application.scenes import Fields, content, published, refused, staffed, state, words


def test_what_identifies_somebody_is_sealed_under_their_own_key() -> None:
    stage = staffed()
    joined = stage.say("person.joined", "2026-01-05", person="dee", name="Dee Ä.", email="dee@example.org")
    said = content(stage, joined)
    assert {text.subject for text in (said.name, said.email, said.key)} == {joined.stream}
    assert {text.text for text in (said.name, said.email, said.key)} == {None}
    assert [words(stage, text) for text in (said.name, said.email, said.key)] == ["Dee Ä.", "dee@example.org", "dee"]


def test_who_returns_keeps_what_is_known_of_them_and_nothing_else() -> None:
    stage = staffed()
    stage.say("manager.assigned", "2026-01-05", person="ann", manager="bob")
    stage.say("person.left", "2026-02-01", person="ann")
    stage.say("person.joined", "2026-03-01", person="ann", email="ann@example.org")
    ann, at = state(stage, PERSON, stage.person("ann")), stage.day("2026-03-02")
    known = ann.known_as(at)
    assert known is not None
    assert (words(stage, known.name), words(stage, known.email)) == ("Ann", "ann@example.org")
    assert (ann.memberships(at), ann.manager(at)) == ((), None)


@pytest.mark.parametrize("topic", ["person.joined", "guest.invited"])
def test_who_comes_is_somebody(topic: str) -> None:
    stage = staffed()
    with refused(stage, "nobody-in-particular", "name"):
        stage.say(topic, "2026-01-05")
    stage.say(topic, "2026-01-05", email="gil@example.org")


@pytest.mark.parametrize(
    ("topic", "said", "code"),
    [
        ("membership.began", {"unit": "sales", "role": "member"}, "membership-already-held"),
        ("membership.began", {"unit": "service", "home": True}, "home-elsewhere"),
        ("membership.ended", {"unit": "service"}, "membership-not-held"),
        ("membership.ended", {"unit": "sales", "role": "lead"}, "membership-not-held"),
        ("manager.assigned", {"manager": "ann"}, "manager-of-oneself"),
        ("access.revoked", {"role": AccessRole.AUDITOR}, "access-not-granted"),
        ("access.granted", {"role": AccessRole.LEAD}, "access-scope-wrong"),
        ("access.granted", {"role": AccessRole.AUDITOR, "unit": "sales"}, "access-scope-wrong"),
    ],
)
def test_what_cannot_hold_of_somebody_is_refused(topic: str, said: Fields, code: str) -> None:
    stage = staffed()
    with refused(stage, code):
        stage.say(topic, "2026-01-05", person="ann", **said)


def test_several_roles_in_one_unit_are_several_places() -> None:
    stage = staffed()
    stage.say("membership.began", "2026-01-05", person="ann", unit="sales", role="lead")
    stage.say("membership.ended", "2026-01-06", person="ann", unit="sales")
    places = state(stage, PERSON, stage.person("ann")).memberships(stage.day("2026-01-06"))
    assert [(each.unit, each.role) for each in places] == [(stage.unit("sales"), "lead")]


@pytest.mark.parametrize(
    "topic", ["membership.began", "rank.held", "manager.assigned", "person.left", "access.granted"]
)
def test_nothing_is_said_of_who_is_not_there(topic: str) -> None:
    stage = staffed()
    said: Fields = {
        "membership.began": {"unit": "sales"},
        "rank.held": {"rank": "x"},
        "access.granted": {"role": AccessRole.AUDITOR},
    }
    stage.say("person.left", "2026-02-01", person="ann")
    for at in ("2026-01-01", "2026-02-02"):
        with refused(stage, "person-not-present", "at", topic=topic):
            stage.say(topic, at, known="2026-02-02", reason="late", person="ann", **said.get(topic, {}))


def test_a_guest_stands_outside_the_chart() -> None:
    stage = staffed()
    guest = stage.say("guest.invited", "2026-01-05", person="gus", name="Gus")
    stage.say("access.granted", "2026-01-05", person="gus", role=AccessRole.AUDITOR)
    acts: dict[str, Fields] = {
        "membership.began": {"unit": "sales"},
        "rank.held": {"rank": "x"},
        "manager.assigned": {},
    }
    for topic, said in acts.items():
        with refused(stage, "guest-outside-chart", topic=topic):
            stage.say(topic, "2026-01-06", person="gus", **said)
    assert not state(stage, PERSON, guest).present(stage.day("2026-01-06"))


def test_roles_in_avow_are_granted_for_a_place_and_taken_back() -> None:
    stage = published()
    stage.say(
        "review.opened",
        "2026-03-05",
        review="spring",
        kind="clarity_check",
        title="R",
        strategy="growth",
        questionnaire="clear-believable-implementable",
        participants=("ann",),
        closes=stage.day("2026-04-01"),
    )
    granted = ({"role": AccessRole.LEAD, "unit": "sales"}, {"role": AccessRole.SPONSOR})
    for said in granted:
        stage.say("access.granted", "2026-03-06", person="ann", **said)
        with refused(stage, "access-already-granted", "role"):
            stage.say("access.granted", "2026-03-07", person="ann", **said)
    with refused(stage, "facilitates-by-charter", "role"):
        stage.say("access.granted", "2026-03-06", person="ann", role=AccessRole.FACILITATOR, review="spring")
    held = state(stage, PERSON, stage.person("ann")).roles(stage.day("2026-03-06"))
    assert [(each.role, each.unit is not None, each.review is not None) for each in held] == [
        (AccessRole.LEAD, True, False),
        (AccessRole.SPONSOR, False, False),
    ]
    at = stage.day("2026-03-06")
    assert stage.ledger.book(stage.organisation).holders(AccessRole.SPONSOR, at) == {stage.person("ann")}
    for said in granted:
        stage.say("access.revoked", "2026-03-08", person="ann", **said)
    later = stage.ledger.book(stage.organisation)
    assert later.holders(AccessRole.SPONSOR, stage.day("2026-03-08")) == frozenset()
