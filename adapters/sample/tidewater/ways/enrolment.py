"""Tenders is enrolled in five stages, from January to June 2026; one of nine comes in late, and one never commits."""

from __future__ import annotations

from adapters.sample.commitments import COMMITTED, Commitments
from adapters.sample.history import History, Value
from adapters.sample.people import Staff
from adapters.sample.tidewater.strategy import CURRENT

UNIT, HOLDER = "tw-tenders", "jon-abelin"
PARTS = ("who", "what", "when", "where", "how")


def tell(history: History, staff: Staff, commitments: Commitments) -> None:
    """Stage by stage."""
    team = [person.key for person in staff.of(UNIT, "2026-01-14")]
    _held(history, "relationship", "2026-01-14 10:00", [{"person": each, "knows": True} for each in team])
    *most, absent = team
    mine = ("yes", "yes", "partly", "yes", "yes", "yes", "no", "yes")
    possible: list[dict[str, Value]] = [
        {"person": each, "mine": word} for each, word in zip(most, mine, strict=True)
    ]  # fmt: skip
    _held(history, "possibility", "2026-01-28 10:00", possible)
    _held(
        history,
        "possibility",
        "2026-02-04 10:00",
        [{"person": absent, "mine": "yes"}],
        key="tenders-possibility-2",
        entered="2026-02-20 09:00",
        reason="held on the train, written down after the holidays",
    )
    named: list[dict[str, Value]] = [{"person": each, "named": list(PARTS)} for each in team[:6]]
    _held(
        history,
        "pathway",
        "2026-02-11 10:00",
        named,
        pathway={
            "who": "two of us with one crew of the utility", "what": "an offer for joint repairs",
            "when": "before each tender of the year", "where": "at the utility", "how": "with last year's leak log",
        },
    )  # fmt: skip
    _held(history, "action", "2026-02-18 10:00", [{"person": each} for each in team[:5]])
    for number, person in enumerate(team[:4]):
        commitments.make(
            person,
            "joint-crews",
            COMMITTED,
            f"2026-02-18 {11 + number}:00",
            strategy=CURRENT,
            role="writes offers",
            result=f"{number + 2} offers with a utility's crew in them",
            by_when="2026-10-31",
        )
    thanks: list[Value] = [{"person": team[0], "completed": "the first offer that a utility's crew wrote with us"}]
    _held(
        history,
        "completion",
        "2026-06-24 10:00",
        [
            {"person": team[0], "complete": True, "feedback": "it went better than I thought"},
            {"person": team[1], "complete": True},
            {"person": team[2], "complete": False, "feedback": "two utilities never called back"},
        ],
        recognition=thanks,
    )


def _held(
    history: History, stage: str, at: str, outcomes: list[dict[str, Value]], key: str | None = None, **said: Value
) -> None:
    history.say(
        "conversation.held",
        at,
        conversation=key or f"tenders-{stage}",
        strategy=CURRENT,
        stage=stage,
        unit=UNIT,
        holder=HOLDER,
        outcomes=outcomes,
        actor=HOLDER,
        **said,
    )
