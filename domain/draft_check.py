"""The draft check: what stands against publishing a draft, and what to think over first.

An *objection* needs an approved exception to publish; *advice* does not. The rules come from two of the ways of working
that Avow carries: S2, the compelling future, and S3, the success criteria.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.element import BETS, CASE_FOR_CHANGE, COMPELLING_FUTURE, CRITERIA, Element
from domain.platitude import Answers, answers_to, verdict

FUTURE_WORDS = (15, 20)
"""How long the statement of a compelling future is, in words (S2)."""

FUTURE_YEARS = (2, 3)
"""How far ahead its horizon lies, in years from the day of the check (S2)."""

CRITERIA_COUNT = (3, 5)
"""How many success criteria a strategy has (S3)."""

MEASURABLE = ("measure", "target", "due")
"""What a criterion cannot be measured without (S3)."""

TRACEABLE = ("method", "source", "baseline")
"""What a criterion is better measured with (S3)."""

DEFAULT_LIMITS: Mapping[str, int] = {"priority": 5, "principle": 7, "kpi": 10}
"""The most elements of a kind, unless the organisation says otherwise. The numbers are Avow's own."""

ObjectionName = Literal["unmeasurable", "nobody-accountable"]
AdviceName = Literal[
    "no-compelling-future",
    "no-case-for-change",
    "future-length",
    "future-without-horizon",
    "future-horizon",
    "could-a-competitor-sign-it",
    "criteria-count",
    "criterion-untraceable",
    "criterion-unquantified",
    "supports-removed",
    "too-many",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What stands against publishing: the rule by its name, the element at fault and what it lacks."""

    name: ObjectionName
    element: str
    missing: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule behind it."""
        return {
            "unmeasurable": "a success criterion has a measure, a target and a due date (S3)",
            "nobody-accountable": "somebody is accountable for every success criterion and big bet (S3, S25)",
        }[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to think over: the rule by its name, the elements concerned, and the figures found and allowed."""

    name: AdviceName
    rule: str
    elements: tuple[str, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict[str, int])
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCheck:
    """What the check of one draft says."""

    objections: tuple[Objection, ...]
    advice: tuple[Advice, ...]


def check(
    elements: tuple[Element, ...],
    accountable: Collection[str],
    today: date,
    limits: Mapping[str, int] = DEFAULT_LIMITS,
    tested: Answers = (),
) -> DraftCheck:
    """Check a draft. `accountable` are the elements somebody answers for; `limits` the most elements by kind.

    `tested` are the answers to whether a competitor could sign what an element states.
    """
    return DraftCheck(
        objections=objections(elements, accountable),
        advice=(
            *_on_the_future(elements, today, tested),
            *_on_the_need(elements),
            *_on_criteria(elements),
            *_on_support(elements),
            *_on_limits(elements, limits),
        ),
    )


def objections(elements: tuple[Element, ...], accountable: Collection[str]) -> tuple[Objection, ...]:
    """What stands against publishing these elements, in their order."""
    found = list[Objection]()
    for each in elements:
        missing = _lacking(each, MEASURABLE)
        if each.kind in CRITERIA and missing:
            found.append(Objection(name="unmeasurable", element=each.id, missing=missing))
        if each.kind in CRITERIA | BETS and each.id not in accountable:
            found.append(Objection(name="nobody-accountable", element=each.id, missing=("accountable",)))
    return tuple(found)


def _lacking(element: Element, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not getattr(element, name))


def _on_the_future(elements: tuple[Element, ...], today: date, tested: Answers) -> list[Advice]:
    futures = [each for each in elements if each.kind == COMPELLING_FUTURE]
    if not futures:
        return [Advice(name="no-compelling-future", rule="a strategy says what is being built (S2)")]
    return [advice for each in futures for advice in (*_on_one_future(each, today), *_on_signing(each, tested))]


def _on_the_need(elements: tuple[Element, ...]) -> list[Advice]:
    if any(each.kind == CASE_FOR_CHANGE for each in elements):
        return []
    return [Advice(name="no-case-for-change", rule="a strategy tells the truth about the need for it (S2)")]


def _on_one_future(future: Element, today: date) -> list[Advice]:
    about, found = (future.id,), list[Advice]()
    count, (least, most) = words(future.text), FUTURE_WORDS
    if not least <= count <= most:
        found.append(
            Advice(
                name="future-length",
                rule=f"a compelling future is said in {least} to {most} words (S2)",
                elements=about,
                figures={"words": count, "least": least, "most": most},
            )
        )
    nearest, farthest = FUTURE_YEARS
    rule = f"the horizon of a compelling future lies {nearest} to {farthest} years ahead (S2)"
    if future.horizon is None:
        found.append(Advice(name="future-without-horizon", rule=rule, elements=about, missing=("horizon",)))
    elif not years_after(today, nearest) <= future.horizon <= years_after(today, farthest):
        found.append(
            Advice(
                name="future-horizon",
                rule=rule,
                elements=about,
                figures={"days": (future.horizon - today).days, "least_years": nearest, "most_years": farthest},
            )
        )
    return found


def _on_signing(future: Element, tested: Answers) -> list[Advice]:
    """Only people can answer this one: it is asked until somebody did, and stands while anybody says yes."""
    found = verdict(answers_to(tested, future.id, future.text))
    if found.platitude is False:
        return []
    return [
        Advice(
            name="could-a-competitor-sign-it",
            rule="what any competitor could sign as well is a platitude (S2)",
            elements=(future.id,),
            figures={} if found.platitude is None else {"could": found.could, "could_not": found.could_not},
        )
    ]


def _on_criteria(elements: tuple[Element, ...]) -> list[Advice]:
    criteria, found = [each for each in elements if each.kind in CRITERIA], list[Advice]()
    least, most = CRITERIA_COUNT
    if not least <= len(criteria) <= most:
        found.append(
            Advice(
                name="criteria-count",
                rule=f"a strategy has {least} to {most} success criteria (S3)",
                elements=tuple(each.id for each in criteria),
                figures={"criteria": len(criteria), "least": least, "most": most},
            )
        )
    found.extend(
        Advice(
            name="criterion-untraceable",
            rule="a criterion says by which method, from which source and baseline (S3)",
            elements=(each.id,),
            missing=missing,
        )
        for each in criteria
        if (missing := _lacking(each, TRACEABLE))
    )
    found.extend(
        Advice(
            name="criterion-unquantified",
            rule="a target is a number, so that it can be told whether it was reached (S3)",
            elements=(each.id,),
        )
        for each in criteria
        if each.target and not any(sign.isdigit() for sign in each.target)
    )
    return found


def _on_support(elements: tuple[Element, ...]) -> list[Advice]:
    there = {each.id for each in elements}
    return [
        Advice(
            name="supports-removed",
            rule="an element supports what is in the strategy (S3)",
            elements=(each.id,),
            missing=gone,
        )
        for each in elements
        if (gone := tuple(id for id in each.supports if id not in there))
    ]


def _on_limits(elements: tuple[Element, ...], limits: Mapping[str, int]) -> list[Advice]:
    """What exceeds a limit: the last ones by rank, those without a rank after those with one."""
    found = list[Advice]()
    for kind, most in sorted(limits.items()):
        of_kind = (each for each in elements if each.kind == kind)
        ranked = sorted(of_kind, key=lambda each: (each.rank is None, each.rank or 0))
        if len(ranked) > most:
            found.append(
                Advice(
                    name="too-many",
                    rule=f"this organisation limits itself to {most} of kind {kind} (S3)",
                    elements=tuple(each.id for each in ranked[most:]),
                    figures={"found": len(ranked), "most": most},
                )
            )
    return found


def words(text: str) -> int:
    """How many words: what stands between white space and holds a letter or digit, so a dash is none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def years_after(day: date, years: int) -> date:
    """The same day years later; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
