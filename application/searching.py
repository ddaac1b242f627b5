"""Full-text search over knowledge: the items that stood at a moment and hold all that is asked for, best first.

A query is written as for a search engine on the web: words, "a phrase", `or`, and `-` before what is not to be there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.states import Moment

MARKS = ("<mark>", "</mark>")
"""What stands around a word that was looked for; all else of a text is escaped for HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What of an item is shown beside it: its title and the places of its text, as HTML with what was found marked."""

    title: str
    text: str


class KnowledgeSearch(ABC):
    """Finds items as of a moment. Nothing that is asked for becomes part of a statement to a database."""

    @abstractmethod
    def find(self, organisation: UUID, moment: Moment, query: str, language: str | None = None) -> list[UUID]:
        """The items that match, best first; of one language, or of all, each by the rules of its own."""

    @abstractmethod
    def extracts(self, organisation: UUID, moment: Moment, query: str, items: Sequence[UUID]) -> Mapping[UUID, Extract]:
        """What to show of items that were found."""
