"""Who may do and see what: a table of small pure policies (trust.md §1).

Permission is decided by the caller's roles *now*, over the units as they were at the instant asked about. A route
without a policy cannot be built; an act that no policy allows is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from application.policies import (
    About,
    Caller,
    Policy,
    Role,
    facilitator,
    in_scope,
    insider,
    lead_of_sub_tree,
    member_themselves,
    no_facilitator,
    own,
    own_person,
    published,
    put_to,
    shared,
    somebody,
    with_role,
)
from domain.kernel import Refusal, RefusalKind

__all__ = [
    "BY_AVOW_ALONE",
    "COMMANDS",
    "OFFICE",
    "OPEN_TO_GUESTS",
    "OWNERS_ALONE",
    "UNSCOPED",
    "VIEWS",
    "About",
    "Caller",
    "NotPermitted",
    "Policy",
    "Role",
    "ScopeMissing",
    "allowed",
    "check",
    "is_scope",
    "roles_that_may",
]  # fmt: skip


@dataclass(eq=False)
class NotPermitted(Refusal):
    """No policy lets this caller do this."""

    act: str
    caller: str
    kind = RefusalKind.FORBIDDEN
    rule = "{caller} may not do this: {act}"
    way_out = "ask an administrator for a role that may; GET …/me tells which roles you have"

    @property
    def advice(self) -> str:
        """Who does it instead, or which role it takes."""
        if self.act in OWNERS_ALONE:
            return "let whoever it belongs to do it, for a unit its named spokesperson: nobody does it for them"
        if COMMANDS.get(self.act) is ON_BEHALF:
            return (
                "let whoever it belongs to do it, for a unit its named spokesperson; "
                "their lead or an administrator may enter it on their behalf"
            )
        roles = roles_that_may(self.act)
        if not roles:
            return "nobody is let do this through the API"
        led = ", or name a unit that you lead" if Role.LEAD in roles else ""
        return (
            f"ask an administrator for a role that may ({', '.join(roles)}){led}; "
            "GET …/me tells which roles you have, and what you lead"
        )


@dataclass(eq=False)
class ScopeMissing(NotPermitted):
    """An integration whose token does not name the act or view."""

    rule = "{caller} has no scope {act}"
    way_out = "ask an administrator for a token with the scope {act}; GET …/me tells which scopes this one has"
    advice = Refusal.advice


NOTHING_IN_PARTICULAR = About()

ADMINISTRATION = (with_role(Role.ADMINISTRATOR),)
DRAFTING = (with_role(Role.STRATEGIST, Role.SPONSOR),)
SPONSORING = (with_role(Role.SPONSOR),)
REPORTING = (with_role(Role.SPONSOR, Role.ADMINISTRATOR),)
STATEMENT = (own_person, no_facilitator(own))
ON_BEHALF = (own_person, no_facilitator(own, lead_of_sub_tree, with_role(Role.ADMINISTRATOR)))
EVIDENCE_WORK = (with_role(Role.STRATEGIST, Role.SPONSOR, Role.LEAD),)
BETWEEN_UNITS = (no_facilitator(own, lead_of_sub_tree),)
OFFICES = (Role.STRATEGIST, Role.SPONSOR, Role.ADMINISTRATOR)
GOAL_WORK = (with_role(Role.STRATEGIST, Role.SPONSOR), lead_of_sub_tree)
OWN_GOAL_WORK = (*GOAL_WORK, own_person)

COMMANDS: Mapping[str, tuple[Policy, ...]] = {
    "organisation.founded": (),
    "organisation.closed": (),
    "scale.defined": ADMINISTRATION,
    "clock.advanced": ADMINISTRATION,
    "agreement.concluded": ADMINISTRATION,
    "agreement.ended": ADMINISTRATION,
    "retention.set": ADMINISTRATION,
    "bar.set": SPONSORING,
    "limit.set": SPONSORING,
    **dict.fromkeys(("schedule.set", "schedule.ended"), SPONSORING),
    **dict.fromkeys(("benchmark.loaded", "benchmark.withdrawn"), DRAFTING),
    **dict.fromkeys(
        (
            "unit.formed", "unit.renamed", "unit.moved", "unit.merged", "unit.split", "unit.dissolved",
            "spokesperson.named", "person.joined", "person.left", "membership.began", "membership.ended", "rank.held",
            "manager.assigned", "guest.invited", "access.granted", "access.revoked", "person.erased", "person.held",
            "person.released",
        ),
        ADMINISTRATION,
    ),
    **dict.fromkeys(("strategy.drafted", "strategy.revised", "strategy.submitted"), DRAFTING),
    **dict.fromkeys(("strategy.published", "strategy.retired", "exception.approved", "exception.ended"), SPONSORING),
    **dict.fromkeys(("evidence.recorded", "evidence.withdrawn"), EVIDENCE_WORK),
    **dict.fromkeys(("ranking.opened", "ranking.closed"), DRAFTING),
    "ranking.given": (own_person,),
    "strategy.tested": (own_person,),
    "accountable.named": GOAL_WORK,
    **dict.fromkeys(
        (
            "goal.proposed", "goal.changed", "goal.accepted", "goal.declined", "goal.deferred", "goal.reopened",
            "goal.achieved", "goal.missed", "goal.abandoned", "goal.replaced", "tactic.adopted", "tactic.changed",
            "tactic.dropped", "action.planned", "action.changed", "action.dropped",
        ),
        OWN_GOAL_WORK,
    ),
    **dict.fromkeys(("action.done", "action.reopened"), (own_person, lead_of_sub_tree)),
    **dict.fromkeys(("decision.taken", "decision.reversed", "resource.planned", "resource.spent"), GOAL_WORK),
    "knowledge.captured": (no_facilitator(with_role(Role.MEMBER, *OFFICES)),),
    **dict.fromkeys(("knowledge.revised", "knowledge.retired"), (own_person, lead_of_sub_tree, with_role(*OFFICES))),
    **dict.fromkeys(("knowledge.needed", "knowledge.need_ended"), (with_role(Role.LEAD, *OFFICES),)),
    **dict.fromkeys(("knowledge.used", "knowledge.time_stated"), ON_BEHALF),
    **dict.fromkeys(("kpi.rewards_stated", "kpi.rewards_reviewed"), GOAL_WORK),
    **dict.fromkeys(("kpi.defined", "kpi.changed", "kpi.measured", "kpi.retired"), (own_person, *GOAL_WORK)),
    **dict.fromkeys(
        (
            "commitment.made", "commitment.changed", "commitment.renewed", "commitment.declined",
            "commitment.withdrawn", "commitment.fulfilled", "commitment.missed", "commitment.reassigned",
            "acknowledgement.given", "acknowledgement.declined",
        ),
        ON_BEHALF,
    ),
    **dict.fromkeys(("shaping.opened", "shaping.closed", "proposal.answered"), DRAFTING),
    **dict.fromkeys(
        (
            "request.made", "request.promised", "request.declined", "request.countered", "request.counter_accepted",
            "request.withdrawn", "request.move_asked", "request.move_consented", "request.move_refused",
            "request.delivered", "request.accepted", "request.rejected", "request.revoked", "request.broken",
        ),
        BETWEEN_UNITS,
    ),
    "proposal.made": ON_BEHALF,
    "proposal.withdrawn": (own_person,),
    "conversation.held": (*DRAFTING, lead_of_sub_tree, member_themselves, facilitator),
    "conversation.restated": (own_person,),
    "commitment.accepted": STATEMENT,
    "commitment.confirmed": STATEMENT,
    **dict.fromkeys(
        ("concern.raised", "concern.confirmed", "concern.reopened", "concern.withdrawn"), (own_person,)
    ),
    "concern.addressed": (put_to, lead_of_sub_tree, with_role(Role.SPONSOR)),
    "channel.named": ADMINISTRATION,
    **dict.fromkeys(
        ("constituency.named", "representative.named", "representative.ended"),
        (with_role(Role.ADMINISTRATOR, Role.SPONSOR),),
    ),
    **dict.fromkeys(("constituency.asked", "constituency.released"), DRAFTING),
    "process.run": (own_person,),
    "duty.given": (with_role(Role.SPONSOR), lead_of_sub_tree),
    **dict.fromkeys(
        ("review.opened", "review.cancelled", "review.withdrawn", "review.chartered", "review.discharged"), SPONSORING
    ),
    **dict.fromkeys(
        ("review.extended", "review.closed", "review.published", "review.found"), (*SPONSORING, facilitator)
    ),
    "review.answered": (own_person,),
    "condition.assigned": (*SPONSORING, facilitator),
    "condition.judged": (own_person,),
    "condition.agreed": (own_person,),
    **dict.fromkeys(("look.answered", "look.told"), (own_person,)),
    "look.followed": (*GOAL_WORK, facilitator),
    "condition.evidenced": (*GOAL_WORK, facilitator, shared),
    **dict.fromkeys(
        (
            "gap.planned", "programme.planned", "programme.changed", "programme.dropped", "capability.needed",
            "capability.shown", "capability.released",
        ),
        GOAL_WORK,
    ),
    **dict.fromkeys(("programme.held", "programme.completed"), (*GOAL_WORK, own_person)),
    **dict.fromkeys(("report.published", "report.withdrawn"), REPORTING),
    "review.participation_reported": (),
    "review.box_ended": (),
    "schedule.refused": (),
}  # fmt: skip
"""Which policies allow which act, by topic; one that holds is enough. A correction needs what its fact needs."""

ALL_ON_RECORD = with_role(Role.AUDITOR, Role.ADMINISTRATOR, Role.SPONSOR)

VIEWS: Mapping[str, tuple[Policy, ...]] = {
    "me": (somebody,),
    "owed": (somebody,),
    "asked": (somebody,),
    "organisation": (insider,),
    "purposes": (somebody,),
    "chart": (insider,),
    "strategy": (ALL_ON_RECORD, with_role(Role.STRATEGIST), facilitator, published, shared),
    "draft": (ALL_ON_RECORD, with_role(Role.STRATEGIST), facilitator, shared),
    "benchmark": (ALL_ON_RECORD, with_role(Role.STRATEGIST), published),
    "schedule": (ALL_ON_RECORD, with_role(Role.STRATEGIST), published),
    "evidence": (ALL_ON_RECORD, with_role(Role.STRATEGIST), facilitator, published),
    "ranking": (ALL_ON_RECORD, with_role(Role.STRATEGIST), shared, published),
    "proposal": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own_person, lead_of_sub_tree, shared, facilitator),
    "conversation": (ALL_ON_RECORD, lead_of_sub_tree, shared),
    "request": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own, lead_of_sub_tree, shared),
    "stages": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, lead_of_sub_tree),
    "goal": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own_person, lead_of_sub_tree, shared),
    "decision": (ALL_ON_RECORD, with_role(Role.STRATEGIST), lead_of_sub_tree, shared),
    "tactic": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own_person, lead_of_sub_tree, shared),
    "action": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own_person, lead_of_sub_tree, shared),
    "resource": (ALL_ON_RECORD, with_role(Role.STRATEGIST), lead_of_sub_tree, shared),
    "kpi": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own_person, lead_of_sub_tree, shared, published),
    "individual-kpi": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, lead_of_sub_tree),
    "knowledge": (ALL_ON_RECORD, with_role(Role.STRATEGIST), lead_of_sub_tree, shared, published),
    "knowledge-use": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, lead_of_sub_tree),
    "alignment": (ALL_ON_RECORD, with_role(Role.STRATEGIST), facilitator, lead_of_sub_tree, shared),
    "commitment": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own, lead_of_sub_tree, shared),
    "person": (ALL_ON_RECORD, own_person, lead_of_sub_tree, shared),
    "particulars": (ALL_ON_RECORD, own_person, lead_of_sub_tree),
    "record": (with_role(Role.AUDITOR), own_person, lead_of_sub_tree),
    "subject-access": (with_role(Role.ADMINISTRATOR), own_person),
    "erasure": (with_role(Role.ADMINISTRATOR, Role.AUDITOR), own_person),
    "acknowledgement": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, lead_of_sub_tree),
    "outstanding": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, lead_of_sub_tree),
    "process": (ALL_ON_RECORD, with_role(Role.STRATEGIST), facilitator, own_person, lead_of_sub_tree, shared),
    "constituency": (ALL_ON_RECORD, with_role(Role.STRATEGIST)),
    "concern": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, put_to, lead_of_sub_tree),
    "participation": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, lead_of_sub_tree, facilitator),
    "review": (ALL_ON_RECORD, facilitator, shared),
    "gap": (ALL_ON_RECORD, with_role(Role.STRATEGIST), lead_of_sub_tree, shared),
    "programme": (ALL_ON_RECORD, with_role(Role.STRATEGIST), own_person, lead_of_sub_tree, shared, published),
    "showing": (with_role(Role.AUDITOR, Role.SPONSOR), own_person, lead_of_sub_tree),
    "ballot": (somebody,),
    "answers": (with_role(Role.AUDITOR), own_person),
    "report": (ALL_ON_RECORD, with_role(Role.STRATEGIST)),
    "feed": (somebody,),
    "history": (with_role(Role.AUDITOR, Role.ADMINISTRATOR),),
    "log": (with_role(Role.AUDITOR, Role.ADMINISTRATOR),),
    "reads": (with_role(Role.AUDITOR),),
    "register": (with_role(Role.AUDITOR, Role.SPONSOR),),
    "webhooks": ADMINISTRATION,
    "tokens": (with_role(Role.ADMINISTRATOR, Role.AUDITOR),),
    "sign-ins": (with_role(Role.ADMINISTRATOR, Role.AUDITOR),),
}
"""Which policies open which view."""


OFFICE: Mapping[str, tuple[Policy, ...]] = dict.fromkeys(
    ("token.issued", "token.revoked", "sign-in.bound", "sign-in.ended", "messages.set"), ADMINISTRATION
) | dict.fromkeys(("messages.chosen", "calendar.addressed", "calendar.ended"), (somebody,))
"""Which policies allow what is done about who gets in, and who is written to.

