"""The figures of the alignment state by the names that the features give them."""

from __future__ import annotations

from tests.bdd.driver import Json

FIGURES = {
    "people": "population/people",
    "units": "population/units",
    "without a home": "population/without_home",
    "unplaced": "population/unplaced",
    "units unplaced": "population/unplaced_units",
    "goals nobody answers for": "accountable/goals_vacant",
    "acknowledged": "acknowledgement/current",
    "outdated": "acknowledgement/outdated",
    "declined to acknowledge": "acknowledgement/declined",
    "acknowledged for them": "acknowledgement/on_behalf",
    "not acknowledged": "acknowledgement/none",
    "commitments": "commitments/all",
    "current": "commitments/current",
    "stale": "commitments/stale",
    "early": "commitments/early",
    "on behalf": "commitments/on_behalf",
    "unowned": "commitments/unowned",
    "overdue": "commitments/overdue",
    "fulfilled": "commitments/fulfilled",
    "missed": "commitments/missed",
    "withdrawn": "commitments/withdrawn",
    "declined": "commitments/declined",
    "people committed": "parties/people/committed",
    "people declined": "parties/people/declined",
    "units committed": "parties/units/committed",
    "duties open": "duties/open",
    "duties overdue": "duties/overdue",
    "duties met": "duties/met",
    "duties lapsed": "duties/lapsed",
}


def read(answer: Json, name: str) -> str:
    """What the alignment state tells under a name."""
    if name == "revision in force":
        revision = answer["revision_in_force"]
        return str(revision["revision"]) if revision else "none"
    if name == "people committed of all":
        share = answer["people_committed"]
        return f"{share['count']} of {share['of']}"
    if name == "without effect":
        return str(len(answer["not_applied"]))
    if name == "elements nobody answers for":
        return str(sum(each["vacant"] and each["element"] is not None for each in answer["on_the_hook"]))
    if name == "exceptions":
        return str(len(answer["exceptions"]))
    if name == "exceptions not separated":
        return str(sum(each["not_separated"] for each in answer["exceptions"]))
    group, _, rest = FIGURES.get(name, name).partition("/")
    figure = answer[group].get(rest)
    return str(figure["count"]) if figure is not None else "none"
