"""Agreements: what the organisation and those who speak for its people agreed on the use of data about individuals.

Without one, nothing that Avow holds is used to appraise anybody. An agreement has a date and parties, names the kinds
of data it allows in appraisals and those that are not kept at all, and ends: on the day that it names, or when it is
said to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.purpose import PURPOSES, DataKind


@event("agreement.concluded", schema=2)
class AgreementConcluded(Content):
    """The parties agreed that these kinds of data may be used in the appraisal of individuals, until `expires`.

    `agreement` is its id, unique in the organisation; `parties` are named in words, such as a works council. Kinds of
    data `without` which one does are not kept of individuals while it holds.
    """

    agreement: str
    parties: tuple[str, ...]
    kinds: tuple[DataKind, ...]
    expires: datetime | None = None
    without: tuple[DataKind, ...] = ()


@event("agreement.ended")
class AgreementEnded(Content):
    """The agreement allows nothing from here on; why stands in the envelope."""

    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement and what became of it."""

    agreement: str
    parties: tuple[str, ...]
    kinds: tuple[DataKind, ...]
    concluded_at: datetime
    expires: datetime | None = None
    ended_at: datetime | None = None
    without: tuple[DataKind, ...] = ()

    def holds(self, at: datetime) -> bool:
        """Whether it is concluded, not ended and not expired at that instant."""
        return self.concluded_at <= at and all(end is None or at < end for end in (self.ended_at, self.expires))


Agreements = tuple[Agreement, ...]


@dataclass(eq=False)
class AgreementAlreadyConcluded(Refusal):
    """Each agreement is concluded once."""

    agreement: str
    where = "agreement"
    rule = "agreement {agreement} was concluded already"
    way_out = "give the new one an id of its own, or correct the one recorded"


@dataclass(eq=False)
class AgreementUnknown(Refusal):
    """There is no such agreement, or it ended before."""

    agreement: str
    kind = RefusalKind.UNKNOWN
    where = "agreement"
    rule = "no agreement {agreement} stands at that instant"
    way_out = "name one that was concluded and has not ended"


@dataclass(eq=False)
class PartiesTooFew(Refusal):
    """Nobody agrees with themselves."""

    kind = RefusalKind.INVALID
    where = "parties"
    rule = "an agreement has two different parties at least"
    way_out = "name who concluded it on each side, such as the management and the works council"


@dataclass(eq=False)
class NothingAgreed(Refusal):
    """An agreement that allows nothing."""

    kind = RefusalKind.INVALID
    where = "kinds"
    rule = "the agreement names no kind of data, or one of them twice"
    way_out = "name each kind that it allows, or that is not kept, once; without an agreement nothing is allowed"


@dataclass(eq=False)
class NeverAppraised(Refusal):
    """A kind of data that no agreement opens to appraisals."""

    data: DataKind
    kind = RefusalKind.INVALID
    where = "kinds"
    rule = "{data} are never used in the appraisal of individuals, whatever is agreed"
    way_out = "leave them out; GET …/purposes tells which kinds an agreement may name"


@dataclass(eq=False)
class NotSwitchedOff(Refusal):
    """A kind of data that Avow cannot do without."""

    data: DataKind
    kind = RefusalKind.INVALID
    where = "without"
    rule = "{data} cannot be switched off by agreement"
    way_out = "leave them out; of kinds of data only kpis, those of individuals, can be switched off"


@dataclass(eq=False)
class ExpiresBeforeAgreed(Refusal):
    """An agreement that would never hold."""

    agreement: str
    kind = RefusalKind.INVALID
    where = "expires"
    rule = "agreement {agreement} would expire before it is concluded"
    way_out = "let it expire on a later day, or never"


def refuse_agreement(agreements: Agreements, content: AgreementConcluded, at: datetime) -> None:
    """Refuse an agreement that is none."""
    if any(each.agreement == content.agreement for each in agreements):
        raise AgreementAlreadyConcluded(content.agreement)
    named = {each.strip().casefold() for each in content.parties}
    if len(named) < 2 or "" in named:
        raise PartiesTooFew
    agreed = (*content.kinds, *content.without)
    if not agreed or len(set(agreed)) < len(agreed):
        raise NothingAgreed
    for kind in content.without:
        if not PURPOSES[kind].switchable:
            raise NotSwitchedOff(kind)
    for kind in content.kinds:
        if not PURPOSES[kind].appraisable:
            raise NeverAppraised(kind)
    if content.expires is not None and content.expires <= at:
        raise ExpiresBeforeAgreed(content.agreement)


def refuse_agreement_end(agreements: Agreements, content: AgreementEnded) -> None:
    """Refuse to end what does not stand."""
    if not any(each.agreement == content.agreement and each.ended_at is None for each in agreements):
        raise AgreementUnknown(content.agreement)


def with_agreement(agreements: Agreements, content: AgreementConcluded, at: datetime) -> Agreements:
    """The agreements with this one too."""
    made = Agreement(
        agreement=content.agreement,
        parties=content.parties,
        kinds=content.kinds,
        concluded_at=at,
        expires=content.expires,
        without=content.without,
    )
    return (*agreements, made)


def without_agreement(agreements: Agreements, content: AgreementEnded, at: datetime) -> Agreements:
    """The agreements once this one ended."""
    return tuple(
        replace(each, ended_at=at) if each.agreement == content.agreement and each.ended_at is None else each
        for each in agreements
    )


def appraisable(agreements: Agreements, at: datetime) -> Mapping[DataKind, str]:
    """The kinds of data that may be used in appraisals at that instant, each with the agreement that allows it."""
    return {kind: each.agreement for each in reversed(agreements) if each.holds(at) for kind in each.kinds}


def switched_off(agreements: Agreements, at: datetime) -> Mapping[DataKind, str]:
    """The kinds of data that are not kept of individuals at that instant, each with the agreement that says so."""
    return {kind: each.agreement for each in reversed(agreements) if each.holds(at) for kind in each.without}
