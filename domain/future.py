"""The compelling future: what is being built, until when, and whether any competitor could say the same (S2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.draft_check import FUTURE_WORDS, FUTURE_YEARS, words, years_after
from domain.element import CASE_FOR_CHANGE, COMPELLING_FUTURE, Element
from domain.platitude import Answers, Verdict, answers_to, verdict
from domain.publication import Publications


@dataclass(frozen=True, slots=True, kw_only=True)
class Future:
    """The statement of what is being built.

    `words` are how many it has, `concise` whether they are 15 to 20. `days_ahead` is how far its horizon lies ahead of
    the day from which on it says so, `two_to_three_years` whether that is two to three years; `days_left` is from today
    on. Without a horizon all three are None. `answers` are about these very words.
    """

    element: str
    statement: str
    words: int
    concise: bool
    horizon: date | None
    days_ahead: int | None
    two_to_three_years: bool | None
    days_left: int | None
    verdict: Verdict
    answers: Answers


def futures(
    elements: Iterable[Element], answers: Answers, said_since: Callable[[Element], date], today: date
) -> tuple[Future, ...]:
    """Every compelling future among these elements; `said_since` tells from which day on one says so."""
    return tuple(_future(each, answers, said_since(each), today) for each in elements if each.kind == COMPELLING_FUTURE)


def stands_since(publications: Publications, element: Element, at: datetime) -> datetime | None:
    """Since when the revisions in force have stated these words with this horizon; None where none does."""
    since: datetime | None = None
    for each in reversed([one for one in publications if one.in_force_from <= at]):
        if not any(
            (one.id, one.text, one.horizon) == (element.id, element.text, element.horizon) for one in each.elements
        ):
            break
        since = each.in_force_from
    return since


def _future(element: Element, answers: Answers, said_since: date, today: date) -> Future:
    (least, most), (nearest, farthest) = FUTURE_WORDS, FUTURE_YEARS
    count, horizon, said = words(element.text), element.horizon, answers_to(answers, element.id, element.text)
    return Future(
        element=element.id,
        statement=element.text,
        words=count,
        concise=least <= count <= most,
        horizon=horizon,
        days_ahead=(horizon - said_since).days if horizon is not None else None,
        two_to_three_years=(
            years_after(said_since, nearest) <= horizon <= years_after(said_since, farthest)
            if horizon is not None
            else None
        ),
        days_left=(horizon - today).days if horizon is not None else None,
        verdict=verdict(said),
        answers=said,
    )


def needs(elements: Iterable[Element]) -> tuple[Element, ...]:
    """The case for change: the truth about the need."""
    return tuple(each for each in elements if each.kind == CASE_FOR_CHANGE)