No scope opens these: a token would live on in its children.
"""


OWNERS_ALONE = frozenset(
    {
        "commitment.accepted", "commitment.confirmed", "conversation.restated", "review.answered",
        "concern.raised", "concern.confirmed", "concern.reopened", "concern.withdrawn",
        "condition.judged", "condition.agreed", "look.answered", "look.told", "request.accepted", "ranking.given",
        "strategy.tested",
        "proposal.withdrawn",
        "request.counter_accepted", "request.withdrawn", "request.move_consented", "request.move_refused",
        "request.rejected",
    }
)  # fmt: skip
"""Acts that nobody and nothing does for their owner, whatever a token's scopes name."""
BY_AVOW_ALONE = frozenset(
    {"review.participation_reported", "review.box_ended", "schedule.refused", "organisation.closed"}
)
"""Acts that no caller does: Avow itself tells what became of a ballot box and why a cycle could not be opened, and its
operator closes an organisation."""


OPEN_TO_GUESTS = frozenset(
    {
        "acknowledgement.given", "acknowledgement.declined", "review.answered", "conversation.restated",
        "concern.addressed",
    }
)  # fmt: skip
"""What a guest without a role, such as a constituency's representative, says for themselves; all else is for insiders.

Guests take nothing on and run nothing: they answer what they are asked.
"""


