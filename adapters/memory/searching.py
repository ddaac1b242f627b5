"""Full-text search without a database: reads every item, and knows the endings of English and German words roughly.

It finds what PostgreSQL finds for common words. It ranks otherwise: by how often what is asked for stands in the title
and in the text, and not by how near the words stand to each other; and its stems are coarser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.searching import MARKS, Extract, KnowledgeSearch
from application.states import Moment, States
from domain.knowledge import KNOWLEDGE, Version

WORD = re.compile(r"[^\W_]+")
PART = re.compile(r'(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
ENDINGS = {
    "en": ("ingly", "edly", "ies", "ing", "es", "ed", "ly", "s", "y", "e"),
    "de": ("ern", "em", "en", "er", "es", "e", "n", "s"),
}
"""What is cut off a word as long as three letters are left, by language."""
COMMON = {
    "en": """a an and are as at be by for from has have how if in is it its of on or our so that the their then there
    they this to was we what when where which who will with you your""",
    "de": """aber als am an auch auf aus bei das dass dem den der des die ein eine einem einen einer er es für hat ich
    im in ist mit nach nicht noch oder sich sie sind so und uns von was wer wie wir wird zu zum zur""",
}
PASSED_OVER = {language: frozenset(words.split()) for language, words in COMMON.items()}
"""Words that are too common to be looked for."""
TITLE_WEIGHS, SHOWN, BEFORE = 10, 30, 10


def stem(word: str, language: str) -> str:
    """A word without its endings, in small letters."""
    small = word.casefold()
    for ending in ENDINGS.get(language, ()):
        if small.endswith(ending) and len(small) - len(ending) >= 3:
            return stem(small[: -len(ending)], language)
    return small


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing asked for: words that follow on each other; `without`: they must not."""

    stems: tuple[str, ...]
    without: bool


def _alternatives(query: str, language: str) -> list[list[_Wanted]]:
    """What is asked for: of one of these lists, all."""
    found: list[list[_Wanted]] = [[]]
    for part in PART.finditer(query):
        if part["word"] is not None and part["word"].casefold() == "or" and not part["without"]:
            found.append([])
            continue
        stems = tuple(
            stem(word, language)
            for word in WORD.findall(part["phrase"] or part["word"] or "")
            if word.casefold() not in PASSED_OVER.get(language, ())
        )
        if stems:
            found[-1].append(_Wanted(stems, bool(part["without"])))
    return [each for each in found if each]


def _places(stems: Sequence[str], wanted: tuple[str, ...]) -> list[int]:
    return [at for at in range(len(stems) - len(wanted) + 1) if tuple(stems[at : at + len(wanted)]) == wanted]


def _stems(text: str, language: str) -> list[str]:
    common = PASSED_OVER.get(language, frozenset())
    return [stem(word, language) for word in WORD.findall(text) if word.casefold() not in common]


def _score(version: Version, query: str) -> int:
    """How well a version matches; 0: it does not."""
    title, text = (_stems(each, version.language) for each in (version.title, version.text))
    best = 0
    for alternative in _alternatives(query, version.language):
        hits = [
            (TITLE_WEIGHS * len(_places(title, each.stems)) + len(_places(text, each.stems)), each.without)
            for each in alternative
        ]
        if all(bool(count) is not without for count, without in hits):
            best = max(best, sum(count for count, _ in hits) or 1)
    return best


class MemorySearch(KnowledgeSearch):
    """Searches what the states tell."""

    def __init__(self, states: States) -> None:
        self.states = states

    def find(self, organisation: UUID, moment: Moment, query: str, language: str | None = None) -> list[UUID]:
        """See `KnowledgeSearch.find`."""
        scores = [
            (-score, id)
            for id, version in self._standing(organisation, moment)
            if language in (None, version.language) and (score := _score(version, query))
        ]
        return [id for _, id in sorted(scores)]

    def extracts(self, organisation: UUID, moment: Moment, query: str, items: Sequence[UUID]) -> Mapping[UUID, Extract]:
        """See `KnowledgeSearch.extracts`."""
        return {
            id: Extract(title=_marked(version.title, query, version.language), text=_cut(version, query))
            for id, version in self._standing(organisation, moment)
            if id in items
        }

    def _standing(self, organisation: UUID, moment: Moment) -> Iterator[tuple[UUID, Version]]:
        for id, item in self.states.states(KNOWLEDGE, organisation, moment).items():
            if item.standing and item.version is not None:
                yield id, item.version


def _marked(text: str, query: str, language: str) -> str:
    wanted = {
        each
        for alternative in _alternatives(query, language)
        for one in alternative
        if not one.without
        for each in one.stems
    }
    shown, last = list[str](), 0
    for word in WORD.finditer(text):
        if stem(word[0], language) in wanted:
            shown += [html.escape(text[last : word.start()]), MARKS[0], html.escape(word[0]), MARKS[1]]
            last = word.end()
    return "".join([*shown, html.escape(text[last:])])


def _cut(version: Version, query: str) -> str:
    """The words around the first place that matches."""
    words = version.text.split()
    first = next((at for at, word in enumerate(words) if MARKS[0] in _marked(word, query, version.language)), 0)
    start = max(first - BEFORE, 0)
    return _marked(" ".join(words[start : start + SHOWN]), query, version.language)
