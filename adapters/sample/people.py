"""The people of the sample organisation: a scripted cast, and colleagues generated around them. All are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeVar

T = TypeVar("T")
FOUNDED = "2024-11-04"
ENDS = "2026-10-30"


class Place(NamedTuple):
    """A unit at the founding: its key, name, kind, parent, the rank of its head and how many people it has."""

    key: str
    name: str
    kind: str
    parent: str | None
    head: str
    size: int


PLACES = (
    Place("fernhaven", "Fernhaven Instruments", "enterprise", None, "director", 5),
    Place("sensing", "Sensing", "business", "fernhaven", "director", 3),
    Place("services", "Services", "business", "fernhaven", "director", 3),
    Place("people", "People", "function", "fernhaven", "manager", 5),
    Place("finance", "Finance", "function", "fernhaven", "director", 6),
    Place("supply", "Supply", "function", "fernhaven", "manager", 8),
    Place("systems", "Systems", "function", "fernhaven", "manager", 6),
    Place("design", "Design", "function", "sensing", "manager", 3),
    Place("works", "Works", "function", "sensing", "manager", 3),
    Place("sales", "Sales", "function", "sensing", "manager", 3),
    Place("optics", "Optics", "team", "design", "manager", 8),
    Place("firmware", "Firmware", "team", "design", "manager", 9),
    Place("assembly", "Assembly", "team", "works", "manager", 14),
    Place("calibration", "Calibration", "team", "works", "manager", 7),
    Place("field-north", "Field North", "team", "sales", "manager", 6),
    Place("field-south", "Field South", "team", "sales", "manager", 7),
    Place("service-desk", "Service Desk", "team", "services", "manager", 7),
    Place("repair", "Repair", "team", "services", "manager", 9),
    Place("training", "Training", "team", "services", "manager", 5),
)
"""Parents come before their units."""

CAST = {
    "fernhaven": ("Ilva Norrin", "Pell Andrey", "Runa Castel"),
    "sensing": ("Teodor Vask",),
    "services": ("Maren Oldag",),
    "people": ("Nele Sorrow",),
    "finance": ("Osk Velden", "Sunna Brekel"),
    "supply": ("Ivo Castane",),
    "systems": ("Hale Dorren", "Jory Tamsen"),
    "design": ("Yrsa Kelm",),
    "works": ("Wick Harlan",),
    "sales": ("Brid Sonner",),
    "optics": ("Bram Tolven", "Lior Hessel"),
    "firmware": ("Kaja Ruun", "Tove Ansgar"),
    "assembly": ("Gard Ossian",),
    "calibration": ("Edda Marsk",),
    "field-north": ("Rolf Tindel",),
    "field-south": ("Siv Arkona",),
    "service-desk": (
        "Aino Fell", "Bero Lunde", "Cato Mirr", "Dela Nokes", "Ebba Orsk", "Finn Pardo", "Gita Quill",
    ),
    "repair": ("Ulla Brand", "Orla Stand"),
    "training": ("Mette Olsund",),
}  # fmt: skip
"""Whom the story names, by unit; the first one heads it."""

SPONSOR, STRATEGIST = "ilva-norrin", "pell-andrey"
AUDITOR, ADMINISTRATOR = "sunna-brekel", "jory-tamsen"

GIVEN = (
    "Ada", "Alvo", "Bela", "Caro", "Dana", "Edo", "Elin", "Enno", "Fara", "Garo", "Hedi", "Ines", "Jaro", "Juna",
    "Kiro", "Lale", "Lino", "Mika", "Nuno", "Oda",
)  # fmt: skip
FAMILY = (
    ("Al", "Bor", "Cal", "Dor", "Fen", "Gar", "Hol", "Kes", "Lin", "Mor", "Nar", "Pel", "Ros", "Tal", "Ver", "Wen"),
    ("bach", "dal", "gren", "holt", "kamp", "lund", "mark", "sted", "thorn", "wick"),
)


class Chance:
    """Chance that repeats: built on `Random.random` alone, the one method promised to give the same for ever."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # it invents people, and keeps no secret  # noqa: S311  # nosec B311

    def happens(self, share: float) -> bool:
        """True in about this share of the cases."""
        return self._random.random() < share

    def pick(self, options: Sequence[T]) -> T:
        """One of them."""
        return options[int(self._random.random() * len(options))]

    def working_moment(self, first: str, last: str) -> str:
        """A quarter of an hour of a working day between two days, both included."""
        since = date.fromisoformat(first)
        day = since + timedelta(days=int(self._random.random() * ((date.fromisoformat(last) - since).days + 1)))
        if day.weekday() > 4:
            day -= timedelta(days=day.weekday() - 4)
        quarter = int(self._random.random() * 32)
        return f"{max(day, since)} {9 + quarter // 4:02}:{quarter % 4 * 15:02}"


@dataclass
class Stay:
    """A time with a home in one unit; `until` is the first day after it."""

    unit: str
    since: str
    until: str | None = None

    def includes(self, day: str) -> bool:
        """Whether the day lies in it."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Person:
    """Somebody of the sample, and where they were when."""

    key: str
    name: str
    rank: str
    stays: list[Stay] = field(default_factory=list[Stay])

    def home(self, day: str) -> str | None:
        """The unit that was home on that day; None while away."""
        return next((stay.unit for stay in self.stays if stay.includes(day)), None)


@dataclass
class Staff:
    """Everybody who ever was there, in the order in which they came."""

    chance: Chance
    everybody: dict[str, Person] = field(default_factory=dict[str, Person])
    taken: frozenset[str] = frozenset()
    """Keys of others: nobody invented here gets one of them."""

    def hire(self, unit: str, rank: str, since: str, name: str | None = None) -> Person:
        """Somebody new, invented where no name is given."""
        name = name or self._invented()
        person = Person(name.lower().replace(" ", "-"), name, rank, [Stay(unit, since)])
        self.everybody[person.key] = person
        return person

    def present(self, day: str) -> list[Person]:
        """Who had a home on that day."""
        return [person for person in self.everybody.values() if person.home(day)]

    def of(self, unit: str, day: str) -> list[Person]:
        """Whose home this unit was on that day."""
        return [person for person in self.everybody.values() if person.home(day) == unit]

    def _invented(self) -> str:
        while True:
            name = f"{self.chance.pick(GIVEN)} {''.join(self.chance.pick(part) for part in FAMILY)}"
            key = name.lower().replace(" ", "-")
            if key not in self.everybody and key not in self.taken:
                return name


def founding_staff(
    chance: Chance,
    places: Sequence[Place] = PLACES,
    named: Mapping[str, Sequence[str]] = CAST,
    taken: frozenset[str] = frozenset(),
) -> Staff:
    """Who was there at the founding, unit by unit, each head first."""
    staff = Staff(chance, taken=taken)
    for place in places:
        cast = named.get(place.key, ())
        for number in range(place.size):
            rank = place.head if number == 0 else "specialist" if chance.happens(0.45) else "associate"
            staff.hire(place.key, rank, FOUNDED, cast[number] if number < len(cast) else None)
    return staff
