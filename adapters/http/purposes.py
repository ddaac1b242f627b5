"""Purposes over HTTP: what every kind of data is there for, and what was agreed on its use in appraisals."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.noun import Noun
from domain.agreement import Agreement, appraisable, switched_off
from domain.organisation import ORGANISATION
from domain.purpose import PURPOSES, DataKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KindAnswer:
    """A kind of data: what it holds, what for, and whether it may be used to appraise individuals, by which agreement.

    `appraisable` tells whether an agreement could allow it; `without` which agreement says that it is not kept at all.
    """

    kind: DataKind
    holds: str
    serves: str
    appraisable: bool
    appraisal: bool
    agreement: str | None
    without: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposesAnswer:
    """Every kind of data with its purpose, and all agreements concluded by then, ended ones too."""

    kinds: tuple[KindAnswer, ...]
    agreements: tuple[Agreement, ...]


def shown(inquiry: Inquiry) -> Found:
    """What every kind of data about people is there for, and what was agreed, as of the moment.

    Use in individual appraisal is off unless an agreement allows it, kind by kind.
    """
    inquiry.check()
    found = inquiry.states(ORGANISATION, streams=[inquiry.organisation])[inquiry.organisation]
    allowed = appraisable(found.agreements, inquiry.asked.valid_at)
    off = switched_off(found.agreements, inquiry.asked.valid_at)
    kinds = tuple(
        KindAnswer(
            kind=kind,
            holds=each.holds,
            serves=each.serves,
            appraisable=each.appraisable,
            appraisal=kind in allowed,
            agreement=allowed.get(kind),
            without=off.get(kind),
        )
        for kind, each in PURPOSES.items()
    )
    return Found(answer=PurposesAnswer(kinds=kinds, agreements=found.agreements))


PURPOSES_OF_DATA = Noun(
    name="purposes",
    description="What data about people is there for, and the agreements on its use in appraisals.",
    acts=(
        Act(path="agreements", topic="agreement.concluded", leads_to="purposes"),
        Act(path="agreements/<path:agreement>/endings", topic="agreement.ended", leads_to="purposes", changes=True),
    ),
    asks=(
        Ask(path="purposes", view="purposes", find=shown, title="Show what data is there for.", answers=PurposesAnswer),
    ),
)
