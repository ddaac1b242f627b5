"""Lines of an import that are about somebody who was erased: they are passed over, and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from application.desk import UnknownReference
from application.history import Statement
from application.sealing import private_texts
from domain.erasure import EVERY_KIND
from domain.kernel import Event, Refusal
from domain.sealed import TextKind

if TYPE_CHECKING:
    from application.checking import Line


@dataclass(eq=False)
class LineOfErased(Refusal):
    """A line about somebody who was erased, or with words of theirs: nothing of them is recorded anew."""

    where = "line"
    rule = "it is about somebody who was erased, or holds words of theirs, and is passed over"
    way_out = "nothing needs to be done; whoever comes back joins under a key of their own"


class ErasedLines:
    """Tells the lines of one import that are passed over because somebody was erased."""

    def __init__(self, erased: Mapping[UUID, frozenset[TextKind]]) -> None:
        self.erased = erased
        self._records: set[tuple[str, str]] = set()
        self._lines: set[str] = set()

    def be_about_nobody(self, people: Iterable[UUID | None]) -> None:
        """Raise LineOfErased where one of these people is gone altogether."""
        if any(each is not None and self.is_gone(each) for each in people):
            raise LineOfErased

    def be_of_nobody(self, events: Sequence[Event], owner: UUID | None) -> None:
        """Raise LineOfErased where something is to be sealed under a key that was destroyed, or its owner is gone."""
        if not self.erased:
            return
        if (owner is not None and self.is_gone(owner)) or any(
            self.lacks(text.subject, text.kind) for event in events for text in private_texts(event)
        ):
            raise LineOfErased

    def is_gone(self, person: UUID) -> bool:
        """Whether nothing of a person is left."""
        return self.erased.get(person, frozenset()).issuperset(EVERY_KIND)

    def lacks(self, subject: UUID, kind: TextKind) -> bool:
        """Whether a subject's key for a kind of text was destroyed."""
        return kind in self.erased.get(subject, frozenset())

    def takes(self, refusal: Refusal, group: Sequence[Line]) -> bool:
        """Whether a group of lines is passed over rather than refused: for itself, or for a line that was before."""
        passed = isinstance(refusal, LineOfErased) or (
            isinstance(refusal, UnknownReference) and (refusal.what, refusal.reference) in self._records
        )
        passed = passed or any(
            isinstance(each, Statement) and each.corrects is not None and each.corrects.line in self._lines
            for each in group
        )
        if passed:
            self._records.update(each.begins for each in group if each.begins is not None)
            self._lines.update(each.id for each in group if each.id is not None)
        return passed
