"""Resources: the money and the people that go into a bet, a goal or a let-go, planned and actual, period by period.

One stream holds what was said of one element or goal. A plan takes the place of the one for the same period; what was
spent adds up. Amounts are exact decimals, and amounts in two currencies are never added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact

AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
PEOPLE = "people"
"""What is measured in full-time equivalents; all else is measured in a currency."""


@event("resource.planned")
class ResourcePlanned(Content):
    """So much is planned for one element or goal of a strategy, from the day `begins` to the day `ends`, both included.

    `amount` is money in `currency` (ISO 4217), `full_time` are people in full-time equivalents over the whole period:
    one of the two at least, each a decimal in digits. `unit` is the one that gives it. It takes the place of what was
    planned for the same period by the same unit.
    """

    strategy: UUID
    element: str | None = None
    goal: UUID | None = None
    unit: UUID | None = None
    begins: date
    ends: date
    amount: str | None = None
    currency: str | None = None
    full_time: str | None = None


@event("resource.spent")
class ResourceSpent(Content):
    """So much went into one element or goal of a strategy in a period; it adds to what was said of it before."""

    strategy: UUID
    element: str | None = None
    goal: UUID | None = None
    unit: UUID | None = None
    begins: date
    ends: date
    amount: str | None = None
    currency: str | None = None
    full_time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said to go in, of one measure: a currency, or `people` in full-time equivalents. `since` it was said."""

    since: datetime
    begins: date
    ends: date
    measure: str
    amount: Decimal
    unit: UUID | None = None

    def same_slot(self, other: Given) -> bool:
        """Whether both are of one unit, measure and period."""
        mine, theirs = ((each.unit, each.measure, each.begins, each.ends) for each in (self, other))
        return mine == theirs

    def crosses(self, other: Given) -> bool:
        """Whether both are of one unit and measure, for different periods that share a day."""
        alike = (self.unit, self.measure) == (other.unit, other.measure) and not self.same_slot(other)
        return alike and self.begins <= other.ends and other.begins <= self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What is said to go into one element or goal; `strategy` is None before anything was.

    `planned` are the plans that stand, `spent` all that was spent, each in the order in which it was said.
    """

    strategy: UUID | None = None
    element: str | None = None
    goal: UUID | None = None
    planned: tuple[Given, ...] = ()
    spent: tuple[Given, ...] = ()


@dataclass(eq=False)
class NothingGiven(Refusal):
    """Neither money nor people."""

    kind = RefusalKind.INVALID
    where = "amount"
    rule = "it is said neither how much money nor how many people"
    way_out = "give an amount with its currency, or full_time (full-time equivalents), or both; 0 is something, too"


@dataclass(eq=False)
class NotAnAmount(Refusal):
    """An amount that is no plain decimal."""

    field: str
    text: str
    kind = RefusalKind.INVALID
    rule = "{text!r} is no decimal of up to 15 digits and 6 decimal places, such as 125000.50"
    way_out = "write digits with a point, as a text, without a sign, spaces or a thousands separator"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # money or people


@dataclass(eq=False)
class NotACurrency(Refusal):
    """Money without a currency, a currency without money, or one that has no code."""

    currency: str
    kind = RefusalKind.INVALID
    where = "currency"
    rule = "money comes with the code of its currency in three capital letters, and only money does; not {currency!r}"
    way_out = "name the currency by its ISO 4217 code, such as EUR, beside an amount"


@dataclass(eq=False)
class PeriodEndsBeforeItBegins(Refusal):
    """A period of no day."""

    begins: date
    ends: date
    kind = RefusalKind.INVALID
    where = "ends"
    rule = "a period that begins on {begins} cannot end on {ends}"
    way_out = "name the last day of the period; it is included"


@dataclass(eq=False)
class PlansCross(Refusal):
    """Two plans for periods that share days: nobody could say how much is planned for these."""

    begins: date
    ends: date
    where = "begins"
    rule = "a plan for {begins} to {ends} stands already, which shares days with this period and is not the same"
    way_out = "plan for that very period to replace it; or plan 0 for it, and then for other periods"


def given(content: ResourcePlanned | ResourceSpent, since: datetime) -> Iterator[Given]:
    """What a statement says, measure by measure. What is no amount says nothing."""
    for measure, text in ((content.currency or "", content.amount), (PEOPLE, content.full_time)):
        if text is not None and measure and AMOUNT.fullmatch(text):
            yield Given(
                since=since,
                begins=content.begins,
                ends=content.ends,
                measure=measure,
                amount=Decimal(text),
                unit=content.unit,
            )


def guard(state: Resource, fact: Fact) -> None:
    """Refuse what is no amount, no currency and no period, and plans for periods that cross."""
    content = fact.content
    if not isinstance(content, (ResourcePlanned, ResourceSpent)):
        return
    _refuse_amounts(content)
    if content.ends < content.begins:
        raise PeriodEndsBeforeItBegins(content.begins, content.ends)
    if isinstance(content, ResourcePlanned):
        for new in given(content, fact.effective_at):
            for old in state.planned:
                if old.amount and new.amount and old.crosses(new):
                    raise PlansCross(old.begins, old.ends)


def _refuse_amounts(content: ResourcePlanned | ResourceSpent) -> None:
    if content.amount is None and content.full_time is None:
        raise NothingGiven
    for field in ("amount", "full_time"):
        text = getattr(content, field)
        if text is not None and not AMOUNT.fullmatch(text):
            raise NotAnAmount(field, text)
    if (content.amount is None) != (content.currency is None):
        raise NotACurrency(content.currency or "")
    if content.currency is not None and not CURRENCY.fullmatch(content.currency):
        raise NotACurrency(content.currency)


def evolve(state: Resource, fact: Fact) -> Resource:
    """What goes in once this fact is in its place."""
    match fact.content:
        case ResourcePlanned() as content:
            new = tuple(given(content, fact.effective_at))
            kept = tuple(old for old in state.planned if not any(old.same_slot(each) for each in new))
            return replace(_about(state, content), planned=(*kept, *new))
        case ResourceSpent() as content:
            return replace(_about(state, content), spent=(*state.spent, *given(content, fact.effective_at)))
        case _:
            return state


def _about(state: Resource, content: ResourcePlanned | ResourceSpent) -> Resource:
    return replace(state, strategy=content.strategy, element=content.element, goal=content.goal)


RESOURCE: Aggregate[Resource] = Aggregate("resource", Resource(), (ResourcePlanned, ResourceSpent), guard, evolve)
