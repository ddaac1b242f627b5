"""The alignment state once more, written straight from the words of the design and from nothing of the product.

It is slow and plain on purpose: it knows days, not intervals; it goes over all facts for every question; where a rule
speaks of a time since which something has been so, it tries every day. What it takes is a log of plain words in the
order in which they were learned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

LEVELS = ("not yet", "on condition", "committed")
WHOLE = None


@dataclass(frozen=True)
class Line:
    """One word of the log: about which fact of which stream, what it says, of which day; `own` by whom it concerns."""

    stream: str
    fact: int
    day: int
    topic: str
    said: dict[str, Any] | None
    own: bool = True


@dataclass
class Naive:
    """What was so at the end of a day, by the first `known` lines of a log."""

    log: list[Line]
    day: int
    known: int
    facts: dict[str, list[Line]] = field(init=False)

    def __post_init__(self) -> None:
        newest: dict[tuple[str, int], Line] = {}
        for line in self.log[: self.known]:
            newest[line.stream, line.fact] = line
        standing = [line for line in newest.values() if line.said is not None and line.day <= self.day]
        standing.sort(key=lambda line: (line.stream, line.day, line.fact))
        self.facts = {stream: list(lines) for stream, lines in groupby(standing, key=lambda line: line.stream)}

    def of(self, stream: str, *topics: str) -> list[tuple[int, dict[str, Any], bool]]:
        """Day, content and whether it was one's own word, of the facts of a stream, in order."""
        lines = self.facts.get(stream, [])
        return [(each.day, each.said or {}, each.own) for each in lines if not topics or each.topic in topics]

    def streams(self, kind: str) -> list[str]:
        return [stream for stream in self.facts if stream.startswith(f"{kind} ")]

    # the chart

    def units(self) -> list[str]:
        return [said["unit"] for _, said, _ in self.of("chart", "formed")]

    def formed(self, unit: str) -> int | None:
        return next((day for day, said, _ in self.of("chart", "formed") if said["unit"] == unit), None)

    def ending(self, unit: str, day: int) -> tuple[str, str | None] | None:
        lines = [line for line in self.facts.get("chart", []) if line.topic in ("merged", "split", "dissolved")]
        for line in lines:
            if line.said and line.said["unit"] == unit and line.day <= day:
                return line.topic, line.said.get("into")
        return None

    def alive(self, unit: str, day: int) -> bool:
        formed = self.formed(unit)
        return formed is not None and formed <= day and self.ending(unit, day) is None

    def carried(self, unit: str, day: int) -> str | None:
        """The unit itself while it lives, else what it merged into."""
        if self.alive(unit, day):
            return unit
        ended = self.ending(unit, day)
        return self.carried(ended[1], day) if ended and ended[0] == "merged" and ended[1] else None

    def stated_parent(self, unit: str, day: int) -> str | None:
        said = [
            each["parent"] for at, each, _ in self.of("chart", "formed", "moved") if each["unit"] == unit and at <= day
        ]
        return said[-1] if said else None

    def above(self, unit: str, day: int) -> set[str]:
        """The unit and all it sits in."""
        found: set[str] = set()
        here: str | None = unit
        while here is not None and here not in found:
            found.add(here)
            stated = self.stated_parent(here, day)
            here = self.carried(stated, day) if stated else None
        return found

    def in_unit(self, unit: str, scope: str | None, day: int) -> bool:
        return scope is WHOLE or scope in self.above(unit, day)

    def last_home_of_unit(self, unit: str, day: int) -> str | None:
        """Where an ended unit's words count: what carries it on, or the nearest living unit it sat in."""
        here: str | None = unit
        tried: set[str] = set()
        while here is not None and here not in tried:
            tried.add(here)
            if self.carried(here, day):
                return self.carried(here, day)
            end = [at for at, said, _ in self.of("chart", "merged", "split", "dissolved") if said["unit"] == here]
            here = self.stated_parent(here, end[0] if end else day)
        return None

    # people

    def present(self, person: str, day: int) -> bool:
        there = False
        for at, said, _ in self.of(f"person {person}"):
            if at <= day and said.get("comes") is not None:
                there = said["comes"]
        return there

    def joined_ever(self, person: str, day: int) -> bool:
        return any(at <= day and said.get("comes") for at, said, _ in self.of(f"person {person}"))

    def left_after(self, person: str, day: int) -> bool:
        return any(at > day and said.get("comes") is False for at, said, _ in self.of(f"person {person}"))

    def places(self, person: str, day: int, *, before_leaving: int | None = None) -> list[tuple[str, bool, int]]:
        """Unit, home, since: the memberships held that have effect."""
        held: list[tuple[str, bool, int]] = []
        for at, said, _ in self.of(f"person {person}"):
            if at > day or (before_leaving is not None and at >= before_leaving):
                continue
            if said.get("comes") is not None:
                held = []
            elif said["begins"]:
                held.append((said["unit"], said["home"], at))
            else:
                held = [each for each in held if each[0] != said["unit"]]
        return [each for each in held if (formed := self.formed(each[0])) is not None and formed <= each[2]]

    def home(self, person: str, day: int, **when: int) -> str | None:
        at = when.get("before_leaving", day + 1) - 1
        homes = [self.carried(unit, at) for unit, home, _ in self.places(person, day, **when) if home]
        return next((each for each in homes if each), None)

    def counts_in(self, person: str, day: int, **when: int) -> set[str]:
        at = when.get("before_leaving", day + 1) - 1
        home = self.home(person, day, **when)
        if home:
            return {home}
        return {seat for unit, _, _ in self.places(person, day, **when) if (seat := self.carried(unit, at))}

    def people(self, scope: str | None) -> set[str]:
        there = [each.removeprefix("person ") for each in self.streams("person")]
        return {
            person
            for person in there
            if self.present(person, self.day)
            and (
                scope is WHOLE or any(self.in_unit(seat, scope, self.day) for seat in self.counts_in(person, self.day))
            )
        }

    def homeless(self, scope: str | None) -> set[str]:
        return {person for person in self.people(scope) if self.home(person, self.day) is None}

    def living_units(self, scope: str | None) -> set[str]:
        if scope is not WHOLE and not self.alive(scope, self.day):
            return set()
        return {each for each in self.units() if self.alive(each, self.day) and self.in_unit(each, scope, self.day)}

    def spoke_in(self, party: tuple[str, str], scope: str | None) -> bool:
        """Whether what a party said counts in a scope: where they are, or were when they left or ended."""
        if scope is WHOLE:
            return True
        if not self.alive(scope, self.day):
            return False
        kind, name = party
        if kind == "unit":
            seat = self.last_home_of_unit(name, self.day)
            return seat is not None and self.in_unit(seat, scope, self.day)
        if self.present(name, self.day):
            return name in self.people(scope)
        left = [at for at, said, _ in self.of(f"person {name}") if said.get("comes") is False]
        seats = self.counts_in(name, self.day, before_leaving=left[-1]) if left else set()
        now = {self.last_home_of_unit(seat, self.day) for seat in seats}
        return any(seat is not None and self.in_unit(seat, scope, self.day) for seat in now)

    # the strategy

    def drafted(self, day: int) -> bool:
        return any(at <= day for at, _, _ in self.of("strategy", "drafted"))

    def publications(self) -> list[dict[str, Any]]:
        return [{**said, "published": at} for at, said, _ in self.of("strategy", "published")]

    def material(self, day: int) -> list[dict[str, Any]]:
        return [each for each in self.publications() if each["material"] and each["in_force"] <= day]

    def bound(self, seen: tuple[int, str] | None, day: int) -> dict[str, Any] | None:
        """The publication a statement of that day is bound to."""
        for each in self.publications():
            if (each["revision"], each["hash"]) == seen and each["published"] <= day:
                return each
        return None

    def in_force(self, day: int) -> dict[str, Any] | None:
        found = [each for each in self.publications() if each["in_force"] <= day]
        return max(found, key=lambda each: int(each["revision"]), default=None)

    # goals

    def proposed(self, goal: str, day: int) -> bool:
        days = [at for at, _, _ in self.of(f"goal {goal}", "proposed")]
        return bool(days) and days[0] <= day and self.drafted(days[0])

    def refers_to(self, goal: str, day: int) -> tuple[set[str], set[str]]:
        """The elements and goals a goal refers on to as of a day, itself included."""
        elements: set[str] = set()
        goals: set[str] = set()
        ahead: str | None = goal
        while ahead is not None and ahead not in goals:
            goals.add(ahead)
            supports = [
                (at, said)
                for at, said, _ in self.of(f"goal {ahead}", "proposed", "changed goal")
                if at <= day and said.get("supports") is not None
            ]
            if not supports:
                break
            since, said = supports[-1]
            elements |= set(said["supports"])
            parent = said.get("parent")
            begun = [at for at, _, _ in self.of(f"goal {parent}", "proposed")]
            ahead = parent if parent and begun and begun[0] <= since else None
        return elements, goals

    def changes(self, goal: str) -> list[int]:
        """The days on which its title became another."""
        days, title = list[int](), None
        for at, said, _ in self.of(f"goal {goal}", "proposed", "changed goal"):
            if said.get("title") is None:
                continue
            if title is not None and said["title"] != title:
                days.append(at)
            title = said["title"]
        return days

    # commitments

    def existed(self, party: tuple[str, str], day: int) -> bool:
        if party[0] == "unit":
            formed = self.formed(party[1])
            return formed is not None and formed <= day
        return self.joined_ever(party[1], day)

    def commitments(self) -> dict[str, dict[str, Any]]:
        """Each as it stands, folded from the facts that have effect alone."""
        found = {}
        for stream in self.streams("commitment"):
            folded = self._fold(stream)
            if folded is not None:
                found[stream.removeprefix("commitment ")] = folded
        return found

    def _refers_to_something(
        self, party: tuple[str, str], goal: str | None, seen: tuple[int, str] | None, day: int
    ) -> bool:
        return (
            (seen is None or self.bound(seen, day) is not None)
            and self.existed(party, day)
            and self.drafted(day)
            and (goal is None or self.proposed(goal, day))
        )

    def _fold(self, stream: str) -> dict[str, Any] | None:
        state: dict[str, Any] | None = None
        answered: set[tuple[str, str]] = set()
        speaker = ("person", "nobody")
        for line in self.facts[stream]:
            said, day = line.said or {}, line.day
            if line.topic in ("made", "declined") and state is None:
                if not self._refers_to_something(said["party"], said["goal"], said["seen"], day):
                    return None
                speaker = said["party"]
                state = {
                    **said,
                    "standing": "open" if line.topic == "made" else "declined",
                    "stated": day,
                    "owned": day,
                    "on_behalf": not line.own,
                    "offered": None,
                    "refused": set(),
                }
            elif state is None:
                return None
            elif line.topic in ("changed", "renewed"):
                if self._refers_to_something(speaker, state["goal"], said["seen"], day):
                    state |= {**said, "stated": day, "on_behalf": not line.own}
            elif line.topic == "reassigned":
                state["offered"] = said["party"]
            elif line.topic == "accepted":
                speaker = state["offered"]  # whose words they are from here on, though it may not have been there
                if self._refers_to_something(state["offered"], state["goal"], said["seen"], day):
                    state |= {
                        "party": state["offered"],
                        "seen": said["seen"],
                        "stated": day,
                        "owned": day,
                        "on_behalf": not line.own,
                    }
                state["offered"] = None
            elif line.topic == "declined":
                if line.own:
                    state["refused"].add(said["party"])
                    answered.add(said["party"])
                state["offered"] = None
            elif line.topic == "confirmed":
                if line.own:
                    state |= {"on_behalf": False, "owned": day}
            else:
                state |= {"standing": line.topic, "offered": None}
            if not state["on_behalf"]:
                answered.add(state["party"])
        if state is not None:
            state["answered"] = answered
        return state

    def stale(self, state: dict[str, Any]) -> bool:
        """Whether on some day since it was stated, what it referred to that day had become another."""
        return any(self._stale_on(state, day) for day in range(state["stated"], self.day + 1))

    def _stale_on(self, state: dict[str, Any], day: int) -> bool:
        after = [each for each in self.material(day) if state["seen"] is None or each["revision"] > state["seen"][0]]
        if state["seen"] is None and after:
            return True
        if state["goal"] is None:
            return any(state["element"] is None or state["element"] in each["touches"] for each in after)
        elements, goals = self.refers_to(state["goal"], day)
        if any(elements & set(each["touches"]) for each in after):
            return True
        return any(state["stated"] < change <= day for goal in goals for change in self.changes(goal))

    def flags(self, state: dict[str, Any]) -> set[str]:
        found: set[str] = set()
        if state["on_behalf"] and state["standing"] in ("open", "fulfilled", "declined"):
            found.add("on_behalf")
        if state["standing"] != "open":
            return found
        if self.stale(state):
            found.add("stale")
        bound = self.bound(state["seen"], state["stated"])
        if bound and bound["in_force"] > self.day:
            found.add("early")
        kind, name = state["party"]
        if kind == "unit":
            gone = not self.alive(name, self.day)
        else:
            gone = not self.present(name, state["owned"]) or self.left_after(name, state["owned"])
        if gone:
            found.add("unowned")
        if state["by_when"] is not None and state["by_when"] < self.day:
            found.add("overdue")
        return found

    def current(self, state: dict[str, Any]) -> bool:
        return state["standing"] in ("open", "fulfilled") and not self.flags(state) - {"overdue"}

    def level(self, theirs: list[dict[str, Any]]) -> str | None:
        """The lowest of the current ones; none where one has none."""
        levels: list[str] = [state["level"] for state in theirs if self.current(state)]
        if not levels or any(each not in LEVELS for each in levels):
            return None
        return min(levels, key=LEVELS.index)

    # acknowledgements

    def statements(self, person: str) -> list[dict[str, Any]]:
        """The newest on each revision, that has effect; said again it keeps the first day, and is one's own at last."""
        by_revision: dict[tuple[int, str], dict[str, Any]] = {}
        for day, said, own in self.of(f"acknowledgement {person}"):
            before = by_revision.get(said["seen"])
            if before is not None and before["declined"] == said["declined"]:
                before["own"] = before["own"] or own
            else:
                by_revision[said["seen"]] = {**said, "day": day, "own": own}
        return [
            each
            for each in by_revision.values()
            if self.bound(each["seen"], each["day"]) is not None and self.joined_ever(person, each["day"])
        ]

    def receipt(self, person: str) -> str:
        said = [
            each
            for each in self.statements(person)
            if (bound := self.bound(each["seen"], each["day"])) and bound["in_force"] <= self.day
        ]
        if not said:
            return "none"
        newest = max((each["revision"] for each in self.material(self.day)), default=0)
        valid = sorted((each for each in said if each["seen"][0] >= newest), key=lambda each: int(each["seen"][0]))
        if not valid:
            return "outdated"
        own = [each for each in valid if each["own"]]
        if not own:
            return "on_behalf"
        return "declined" if own[-1]["declined"] else "current"

    # duties

    def duty(self, stream: str) -> str | None:
        """Open, overdue, met or lapsed; None where it has no effect."""
        ((given, said, _),) = self.of(stream)
        person = said["person"]
        if not self.joined_ever(person, given) or not self.drafted(given):
            return None
        if said["unit"] and ((formed := self.formed(said["unit"])) is None or formed > given):
            return None
        if said["goal"] and not self.proposed(said["goal"], given):
            return None
        if self._done(said, given):
            return "met"
        if not self.present(person, given) or self.left_after(person, given):
            return "lapsed"
        if said["unit"]:
            unit = self.carried(said["unit"], self.day)
            sits = {self.carried(each, self.day) for each, _, _ in self.places(person, self.day)}
            if unit is None or unit not in sits:
                return "lapsed"
        return "overdue" if said["due"] is not None and said["due"] < self.day else "open"

    def _done(self, said: dict[str, Any], given: int) -> bool:
        if said["kind"] == "acknowledge":
            then = self.in_force(given)
            asked = then["revision"] if then else 1
            needed = max(
                (p["revision"] for p in self.publications() if p["material"] and p["revision"] <= asked), default=1
            )
            return any(each["own"] and each["seen"][0] >= needed for each in self.statements(said["person"]))
        return any(
            state["goal"] == said["goal"]
            and state["element"] is None
            and ("person", said["person"]) in state["answered"]
            for state in self.commitments().values()
        )

    # figures

    def figures(self, scope: str | None) -> dict[str, set[str]]:
        """The main figures of a scope, as names."""
        people, units, commitments = self.people(scope), self.living_units(scope), self.commitments()
        found: dict[str, set[str]] = {
            "population/people": people,
            "population/units": units,
            "population/without_home": self.homeless(scope),
        }
        for name in ("current", "outdated", "declined", "on_behalf", "none"):
            found[f"acknowledgement/{name}"] = {each for each in people if self.receipt(each) == name}
        here = {key: state for key, state in commitments.items() if self.spoke_in(state["party"], scope)}
        found["commitments/all"] = set(here)
        found["commitments/current"] = {key for key, state in here.items() if self.current(state)}
        for name in ("open", "declined", "withdrawn", "fulfilled", "missed"):
            found[f"commitments/{name}"] = {key for key, state in here.items() if state["standing"] == name}
        for name in ("stale", "early", "on_behalf", "unowned", "overdue"):
            found[f"commitments/{name}"] = {key for key, state in here.items() if name in self.flags(state)}
        for kind, among, plural in (("person", people, "people"), ("unit", units, "units")):
            theirs = {
                name: [state for state in commitments.values() if state["party"] == (kind, name)] for name in among
            }
            refused = {
                name for name in among if any((kind, name) in state["refused"] for state in commitments.values())
            }
            spoke = {name for name in among if theirs[name]} | refused
            found[f"parties/{plural}/all"] = spoke
            found[f"parties/{plural}/declined"] = {
                name
                for name in spoke
                if all(state["standing"] == "declined" and not state["on_behalf"] for state in theirs[name])
            }
            for level in LEVELS:
                found[f"parties/{plural}/level/{level}"] = {each for each in among if self.level(theirs[each]) == level}
            found[f"parties/{plural}/committed"] = found[f"parties/{plural}/level/committed"]
        statuses = {stream: self.duty(stream) for stream in self.streams("duty")}
        for name in ("open", "overdue", "met", "lapsed"):
            found[f"duties/{name}"] = {
                stream
                for stream, status in statuses.items()
                if status == name and self.of(stream)[0][1]["person"] in people
            }
        return found

    def team(self, unit: str, goal: str | None, element: str | None) -> tuple[set[str], set[str]]:
        """Of a unit's direct members those who are committed to a target, and all of them."""
        members = {each for each in self.people(WHOLE) if unit in self.counts_in(each, self.day)}
        towards = [each for each in self.commitments().values() if (each["goal"], each["element"]) == (goal, element)]
        committed = {
            each
            for each in members
            if self.level([state for state in towards if state["party"] == ("person", each)]) == "committed"
        }
        return committed, members
