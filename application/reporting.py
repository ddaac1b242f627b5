"""What is told in a report, kept as a digest and a checkpoint; and whether it would be told alike today."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from application import answers
from application.confided_answers import Telling
from application.ports import Told
from application.questions import Asked, Questions
from application.transparency import Checkpoint, HistoryAltered, HistoryNotSigned, TransparencyLog
from domain.alignment import RULES, Alignment
from domain.kernel import Refusal, RefusalKind
from domain.report import Report
from domain.scope import Scope

_canonical = msgspec.json.Encoder(order="sorted").encode


@dataclass(eq=False)
class NothingToReport(Refusal):
    """A report about a moment at which the organisation had no such strategy."""

    kind = RefusalKind.UNKNOWN
    where = "valid_at"
    rule = "as of that moment there was no such strategy, so nothing of it can be reported"
    way_out = "name a later valid_at or known_at, or leave them out"


class Again(StrEnum):
    """What asking a report's question again comes to."""

    SAME = "same"
    SAME_UNDER_OTHER_RULES = "same_under_other_rules"
    OTHER_RULES = "other_rules"
    DIFFERS = "differs"
    TOLD_ELSEWHERE = "told_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain:
    """A report's question asked today: under which rules, what its answer's digest is, and what that comes to.

    `restated` are the figures that stand otherwise for the same instant as it is known now. Of what was told elsewhere
    there is no answer here.
    """

    outcome: Again
    rules: int
    digest: str | None
    restated: tuple[str, ...]


@dataclass(frozen=True)
class Reporting:
    """Asks what a report is about, today and ever after."""

    questions: Questions
    log: TransparencyLog
    rules: int = RULES
    """The version of the definitions that it answers by."""

    def tell(
        self, organisation: UUID, strategy: UUID, scope: Scope, valid_at: datetime, known_at: datetime | None
    ) -> Told:
        """What is told, with what proves it. Raises NothingToReport, HistoryNotSigned and what asking raises."""
        head = self.log.recorder.head(organisation)
        # Not what is projected by now: whoever reports has seen what they said themselves.
        known = known_at if known_at is not None or head is None else head.position
        asked = self.questions.ask(organisation, valid_at, known)
        found = self._found(asked, strategy, scope)
        if found is None or asked.known_at is None:
            raise NothingToReport
        return Told(
            valid_at=asked.valid_at,
            known_at=asked.known_at,
            position=asked.position,
            rules=self.rules,
            digest=digest(self._said(asked, found)),
            checkpoint=self.log.note(self._checkpoint(organisation, asked.position)),
        )

    def answer(self, organisation: UUID, report: Report) -> bytes | None:
        """The answer to a report's question as it is given today; None where it was told elsewhere."""
        if report.told_elsewhere or report.strategy is None:
            return None
        asked = self.questions.ask(organisation, report.valid_at, report.position)
        found = self._found(asked, report.strategy, report.scope)
        return self._said(asked, found) if found is not None else b""

    def again(self, organisation: UUID, report: Report) -> AskedAgain:
        """What asking again comes to."""
        answer = self.answer(organisation, report)
        if answer is None or report.strategy is None:
            return AskedAgain(outcome=Again.TOLD_ELSEWHERE, rules=self.rules, digest=None, restated=())
        found, same_rules = digest(answer), report.rules == self.rules
        if found == report.digest:
            outcome = Again.SAME if same_rules else Again.SAME_UNDER_OTHER_RULES
        else:
            outcome = Again.DIFFERS if same_rules else Again.OTHER_RULES
        restated = tuple(self._restated(organisation, report, report.strategy))
        return AskedAgain(outcome=outcome, rules=self.rules, digest=found, restated=restated)

    def _restated(self, organisation: UUID, report: Report, strategy: UUID) -> list[str]:
        """The figures behind which other records stand, as it is known now."""
        ask = self.questions.ask
        moments = ask(organisation, report.valid_at, report.position), ask(organisation, report.valid_at)
        then, now = (self._found(each, strategy, report.scope) for each in moments)
        told, known = (each.figures if each is not None else {} for each in (then, now))
        names = sorted(told.keys() | known.keys())
        return [name for name in names if name not in told or name not in known or told[name] != known[name]]

    def _found(self, asked: Asked, strategy: UUID, scope: Scope) -> Alignment | None:
        return self.questions.alignment(asked, strategy, scope) if asked.founded else None

    def _said(self, asked: Asked, found: Alignment) -> bytes:
        """The answer, names sorted and without white space, and without the published results of reviews.

        Those can be withdrawn, and a digest over them would let them be guessed for ever.
        """
        telling = Telling(self.questions, asked, found, lambda _id, _review: False)
        return _canonical(answers.alignment(found, telling.results_open, telling.of))

    def _checkpoint(self, organisation: UUID, position: int) -> Checkpoint:
        """A checkpoint that covers the position: the newest, or one that is made now."""
        newest = self.log.store.newest(organisation, self.log.signer.key)
        if newest is not None and newest.size >= position:
            return newest
        try:
            made = self.log.checkpoint(organisation)
        except HistoryAltered as error:
            raise HistoryNotSigned(error.position) from error
        if made is None:
            raise NothingToReport
        return made


def digest(answer: bytes) -> str:
    """The SHA-256 of an answer, in hexadecimal."""
    return hashlib.sha256(answer).hexdigest()
