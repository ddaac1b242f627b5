"""Who is not let do something is told who may: the owner, somebody on their behalf, or whoever has a role."""

from __future__ import annotations

import pytest

from application.permissions import COMMANDS, OFFICE, VIEWS, NotPermitted, Role, ScopeMissing, roles_that_may


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("commitment.confirmed", "nobody does it for them"),
        ("review.answered", "nobody does it for them"),
        ("commitment.withdrawn", "an administrator may enter it on their behalf"),
        ("acknowledgement.given", "an administrator may enter it on their behalf"),
        ("strategy.published", "(sponsor)"),
        ("goal.proposed", "(strategist, sponsor, lead)"),
        ("token.issued", "(administrator)"),
        ("record", "(lead, auditor)"),
        ("review.box_ended", "nobody is let do this"),
    ],
)
def test_the_way_out_leads_to_who_may(act: str, told: str) -> None:
    assert told in NotPermitted(act, "Bob").advice


def test_a_lead_is_told_to_ask_about_what_they_lead() -> None:
    assert "or name a unit that you lead" in NotPermitted("alignment", "Bob").advice
    assert "unit" not in NotPermitted("strategy.published", "Bob").advice


def test_no_role_is_promised_where_none_helps() -> None:
    for act in ("commitment.confirmed", "commitment.withdrawn"):
        assert "role" not in NotPermitted(act, "Bob").advice


def test_an_integration_is_told_the_scope_that_it_lacks() -> None:
    assert "the scope goal.proposed" in ScopeMissing("goal.proposed", "Board pack").advice


def test_every_act_and_view_tells_which_roles_open_it() -> None:
    found = {act: roles_that_may(act) for act in (*COMMANDS, *OFFICE, *VIEWS)}
    assert found["history"] == (Role.ADMINISTRATOR, Role.AUDITOR)
    assert found["organisation.founded"] == ()
    assert all(set(roles) <= set(Role) for roles in found.values())