UNSCOPED = OWNERS_ALONE | BY_AVOW_ALONE | frozenset(OFFICE)
"""Acts that no token's scope opens."""


def is_scope(text: str) -> bool:
    """Whether a token's scope means something: an act, a family of acts (`goal.*`), a view, or `*` for all of them."""
    acts = (set(COMMANDS) | set(VIEWS)) - UNSCOPED
    return text == "*" or text in acts or text in {each.partition(".")[0] + ".*" for each in acts if "." in each}


def allowed(caller: Caller, act: str, about: About = NOTHING_IN_PARTICULAR) -> bool:
    """Whether some policy lets this caller do or see this. Raises KeyError for an act without an entry in the table.

    A guest without a role does nothing but answer what they are asked, whatever the policies say of their own.
    """
    if act in COMMANDS and caller.person is not None and not caller.roles and act not in OPEN_TO_GUESTS:
        return False
    policies = next(table[act] for table in (COMMANDS, OFFICE, VIEWS) if act in table or table is VIEWS)
    if any(policy(caller, about) for policy in policies):
        return True
    return act not in UNSCOPED and in_scope(act)(caller, about)


def roles_that_may(act: str) -> tuple[Role, ...]:
    """The roles that open an act or a view, whatever it is about; a lead in their sub-tree."""
    some = UUID(int=0)
    unit = About(units=frozenset({some}), published=False)
    return tuple(
        role
        for role in Role
        if allowed(Caller(organisation=some, name="", roles=frozenset({role}), leads=frozenset({some})), act, unit)
    )


def check(caller: Caller, act: str, about: About = NOTHING_IN_PARTICULAR) -> None:
    """Raises NotPermitted unless some policy lets this caller do or see this."""
    if allowed(caller, act, about):
        return
    if Role.INTEGRATION in caller.roles and act not in UNSCOPED:
        raise ScopeMissing(act, caller.name)
    raise NotPermitted(act, caller.name)
