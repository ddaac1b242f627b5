"""The one-page strategy map: where we are headed, why, how we are going to win, and what each must do.

Everything that a revision says has its place in one of the four parts. Folded, texts are cut and entries left out until
a page holds the rest; how many is said on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from domain.element import BETS, CRITERIA, Element
from domain.goal import Goal, GoalStatus

PartName = Literal["headed", "why", "winning", "doing"]

HEADINGS: Mapping[PartName, str] = {
    "headed": "Where we are headed",
    "why": "Why",
    "winning": "How we are going to win",
    "doing": "What each must do",
}
"""The parts in the order in which they are read, in the words of the source documents."""

PLACES: Mapping[str, tuple[PartName, int]] = {
    "compelling_future": ("headed", 0),
    "vision": ("headed", 1),
    "case_for_change": ("why", 0),
    "mission": ("why", 1),
    "value": ("why", 2),
    "principle": ("why", 3),
    "client_profile": ("winning", 0),
    "differentiator": ("winning", 1),
    **dict.fromkeys(sorted(BETS), ("winning", 2)),
    "priority": ("winning", 3),
    "let_go": ("winning", 5),
    **dict.fromkeys(sorted(CRITERIA), ("doing", 0)),
}
"""The part and the place in it of the kinds that the source documents name."""

ELSEWHERE: tuple[PartName, int] = ("winning", 4)
"""Where every other kind stands: before what is let go of."""

OPEN_GOALS = frozenset({GoalStatus.PROPOSED, GoalStatus.ACCEPTED})
"""Goals that are still to be reached."""

CUT = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing on the map: what it is, what it says, and the particulars beside it.

    `accountable` answers for it; `vacant` says that somebody should and nobody does.
    """

    label: str
    text: str
    notes: tuple[str, ...] = ()
    element: str | None = None
    goal: UUID | None = None
    unit: UUID | None = None
    accountable: UUID | None = None
    vacant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the four parts, with its entries in the order in which they are read."""

    name: PartName
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Parts that were cut to size: how many texts were shortened, and how many entries left out."""

    parts: tuple[Part, ...]
    shortened: int
    left_out: int


def parts_of(
    elements: Iterable[Element],
    goals: Mapping[UUID, Goal],
    accountable: Mapping[str, UUID | None],
    for_goals: Mapping[UUID, UUID | None],
) -> tuple[Part, ...]:
    """The four parts. Of goals those still to be reached stand there, by unit; the organisation's own come first.

    `accountable` tells who answers for an element, `for_goals` who for a goal; None or absent: nobody.
    """
    elements = tuple(elements)
    texts = {each.id: each.text for each in elements}
    told = dict[PartName, list[tuple[tuple[int, int, int], Entry]]]()
    for place, each in enumerate(elements):
        part, order = PLACES.get(each.kind, ELSEWHERE)
        rank = each.rank if each.rank is not None else LAST
        told.setdefault(part, []).append(((order, rank, place), _of_element(each, accountable, texts)))
    found = {part: [entry for _, entry in sorted(entries, key=lambda each: each[0])] for part, entries in told.items()}
    found.setdefault("doing", []).extend(_of_goals(goals, for_goals))
    return tuple(Part(name=name, heading=HEADINGS[name], entries=tuple(found.get(name, ()))) for name in HEADINGS)


LAST = 1_000_000
"""The rank of what has none."""


def _of_element(element: Element, accountable: Mapping[str, UUID | None], texts: Mapping[str, str]) -> Entry:
    person = accountable.get(element.id)
    return Entry(
        label=_label(element),
        text=element.text,
        notes=tuple(_notes(element, texts)),
        element=element.id,
        accountable=person,
        vacant=person is None and element.kind in CRITERIA | BETS,
    )


def _label(element: Element) -> str:
    words = element.kind.replace("_", " ")
    return f"{words} {element.rank}" if element.rank is not None else words


def _notes(element: Element, texts: Mapping[str, str]) -> Iterable[str]:
    if element.measure:
        yield element.measure
    if element.baseline and element.target:
        yield f"{element.baseline} → {element.target}"
    elif element.target:
        yield element.target
    until = element.due or element.horizon
    if until is not None:
        yield _by(until)
    if element.edge:
        yield f"{element.edge} than {', '.join(element.apart_from)}" if element.apart_from else element.edge
    if element.profiles:
        yield f"for {', '.join(texts.get(each, each) for each in element.profiles)}"
    if element.seen_as:
        yield f"seen as {element.seen_as}"


def _by(day: date) -> str:
    return f"by {day.isoformat()}"


def _of_goals(goals: Mapping[UUID, Goal], for_goals: Mapping[UUID, UUID | None]) -> list[Entry]:
    still = [(id, each) for id, each in goals.items() if each.status in OPEN_GOALS]
    # The organisation's own first, then unit by unit; what is due sooner before what is due later.
    still.sort(key=lambda pair: (str(pair[1].unit or ""), pair[1].due or date.max, str(pair[0])))
    return [
        Entry(
            label="goal",
            text=each.title,
            notes=tuple(
                note for note in (each.target, _by(each.due) if each.due is not None else None) if note is not None
            ),
            goal=id,
            unit=each.unit,
            accountable=for_goals.get(id),
            vacant=for_goals.get(id) is None,
        )
        for id, each in still
    ]


def folded(parts: Iterable[Part], longest: int | None = None, most: int | None = None) -> Folded:
    """The parts with no text longer than `longest` signs and no part of more than `most` entries, no kind left out."""
    shortened = left_out = 0
    made = list[Part]()
    for part in parts:
        kept = part.entries if most is None else _kept(part.entries, most)
        left_out += len(part.entries) - len(kept)
        entries = list[Entry]()
        for each in kept:
            cut = _cut(each, longest)
            shortened += (cut.text, cut.notes) != _plain(each)
            entries.append(cut)
        made.append(replace(part, entries=tuple(entries)))
    return Folded(parts=tuple(made), shortened=shortened, left_out=left_out)


def _kept(entries: tuple[Entry, ...], most: int) -> tuple[Entry, ...]:
    """So many of a part's entries, in their order: of every kind the first, then of each the second, and so on."""
    turns, numbered = Counter[str](), list[tuple[int, int, Entry]]()
    for place, each in enumerate(entries):
        kind = each.label.rstrip(" 0123456789")
        numbered.append((turns[kind], place, each))
        turns[kind] += 1
    first = sorted(numbered, key=lambda one: one[:2])[:most]
    return tuple(each for _, _, each in sorted(first, key=lambda one: one[1]))


def _plain(entry: Entry) -> tuple[str, tuple[str, ...]]:
    return " ".join(entry.text.split()), tuple(" ".join(note.split()) for note in entry.notes)


def _cut(entry: Entry, longest: int | None) -> Entry:
    text, notes = _plain(entry)
    return replace(entry, text=cut(text, longest), notes=tuple(cut(note, longest) for note in notes))


def cut(text: str, longest: int | None) -> str:
    """The text, or as many whole words of it as there is room for, with a mark; a word alone is cut where it has to."""
    if longest is None or len(text) <= longest:
        return text
    head = text[: longest - 1]
    at_word = head.rpartition(" ")[0]
    return (at_word if len(at_word) > longest // 2 else head).rstrip() + CUT
