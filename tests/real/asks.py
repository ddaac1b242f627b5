"""What goals ask of teams: how the source writes it, and which ask of one landing is which of the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

ORDERED_PERIOD = "2026"
SIZES = ("Vibes", "Small", "Medium", "Large")
COUNTS_FROM = "Small"
TEAMS_SPELLED_OTHERWISE = {"r-a": "rust-analyzer", "t-langdocs": "lang-docs"}
NOBODY_YET = frozenset({"", "tbd", "needed", "@todo"})

Mend = Callable[[str, str], None]
"""Told the rule by which something was mended, and what."""


def silently(rule: str, why: str) -> None:
    """Mend without saying so: for text that was reported where it came up."""


@dataclass(frozen=True, order=True)
class Ask:
    """One thing asked of a team. Words that are no level of the period's scale stand in `words`."""

    team: str
    level: str | None = None
    words: str | None = None

    @property
    def said(self) -> str:
        """The level, on the scale or not; empty for an ask without one."""
        return self.level or self.words or ""


@dataclass(frozen=True)
class Terms:
    """An ask with the champion that stood for its team: a person, or the words that name none."""

    ask: Ask
    champion: str | None = None
    champion_words: str | None = None


def asks_in(text: str, period: str, teams: frozenset[str], mend: Mend = silently) -> Iterator[Ask]:
    """The asks a document states: `team:level; team:level`, with or without an arrow before the level."""
    for part in filter(None, (each.strip() for each in text.split(";"))):
        written, _, level = (each.strip() for each in part.partition(":"))
        team = TEAMS_SPELLED_OTHERWISE.get(written, written.removeprefix("t-"))
        if team not in teams:
            mend("ask of no team", f"{part!r} names no team; this part is left out")
            continue
        if team != written:
            mend("team in another spelling", f"{written!r} is team {team!r}")
        plain = level.removeprefix("↳").strip()
        if plain != level:
            mend("arrow before a level", f"{level!r} is {plain!r}")
        if plain.startswith("~~"):
            mend("ask struck out", f"{part!r} is struck out; this part is left out")
            continue
        yield _on_scale(team, plain, period, mend)


def _on_scale(team: str, level: str, period: str, mend: Mend) -> Ask:
    if not level:
        mend("ask without a level", f"the ask of {team} has no level")
        return Ask(team)
    spelled = level[0].upper() + level[1:]
    if period == ORDERED_PERIOD and spelled not in SIZES:
        mend("level off the scale", f"{level!r} is no level of {', '.join(SIZES)}; kept as a label")
        return Ask(team, words=level)
    if spelled != level:
        mend("level in another case", f"{level!r} is {spelled!r}")
    return Ask(team, spelled)


def champions_in(text: str) -> Mapping[str, str]:
    """Who champions a document, by team: `team=@handle; T-team=words`."""
    pairs = (each.partition("=") for each in text.split(";") if each.strip())
    return {re.sub("^[Tt]-", "", team.strip()): who.strip() for team, _, who in pairs}


@dataclass(frozen=True)
class Move:
    """What happened to one ask, numbered among those of its goal and team: made, changed or withdrawn."""

    number: int
    kind: str
    terms: Terms


@dataclass
class Standing:
    """The asks of one goal and team that stand, by number. Numbers rise and are never given twice."""

    terms: dict[int, Terms] = field(default_factory=dict)
    last: int = 0

    def becomes(self, stated: list[Terms]) -> Iterator[Move]:
        """The fewest moves from what stands to what a landing states.

        An ask of the same words stays the same ask, the lowest numbers first. Of the others, in the order of numbers
        and words, one changes into the next; what is then left over is withdrawn, or made.
        """
        wanted = Counter(terms.ask for terms in stated)
        by_ask = {terms.ask: terms for terms in stated}
        loose = []
        for number, terms in sorted(self.terms.items()):
            if wanted[terms.ask]:
                wanted[terms.ask] -= 1
                if by_ask[terms.ask] != terms:
                    yield self._move(number, "changed", by_ask[terms.ask])
            else:
                loose.append(number)
        rest = sorted(wanted.elements(), key=lambda ask: ask.said)
        for number, ask in zip(loose, rest, strict=False):
            yield self._move(number, "changed", by_ask[ask])
        for number in loose[len(rest) :]:
            yield Move(number, "withdrawn", self.terms.pop(number))
        for ask in rest[len(loose) :]:
            self.last += 1
            yield self._move(self.last, "made", by_ask[ask])

    def _move(self, number: int, kind: str, terms: Terms) -> Move:
        self.terms[number] = terms
        return Move(number, kind, terms)
