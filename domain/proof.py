"""What evidence comes to for the elements of a strategy: for its ideal clients, and for what sets it apart.

Of one measure the newest observation counts, whatever order it was learned in. Stated and behavioural evidence stand
beside each other and are never added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from domain.element import CLIENT_PROFILE, DIFFERENTIATOR, Element
from domain.evidence import (
    CONDUCT,
    MAJORITY_WIN_RATE,
    PERCEPTION,
    REFERRALS,
    TESTIMONIALS,
    WIN_RATE,
    Bearing,
    Evidence,
    EvidenceKind,
)

OLD_AFTER = 365
"""Days after which evidence is old, unless another number is asked for. The number is Avow's own."""

HALF = Decimal(50)
"""Percent: whoever wins more than this wins the majority of the time."""

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence that counts: when it was seen, how many days ago, and whether that makes it old."""

    id: UUID
    evidence: Evidence
    observed: date
    age_days: int
    old: bool

    @property
    def newest(self) -> tuple[date, str, str]:
        """What decides which of two counts: the later seen, else the later recorded, else by id."""
        recorded = self.evidence.recorded_at
        return self.observed, recorded.isoformat() if recorded else "", str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What evidence of one kind says about the claim, and how many pieces of it are not old."""

    pieces: int
    speaks_for: int
    speaks_against: int
    open: int
    fresh: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an element's evidence comes to.

    `at_odds` says that what is stated and what is done speak differently about the claim; `stated_only` that nothing
    that was done speaks of it.
    """

    stated: Compared
    behavioural: Compared
    at_odds: bool
    stated_only: bool
    newest: date | None
    all_old: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WinRate:
    """A share of decided offers that was won, in percent with one decimal, and the evidence that tells it."""

    percent: float
    count: int | None
    of: int | None
    observed: date
    evidence: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many of something were counted, in how many pieces of evidence."""

    count: int
    evidence: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """What we want to be seen as, what we do, and what is perceived; `missing` names what is not known."""

    wanted: str | None
    done: tuple[UUID, ...]
    perceived: tuple[UUID, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An ideal client profile beside its evidence.

    `ahead_by` is by how many percentage points these clients are won more often than the majority; `wins_majority`
    whether they are won more often than not. Both are None where the rates are not known.
    """

    element: Element
    win_rate: WinRate | None
    majority_win_rate: WinRate | None
    ahead_by: float | None
    wins_majority: bool | None
    referrals: Told
    testimonials: Told
    own_view: OwnView
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What sets apart, beside its evidence; `missing` names what it does not say, and evidence where there is none."""

    element: Element
    shown: Shown
    missing: tuple[str, ...]


def clients(elements: Iterable[Element], pieces: Mapping[str, tuple[Piece, ...]]) -> tuple[Client, ...]:
    """Every client profile, in the document's order, beside the evidence for it."""
    return tuple(_client(each, pieces.get(each.id, ())) for each in elements if each.kind == CLIENT_PROFILE)


def differences(elements: Iterable[Element], pieces: Mapping[str, tuple[Piece, ...]]) -> tuple[Difference, ...]:
    """Every differentiator, in the document's order, beside the evidence for it."""
    return tuple(_difference(each, pieces.get(each.id, ())) for each in elements if each.kind == DIFFERENTIATOR)


def pieces_of(
    evidence: Mapping[UUID, Evidence], days: Mapping[UUID, date], today: date, old_after: int = OLD_AFTER
) -> Mapping[str, tuple[Piece, ...]]:
    """The evidence that counts on the day `today`, by element, newest first. `days` tell on which day it was recorded.

    What was withdrawn counts no more.
    """
    found = dict[str, list[Piece]]()
    for id, each in evidence.items():
        if each.recorded_at is None or each.withdrawn_at is not None:
            continue
        observed = each.observed or days[id]
        age = (today - observed).days
        piece = Piece(id=id, evidence=each, observed=observed, age_days=age, old=age > old_after)
        found.setdefault(each.element, []).append(piece)
    return {
        element: tuple(sorted(pieces, key=lambda each: each.newest, reverse=True)) for element, pieces in found.items()
    }


def shown_by(pieces: tuple[Piece, ...]) -> Shown:
    """What pieces of evidence, newest first, come to."""
    stated, behavioural = (_compared(pieces, kind) for kind in (EvidenceKind.STATED, EvidenceKind.BEHAVIOURAL))
    tends, acts = (_tendency(each) for each in (stated, behavioural))
    return Shown(
        stated=stated,
        behavioural=behavioural,
        at_odds=tends * acts < 0,
        stated_only=bool(stated.pieces) and not behavioural.pieces,
        newest=pieces[0].observed if pieces else None,
        all_old=bool(pieces) and all(each.old for each in pieces),
        pieces=pieces,
    )


def _compared(pieces: tuple[Piece, ...], kind: EvidenceKind) -> Compared:
    bears = [each.evidence.bears for each in pieces if each.evidence.kind is kind]
    return Compared(
        pieces=len(bears),
        speaks_for=bears.count(Bearing.FOR),
        speaks_against=bears.count(Bearing.AGAINST),
        open=bears.count(Bearing.OPEN),
        fresh=sum(not each.old for each in pieces if each.evidence.kind is kind),
    )


def _tendency(compared: Compared) -> int:
    return compared.speaks_for - compared.speaks_against


def _client(element: Element, pieces: tuple[Piece, ...]) -> Client:
    own, majority = (_rate(pieces, measure) for measure in (WIN_RATE, MAJORITY_WIN_RATE))
    exact, other = (each[0] if each else None for each in (own, majority))
    return Client(
        element=element,
        win_rate=own[1] if own else None,
        majority_win_rate=majority[1] if majority else None,
        ahead_by=_rounded(exact - other) if exact is not None and other is not None else None,
        wins_majority=exact > HALF if exact is not None else None,
        referrals=_told(pieces, REFERRALS),
        testimonials=_told(pieces, TESTIMONIALS),
        own_view=_own_view(element, pieces),
        shown=shown_by(pieces),
    )


def _rate(pieces: tuple[Piece, ...], measure: str) -> tuple[Decimal, WinRate] | None:
    for each in pieces:
        rate = each.evidence.rate if each.evidence.measure == measure else None
        if rate is not None:
            return rate, WinRate(
                percent=_rounded(rate),
                count=each.evidence.count if each.evidence.of else None,
                of=each.evidence.of,
                observed=each.observed,
                evidence=each.id,
            )
    return None


def _rounded(number: Decimal) -> float:
    return float(number.quantize(TENTH, ROUND_HALF_UP))


def _told(pieces: tuple[Piece, ...], measure: str) -> Told:
    telling = [each for each in pieces if each.evidence.measure == measure]
    return Told(count=sum(each.evidence.times for each in telling), evidence=tuple(each.id for each in telling))


def _own_view(element: Element, pieces: tuple[Piece, ...]) -> OwnView:
    done, perceived = (
        tuple(each.id for each in pieces if each.evidence.measure == measure) for measure in (CONDUCT, PERCEPTION)
    )
    parts = {"wanted": element.seen_as, "done": done, "perceived": perceived}
    return OwnView(
        wanted=element.seen_as,
        done=done,
        perceived=perceived,
        missing=tuple(name for name, known in parts.items() if not known),
    )


def _difference(element: Element, pieces: tuple[Piece, ...]) -> Difference:
    said = {"edge": element.edge, "apart_from": element.apart_from, "profiles": element.profiles, "evidence": pieces}
    missing = tuple(name for name, known in said.items() if not known)
    return Difference(element=element, shown=shown_by(pieces), missing=missing)
