"""The regular look at strategy and daily work: in February 2026 it is still wanted, and much work puts out fires.

In summer a business review finds what is behind one of the goals, and an action follows.
"""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import SPONSOR
from adapters.sample.tidewater.strategy import CURRENT

HEADS = {
    "tw-make": ("odo-fenwick", 5, 1, 4, "partly"), "tw-engineer": ("liv-castor", 7, 1, 2, "yes"),
    "tw-market": ("jon-abelin", 6, 2, 2, "yes"), "tw-field": ("thea-morland", 3, 1, 6, "no"),
}  # fmt: skip
"""By function: who tells, tenths on goals, exceptions and fire-fighting, and whether it makes progress."""


def tell(history: History) -> None:
    """One look, by the heads of the four functions; and the business review of the first half of the year."""
    say, review = history.say, "look-february-2026"
    say(
        "review.opened",
        "2026-02-02 09:00",
        review=review,
        kind="strategy_check",
        title="Is it still what we want?",
        strategy=CURRENT,
        revision=2,
        questionnaire="regular-look",
        participants=[person for person, *_ in HEADS.values()],
        closes="2026-02-14",
        readers=[SPONSOR],
        actor=SPONSOR,
    )
    answerer = "thea-morland"
    say("look.answered", "2026-02-03 10:00", review=review, person=answerer, wanted=True, actor=answerer)
    for unit, (person, goals, exceptions, fires, progress) in HEADS.items():
        say(
            "look.told",
            "2026-02-04 10:00",
            review=review,
            person=person,
            unit=unit,
            goals=goals,
            exceptions=exceptions,
            fire_fighting=fires,
            progress=progress,
            actor=person,
        )
    say("review.closed", "2026-02-13 18:00", review=review, actor=SPONSOR)
    _business_review(history)


def _business_review(history: History) -> None:
    say, review = history.say, "first-half-2026"
    say(
        "review.opened",
        "2026-07-13 09:00",
        review=review,
        kind="business_review",
        title="The first half of 2026",
        strategy=CURRENT,
        revision=2,
        questionnaire="business-review",
        participants=[person for person, *_ in HEADS.values()],
        closes="2026-07-25",
        readers=[SPONSOR],
        actor=SPONSOR,
    )
    for (person, *_), scores in zip(HEADS.values(), ((4, 3, 3), (4, 4, 3), (3, 4, 4), (3, 2, 2)), strict=True):
        answers = {
            name: {"score": score} for name, score in zip(("measured", "on-course", "actions"), scores, strict=True)
        }
        say("review.answered", "2026-07-16 10:00", review=review, person=person, answers=answers, actor=person)
    for finding, text in (
        ("no-second-reader", "where two are planned for a night round, one walks alone every third night"),
        ("jig-late", "the jig that is to seal every body stands at the supplier's"),
    ):
        said = {"review": review, "finding": finding, "text": text, "element": "bet-night"}
        say("review.found", "2026-07-23 11:00", actor=SPONSOR, **said)
    say("review.closed", "2026-07-24 18:00", review=review, actor=SPONSOR)
    say("review.published", "2026-07-27 10:00", review=review, edition=1, actor=SPONSOR)
    say(
        "action.planned",
        "2026-07-27 11:00",
        action="second-reader",
        title="Nobody is sent out when the second reader is missing",
        goal="night-reading",
        unit="tw-night",
        person="karl-voss",
        by_when="2026-09-30",
        actor="thea-morland",
    )
    follows = {"review": review, "finding": "no-second-reader", "action": "second-reader"}
    say("look.followed", "2026-07-27 11:05", actor="thea-morland", **follows)
