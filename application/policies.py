"""Policies: small pure functions that tell whether a caller may do or see what is about something (trust.md §1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.access import AccessRole
from domain.kernel import Party

Role = AccessRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: the organisation the token is for, the person behind it if any, and what it lets them do.

    `leads` are the units whose sub-tree the caller leads, `scopes` the acts an integration's token names; `facilitates`
    are the reviews that the caller runs under a charter, `examines` the strategies which those are about. All of it is
    as of `now`, the instant at which the caller asks.
    """

    organisation: UUID
    name: str
    person: UUID | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()
    leads: frozenset[UUID] = frozenset()
    facilitates: frozenset[UUID] = frozenset()
    examines: frozenset[UUID] = frozenset()
    now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an act or a view is about, as far as policies need to know.

    `party` is whose statement it is; `speaks_for` says that the caller is the named spokesperson of that unit;
    `units` are the units concerned with all those above them (so that a lead's sub-tree can be told); `shared` says
    that the caller belongs to one of the units concerned, that its owner is a leader above the caller, or that the
    caller was asked in the review concerned; `put_to` that the caller is asked for a word on it; `review` and
    `strategy` are the ones concerned.
    """

    party: Party | None = None
    speaks_for: bool = False
    units: frozenset[UUID] = frozenset()
    shared: bool = False
    put_to: bool = False
    published: bool = True
    review: UUID | None = None
    strategy: UUID | None = None


Policy = Callable[[Caller, About], bool]


def with_role(*roles: Role) -> Policy:
    """Callers who hold one of these roles."""
    wanted = frozenset(roles)
    return lambda caller, about: bool(caller.roles & wanted)


def own(caller: Caller, about: About) -> bool:
    """A party's own statement: made by that person, or by the spokesperson of that unit."""
    if about.party is None or caller.person is None:
        return False
    return about.party.id == caller.person or about.speaks_for


def lead_of_sub_tree(caller: Caller, about: About) -> bool:
    """A lead, over the units they lead and all below."""
    return Role.LEAD in caller.roles and bool(caller.leads & about.units)


def shared(caller: Caller, about: About) -> bool:
    """A member, over what belongs to their own units or to the leaders above them."""
    return Role.MEMBER in caller.roles and about.shared


def published(caller: Caller, about: About) -> bool:
    """A member, over what has been published to all."""
    return Role.MEMBER in caller.roles and about.published


def own_person(caller: Caller, about: About) -> bool:
    """Somebody about themselves."""
    return caller.person is not None and about.party == Party("person", caller.person)


def put_to(caller: Caller, about: About) -> bool:
    """Whoever is asked for a word on it."""
    return about.put_to


def facilitator(caller: Caller, about: About) -> bool:
    """Whoever runs the review concerned under a charter that holds, over it and the strategy that it is about."""
    return about.review in caller.facilitates or about.strategy in caller.examines


def member_themselves(caller: Caller, about: About) -> bool:
    """Somebody who belongs to the organisation, about what they did themselves."""
    return Role.MEMBER in caller.roles and own_person(caller, about)


def no_facilitator(*policies: Policy) -> Policy:
    """What these allow, for whoever runs no review: a facilitator commits and acknowledges for nobody."""
    return lambda caller, about: not caller.facilitates and any(policy(caller, about) for policy in policies)


def somebody(caller: Caller, about: About) -> bool:
    """Any caller of the organisation."""
    return True


def insider(caller: Caller, about: About) -> bool:
    """Whoever has a role: not a guest, such as a constituency's representative, who is let see their own alone."""
    return bool(caller.roles)


def in_scope(act: str) -> Policy:
    """An integration whose token names the act, or its family (`commitment.*`)."""
    family = act.partition(".")[0] + ".*"
    return lambda caller, about: Role.INTEGRATION in caller.roles and bool(caller.scopes & {act, family, "*"})
