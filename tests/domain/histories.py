"""Whole histories by chance: told to the product as events and to the naive account as plain words.

Few people, units, goals and days are drawn from, so that what happens meets: people leave and come back, units move,
merge and split, revisions come into force later, and any fact may be corrected or taken back. What an aggregate refuses
is told to neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain.acknowledgement import ACKNOWLEDGEMENT, AcknowledgementDeclined, AcknowledgementGiven
from domain.commitment import (
    COMMITMENT,
    CommitmentAccepted,
    CommitmentChanged,
    CommitmentConfirmed,
    CommitmentDeclined,
    CommitmentFulfilled,
    CommitmentMade,
    CommitmentMissed,
    CommitmentReassigned,
    CommitmentRenewed,
    CommitmentWithdrawn,
    Seen,
    Target,
    Terms,
)
from domain.draft import StrategyRevised, StrategySubmitted
from domain.duty import DUTY, DutyGiven, DutyKind
from domain.goal import GOAL, GoalChanged, GoalProposed
from domain.kernel import Actor, Content, Event, Party, Provenance, Refusal, Word
from domain.membership import MembershipBegan, MembershipEnded
from domain.organisation import ORGANISATION, ClockKind, OrganisationFounded
from domain.person import PERSON, PersonJoined, PersonLeft
from domain.publication import StrategyPublished
from domain.strategy import STRATEGY, StrategyDrafted, publication_of
from domain.temporal import Aggregate, Timeline
from domain.unit import UnitDissolved, UnitFormed, UnitMerged, UnitMoved, UnitSplit
from tests.domain.naive import LEVELS, Line
from tests.support.specification import HERE, some

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 16
UNITS, PEOPLE, GOALS, KEYS, ELEMENTS = ("U", "V", "W", "X"), ("a", "b", "c", "d"), ("g", "h"), ("1", "2", "3", "4"), (
    "vision", "promise",
)  # fmt: skip
STRATEGY_ID = some("strategy")
FOUNDED = OrganisationFounded(name="A", zone="UTC", clock=ClockKind.SIMULATED)
NAMES = {some(name): name for name in (*UNITS, *PEOPLE)}
IMPORT = Actor(imported=Provenance(source="chance", line=1))


@dataclass(frozen=True)
class Act:
    """Something to be told, of a day; `word` what it is to an earlier fact of its stream, `which` chooses that."""

    what: str
    day: int
    word: Word
    which: int
    names: tuple[str, str, str]
    numbers: tuple[int, int]
    own: bool


def acts(chance: Random) -> list[Act]:
    """What happens, beside a beginning in which everybody is there."""
    return [_act(chance) for _ in range(chance.randint(5, 70))]


def _act(chance: Random) -> Act:
    return Act(
        what=chance.choice(OFTEN),
        day=chance.randint(0, DAYS),
        word=chance.choice([Word.FACT, Word.FACT, Word.FACT, Word.REPLACEMENT, Word.RETRACTION]),
        which=chance.randint(0, 7),
        names=(chance.choice("0123"), chance.choice("0123"), chance.choice("0123")),
        numbers=(chance.randint(0, 3), chance.randint(0, DAYS)),
        own=chance.random() < 0.7,
    )


def history_by(chance: Random) -> History:
    """A history, told to both."""
    history = History()
    history.begin()
    history.beginning = len(history.told)
    for act in acts(chance):
        history.happen(act)
    return history


@dataclass
class History:
    """What was told: the events, and the same as a log in plain words."""

    told: list[tuple[Aggregate[Any], Event]] = field(default_factory=list[tuple[Aggregate[Any], Event]])
    log: list[Line] = field(default_factory=list[Line])
    timelines: dict[UUID, Timeline[Any]] = field(default_factory=dict[UUID, Timeline[Any]])
    beginning: int = 0
    """How much was told before chance took over."""

    def begin(self) -> None:
        """An organisation with units, people, a strategy in force, goals, and what some took on."""
        self.learn(ORGANISATION, HERE, "chart", 0, FOUNDED, {}, topic="founded")
        for unit, parent in (("U", None), ("V", "U"), ("W", "U")):
            self.tell("formed", unit, 0, parent=parent)
        for person, home in zip(PEOPLE[:3], ("V", "W", "V"), strict=True):
            self.tell("joined", person, 0)
            self.tell("began", person, 0, unit=home, home=True)
        self.learn(STRATEGY, STRATEGY_ID, "strategy", 0, StrategyDrafted(title="S"), {}, topic="drafted")
        for element in ELEMENTS:
            self.revise(element, 0, 0)
        self.tell("published", "", 1, material=True, in_force=1)
        self.tell("proposed", "h", 1, supports=("promise",), parent=None, title="0")
        self.tell("proposed", "g", 1, supports=("vision",), parent="h", title="0")
        for key, person, goal, level in (("1", "a", "g", "committed"), ("2", "b", None, "committed")):
            self.tell(
                "made", key, 2, party=("person", person), which=0, goal=goal, element=None, level=level, by_when=9
            )  # fmt: skip
            self.tell("given", person, 2, which=0)

    def learn(
        self,
        aggregate: Aggregate[Any],
        id: UUID,
        stream: str,
        day: int,
        content: Content | None,
        said: dict[str, Any] | None = None,
        *,
        own: bool = True,
        word: Word = Word.FACT,
        fact: int = 0,
        topic: str = "",
        party: Party | None = None,
    ) -> None:
        """Tell it to both, unless the aggregate refuses it."""
        timeline = self.timelines.get(id, Timeline(aggregate))
        version = timeline.version + 1
        actor = IMPORT if own or party is None else replace(IMPORT, on_behalf_of=party)
        event = Event(
            organisation=HERE,
            stream=id,
            version=version,
            topic=content.TOPIC if content else timeline.topics[fact],
            word=word,
            fact=fact or version,
            effective_at=START + timedelta(days=day),
            actor=actor,
            command=HERE,
            content=content,
        )
        self.timelines[id] = timeline.admit([event])
        self.told.append((aggregate, event))
        self.log.append(Line(stream, fact or version, day, topic, said, own))

    def revise(self, element: str, text: int, day: int) -> None:
        content = StrategyRevised(element=element, kind="value", text=str(text))
        self.learn(STRATEGY, STRATEGY_ID, "strategy", day, content, {}, topic="revised")

    def seen(self, day: int, which: int) -> Seen | None:
        """The revision in force on a day as far as it is known, or some other one."""
        published = self.timelines[STRATEGY_ID].state(START + timedelta(days=day)).publications
        if which == 0 or not published:
            published = [each for each in published if each.in_force_from <= START + timedelta(days=day)]
            which = -1
        if not published:
            return None
        found = published[which % len(published) if which >= 0 else -1]
        return Seen(revision=found.revision, content_hash=found.content_hash)

    def offer(self, key: str, day: int) -> tuple[Party, Target] | None:
        """To whom a commitment is offered on a day, and what it is to."""
        timeline = self.timelines.get(some(f"commitment {key}"))
        state = timeline.state(START + timedelta(days=day)) if timeline else None
        return (state.offered_to, state.target) if state and state.offered_to else None

    def tell(self, what: str, name: str, day: int, *, own: bool = True, **said: Any) -> None:
        """Tell a fact in the words of `TELL`."""
        aggregate, id, stream = stream_of(what, name)
        made = TELL[what](self, name, day, said)
        if made is not None:
            content, plain, party = made
            self.learn(aggregate, id, stream, day, content, plain, own=own, topic=what, party=party)

    def correct(self, act: Act, name: str, said: dict[str, Any]) -> None:
        """Tell a newer word on one of the facts of that kind, if there is any."""
        aggregate, id, stream = stream_of(act.what, name)
        facts = sorted({line.fact for line in self.log if line.stream == stream and line.topic == act.what})
        if not facts:
            return
        fact = facts[act.which % len(facts)]
        if act.word is Word.RETRACTION:
            self.learn(aggregate, id, stream, act.day, None, None, word=act.word, fact=fact, topic=act.what)
            return
        made = self._republished(fact, said) if act.what == "published" else TELL[act.what](self, name, act.day, said)
        if made is not None:
            content, plain, party = made
            self.learn(
                aggregate, id, stream, act.day, content, plain, own=act.own, word=act.word, fact=fact, topic=act.what,
                party=party,
            )  # fmt: skip

    def _republished(self, fact: int, said: dict[str, Any]) -> Made | None:
        """A publication as it was, but for what a correction may change of it."""
        before = [line.said for line in self.log if line.stream == "strategy" and line.fact == fact and line.said]
        standing = [each.content for each in self.timelines[STRATEGY_ID].facts if each.version == fact]
        if not standing or not isinstance(standing[0], StrategyPublished):
            return None
        in_force = START + timedelta(days=said["in_force"])
        return replace(standing[0], material=said["material"], in_force_from=in_force), {**before[-1], **said}, None

    def happen(self, act: Act) -> None:
        """Let an act happen; what cannot be is refused, and nothing."""
        name, said = drawn(act)
        try:
            if act.word is Word.FACT:
                self.tell(act.what, name, act.day, own=act.own, **said)
            else:
                self.correct(act, name, said)
        except Refusal:
            return


def stream_of(what: str, name: str) -> tuple[Aggregate[Any], UUID, str]:
    """The stream in which something is told."""
    match what:
        case "formed" | "moved" | "merged" | "split" | "dissolved":
            return ORGANISATION, HERE, "chart"
        case "joined" | "left" | "began" | "ended":
            return PERSON, some(name), f"person {name}"
        case "published":
            return STRATEGY, STRATEGY_ID, "strategy"
        case "proposed" | "changed goal":
            return GOAL, some(name), f"goal {name}"
        case "given" | "no":
            return ACKNOWLEDGEMENT, some(f"acknowledgement {name}"), f"acknowledgement {name}"
        case "duty":
            return DUTY, some(f"duty {name}"), f"duty {name}"
        case _:
            return COMMITMENT, some(f"commitment {name}"), f"commitment {name}"


def drawn(act: Act) -> tuple[str, dict[str, Any]]:
    """An act's name and what it says, by its draws."""
    first, second, third = (int(each) for each in act.names)
    number, day = act.numbers
    unit, other = UNITS[first], UNITS[second]
    match act.what:
        case "formed" | "moved":
            return unit, {"parent": other if number else None}
        case "merged":
            return unit, {"into": other}
        case "split" | "dissolved":
            return unit, {}
        case "began":
            return PEOPLE[first], {"unit": other, "home": number > 1}
        case "ended":
            return PEOPLE[first], {"unit": other}
        case "joined" | "left":
            return PEOPLE[first], {}
        case "published":
            return ELEMENTS[first % 2], {"material": number > 0, "in_force": act.day + (day // 3 if third else 0)}
        case "proposed":
            return GOALS[first % 2], {
                "supports": ELEMENTS[: number % 3],
                "parent": GOALS[second % 2] if third % 2 else None,
                "title": str(second),
            }
        case "changed goal":
            supports = ELEMENTS[number % 2 : number] if third % 2 else None
            return GOALS[first % 2], {"supports": supports, "parent": None, "title": None if third % 2 else str(second)}
        case "given" | "no":
            return PEOPLE[first], {"which": number}
        case "duty":
            return KEYS[first], {
                "person": PEOPLE[second],
                "kind": "acknowledge" if third % 2 else "decide",
                "unit": UNITS[first] if number else None,
                "goal": GOALS[0] if third > 1 else None,
                "due": day if number > 1 else None,
            }
        case _:
            return KEYS[first], {
                "party": ("unit", UNITS[second]) if number == 3 else ("person", PEOPLE[second]),
                "which": number,
                "goal": GOALS[third] if third < 2 else None,
                "element": ELEMENTS[0] if third == 2 else None,
                "level": (*LEVELS, None)[3 - number],
                "by_when": day if number % 2 else None,
            }


Made = tuple[Content, dict[str, Any], Party | None]


def _chart(history: History, unit: str, day: int, said: dict[str, Any], what: str) -> Made:
    id, parent = some(unit), some(said["parent"]) if said.get("parent") else None
    successors = tuple(some(each) for each in UNITS if each != unit)[:2]
    content: Content
    match what:
        case "formed":
            content = UnitFormed(unit=id, name=unit, kind="team", parent=parent)
        case "moved":
            content = UnitMoved(unit=id, parent=parent)
        case "merged":
            content = UnitMerged(unit=id, into=some(said["into"]))
        case "split":
            content = UnitSplit(unit=id, into=successors)
        case _:
            content = UnitDissolved(unit=id)
    return content, {"unit": unit, **said}, None


def _person(history: History, person: str, day: int, said: dict[str, Any], what: str) -> Made:
    content: Content
    match what:
        case "joined":
            content, plain = PersonJoined(), {"comes": True}
        case "left":
            content, plain = PersonLeft(), {"comes": False}
        case "began":
            content = MembershipBegan(unit=some(said["unit"]), role="member", home=said["home"])
            plain = {**said, "begins": True}
        case _:
            content, plain = MembershipEnded(unit=some(said["unit"]), role="member"), {**said, "begins": False}
    return content, plain, None


def _published(history: History, element: str, day: int, said: dict[str, Any]) -> Made | None:
    """The next revision of a draft in which an element was changed that day."""
    timeline = history.timelines[STRATEGY_ID]
    try:
        if element:
            history.revise(element, timeline.version, day)
        history.learn(STRATEGY, STRATEGY_ID, "strategy", day, StrategySubmitted(), {}, topic="submitted")
    except Refusal:
        return None
    state = history.timelines[STRATEGY_ID].state(START + timedelta(days=day))
    in_force = START + timedelta(days=said["in_force"])
    content: StrategyPublished = publication_of(state, material=said["material"], in_force_from=in_force)
    plain = {**said, "revision": content.revision, "hash": content.content_hash, "touches": content.touches}
    return content, plain, None


def _proposed(history: History, goal: str, day: int, said: dict[str, Any]) -> Made:
    content = GoalProposed(
        strategy=STRATEGY_ID,
        title=said["title"],
        supports_elements=tuple(said["supports"]),
        supports_goal=some(said["parent"]) if said["parent"] else None,
    )
    return content, said, None


def _changed_goal(history: History, goal: str, day: int, said: dict[str, Any]) -> Made | None:
    if said["title"] is None and not said["supports"]:
        return None
    content = GoalChanged(title=said["title"], supports_elements=tuple(said["supports"] or ()))
    return content, said, None


def _acknowledged(history: History, person: str, day: int, said: dict[str, Any], what: str) -> Made | None:
    seen, party = history.seen(day, said["which"]), Party("person", some(person))
    if seen is None:
        return None
    kind = AcknowledgementGiven if what == "given" else AcknowledgementDeclined
    content = kind(person=party.id, strategy=STRATEGY_ID, seen=seen)
    plain = {"seen": (seen.revision, seen.content_hash), "declined": what == "no"}
    return content, plain, party


def _duty(history: History, key: str, day: int, said: dict[str, Any]) -> Made:
    content = DutyGiven(
        person=some(said["person"]),
        kind=DutyKind(said["kind"]),
        strategy=STRATEGY_ID,
        unit=some(said["unit"]) if said["unit"] else None,
        goal=some(said["goal"]) if said["goal"] and said["kind"] == "decide" else None,
        due=None if said["due"] is None else date_of(said["due"]),
    )
    plain = {**said, "goal": said["goal"] if said["kind"] == "decide" else None}
    return content, plain, None


def _commitment(history: History, key: str, day: int, said: dict[str, Any], what: str) -> Made:
    seen = history.seen(day, said.get("which", 0))
    bound = (seen.revision, seen.content_hash) if seen else None
    kind, name = said["party"]
    party = Party(kind, some(name))
    target = Target(strategy=STRATEGY_ID, goal=some(said["goal"]) if said["goal"] else None, element=said["element"])
    by_when = None if said["by_when"] is None else date_of(said["by_when"])
    terms = Terms(level=said["level"], by_when=by_when)
    content: Content
    plain: dict[str, Any] = {}
    match what:
        case "made":
            content = CommitmentMade(party=party, target=target, seen=seen, terms=terms)
            plain = {"goal": said["goal"], "element": said["element"], "party": said["party"], "seen": bound,
                     "level": said["level"], "by_when": said["by_when"]}  # fmt: skip
        case "declined" if offer := history.offer(key, day):
            content = CommitmentDeclined(party=offer[0], target=offer[1])
            plain = {"party": (offer[0].kind, NAMES[offer[0].id])}
        case "declined":
            content = CommitmentDeclined(party=party, target=target, seen=seen)
            plain = {"goal": said["goal"], "element": said["element"], "party": said["party"], "seen": bound,
                     "level": None, "by_when": None}  # fmt: skip
        case "changed":
            content = CommitmentChanged(seen=seen, terms=terms)
            plain = {"seen": bound, "level": said["level"], "by_when": said["by_when"]}
        case "renewed" | "accepted":
            content, plain = ENDINGS[what](seen=seen), {"seen": bound}
        case "reassigned":
            content, plain = CommitmentReassigned(party=party), {"party": said["party"]}
        case _:
            content = ENDINGS[what]()
    return content, plain, party


ENDINGS: dict[str, Any] = {
    "renewed": CommitmentRenewed, "accepted": CommitmentAccepted, "withdrawn": CommitmentWithdrawn,
    "confirmed": CommitmentConfirmed, "fulfilled": CommitmentFulfilled, "missed": CommitmentMissed,
}  # fmt: skip


def date_of(day: int) -> date:
    """The date of a day by its number."""
    return (START + timedelta(days=day)).date()


def _told(teller: Callable[..., Made | None], what: str) -> Callable[..., Made | None]:
    return lambda history, name, day, said: teller(history, name, day, said, what)


TELL: dict[str, Callable[..., Made | None]] = {
    **{what: _told(_chart, what) for what in ("formed", "moved", "merged", "split", "dissolved")},
    **{what: _told(_person, what) for what in ("joined", "left", "began", "ended")},
    "published": _published,
    "proposed": _proposed,
    "changed goal": _changed_goal,
    **{what: _told(_acknowledged, what) for what in ("given", "no")},
    "duty": _duty,
    **{what: _told(_commitment, what) for what in ("made", "declined", "changed", "reassigned", *ENDINGS)},
}
"""What can be told, and how."""

STATEMENTS = ("made", "made", "changed", "renewed", "confirmed", "reassigned", "accepted", "fulfilled", "given", "no")
OFTEN = (*sorted(TELL), *STATEMENTS, *STATEMENTS, "published", "published", "changed goal", "left", "joined", "began")
"""What is told, by how often."""
