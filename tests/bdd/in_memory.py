"""The features in memory: statements go to the ledger as requests, answers come from the definition itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import get_type_hints
from uuid import UUID, uuid4, uuid5

import msgspec
from werkzeug.test import TestResponse

from application import answers, records
from application.catalogue import commands
from application.command import Command
from application.concerns import about_command
from application.confided_answers import Telling
from application.deciding import Correction, Entry, Request
from application.desk import Desk, UnknownReference
from application.explaining import explain
from application.permissions import NotPermitted, allowed
from application.personal_record import person_record
from application.questions import Asked
from application.review import Given
from domain.alignment import Alignment
from domain.bridge import bridge
from domain.element import diff
from domain.kernel import Actor, Event, Refusal, Word
from domain.organisation import ORGANISATION
from domain.scope import Scope
from domain.sealed import Private
from domain.strategy import STRATEGY, Strategy
from tests.bdd.driver import As, Driver, Json, Made, Refused, Said, first_instant, last_instant


@dataclass
class InMemory(Driver):
    """Speaks to the application as its adapters do, without any of them, but for what the API shows to whom."""

    tokens: dict[str, str] = field(default_factory=dict[str, str])

    def beside(self) -> Driver:
        return InMemory(self.installation, self.app)

    def record(self, said: Said) -> Made:
        return self._execute(said, self._entry(said, None, said.fields))

    def replace(self, made: Made, said: Said) -> Made:
        return self._execute(said, self._entry(said, self._correction(made, Word.REPLACEMENT), said.fields))

    def retract(self, made: Made, said: Said) -> Made:
        return self._execute(said, self._entry(said, self._correction(made, Word.RETRACTION), None))

    def _entry(self, said: Said, correction: Correction | None, fields: Mapping[str, Json] | None) -> Entry:
        return Entry(
            command=_command(said.topic, fields, said.seen) if fields is not None else None,
            at=first_instant(said.at),
            known=self.known(said),
            reason=said.reason,
            correction=correction,
        )

    def _execute(self, said: Said, entry: Entry) -> Made:
        actor = Actor(person=UUID(self.people[said.by])) if said.by else Actor(service="office")
        if said.by is not None and entry.command is not None and entry.correction is None:
            self._be_permitted(said.by, entry.command, said)
        request = Request(organisation=self.organisation, id=uuid4(), actor=actor, entries=(entry,))
        try:
            receipt = self.installation.ledger.execute(request)
        except Refusal as refusal:
            raise Refused(str(refusal), refusal.advice) from refusal
        assert receipt.recorded_at is not None
        return Made(said=said, position=receipt.position, id=str(receipt.stream), recorded_at=receipt.recorded_at)

    def _be_permitted(self, by: str, command: Command, said: Said) -> None:
        """The policies, as the API asks them."""
        book, actor = self.installation.ledger.book(self.organisation), Actor(person=UUID(self.people[by]))
        token = self.installation.tokens.recognise(self._token(by))
        assert token is not None
        caller = self.installation.callers.caller(token.credential, self.installation.ledger.now(self.organisation))
        if caller is None:
            return
        about = about_command(command, said.topic, Desk(book, actor, first_instant(said.at)), caller)
        if not allowed(caller, said.topic, about):
            refusal = NotPermitted(said.topic, caller.name)
            raise Refused(str(refusal), refusal.advice)

    def confide(self, person: str, review: str, answers: Json) -> None:
        id, given = self.installation.ledger.book(self.organisation).find("review", review), dict[str, Given]
        assert id is not None
        try:
            who, said = UUID(self.people[person]), msgspec.convert(answers, given)
            self.installation.ballots.answer(self.organisation, id, who, said, None)
        except Refusal as refusal:
            raise Refused(str(refusal), refusal.advice) from refusal

    def _token(self, by: str) -> str:
        if by not in self.tokens:
            self.tokens[by] = self.installation.tokens.issue(self.organisation, by, person=UUID(self.people[by]))[1]
        return self.tokens[by]

    def replied(self, person: str, address: str) -> Json:
        """There is one place that shapes what each may see: the API, here on the memory's own parts."""
        reply: Json = self._reply(person, address).get_json()
        if "rule" in reply:
            raise Refused(reply["detail"], reply["way_out"])
        return reply

    def read(self, person: str, address: str) -> str:
        reply = self._reply(person, address)
        assert reply.mimetype in {"text/plain", "text/html"}, reply.get_data(as_text=True)
        return reply.get_data(as_text=True)

    def _reply(self, person: str, address: str) -> TestResponse:
        headers = {"Authorization": f"Bearer {self._token(person)}"}
        return self.app.test_client().get(f"/v1/organisations/{self.key}/{address}", headers=headers)

    def _correction(self, made: Made, word: Word) -> Correction:
        event = self._event(made)
        return Correction(event.stream, event.fact, event.topic, word)

    def _event(self, made: Made) -> Event:
        ledger = self.installation.ledger
        (placed,) = ledger.ledger_recorder.select_positions(self.organisation, after=made.position - 1, limit=1)
        return ledger.recorded(placed).event

    def element_version(self, strategy: str, element: str) -> int:
        return self._strategy(strategy).draft.versions[element]

    def alignment(self, strategy: str, when: As, unit: str | None = None, rank: str | None = None) -> Json:
        asked = self._asked(when)
        answer = None
        if asked.founded:
            found = self._derived(strategy, asked, unit, rank)
            telling = Telling(self.installation.questions, asked, found)
            answer = answers.alignment(found, confided=telling.of)
        return _json(answers.answered(asked, {}, answer)["answer"])

    def behind(self, strategy: str, figure: str, when: As, unit: str | None = None) -> list[Json]:
        asked = self._asked(when)
        found = self._derived(strategy, asked, unit)
        opened = records.opened(self.installation.questions, asked, found, figure, records.records_of(found, figure))
        return [_json(each) for each in opened]

    def changes(self, strategy: str, before: As, after: As, unit: str | None = None) -> list[Json]:
        first, second = self._asked(before), self._asked(after)
        restated = self.installation.questions.ask(self.organisation, first.valid_at, second.position)
        states = [self._derived(strategy, each, unit, comparable=True) for each in (first, restated, second)]
        return answers.bridges(bridge(*states), lambda _: True)

    def explained(self, strategy: str, figure: str, when: As, later: date) -> Json:
        first, last = self._asked(when), self._asked(As(of=when.of, known=later)).position
        found = explain(self.installation.questions, first, last, self._id("strategy", strategy), Scope(), figure)
        told = [(each.kind, each.recorded.event.reason, each.figures[0]) for each in found.causes]
        opened = self.installation.vault.open(self.organisation, [reason for _, reason, _ in told if reason])
        return {
            "figures": [{"before": each.before, "after": each.after} for each in found.figures],
            "because": [
                {"kind": kind, "reason": reason, "figures": [{"before": each.before, "after": each.after}]}
                for (kind, _, each), reason in zip(told, opened, strict=True)
            ],
        }

    def owed(self, person: str, when: As) -> list[Json]:
        found = self.installation.questions.owed(self._asked(when), UUID(self.people[person]))
        return [_json(each) for each in found]

    def everything_about(self, person: str, when: As) -> Json:
        return _json(person_record(self.installation.questions, self._asked(when), UUID(self.people[person])))

    def chart(self, when: As) -> list[Json]:
        moment = self._asked(when).moment
        chart = self.installation.states.state(ORGANISATION, self.organisation, moment, self.organisation).chart
        at = moment.valid_at
        unplaced = chart.unplaced(at)
        return [
            {
                "name": chart.name(id, at),
                "parent": str(chart.parent(id, at)) if chart.parent(id, at) else None,
                "id": str(id),
                "unplaced": id in unplaced,
            }
            for id, _ in chart.units()
            if chart.alive(id, at)
        ]

    def document(self, strategy: str, revision: int) -> list[Json]:
        published = self._strategy(strategy).publications[revision - 1]
        return [_json(each) for each in published.elements]

    def differences(self, strategy: str, before: str, after: str) -> list[Json]:
        state = self._strategy(strategy)
        documents = [
            state.draft.elements if each == "draft" else state.publications[int(each) - 1].elements
            for each in (before, after)
        ]
        return [_json(each) for each in diff(*documents)]

    def words(self, made: Made) -> list[Json]:
        corrected, ledger = self._event(made), self.installation.ledger
        asked = self.installation.questions.ask(self.organisation)
        recorded = records.history(ledger, asked, stream=corrected.stream, limit=1000)
        events = [records.event(each) for each in recorded if each.event.fact == corrected.fact]
        for each in events:
            if isinstance(reason := each["reason"], Private):
                (each["reason"],) = self.installation.vault.open(self.organisation, [reason])
        return [_json(each) for each in events]

    def log_key(self) -> str:
        return self.installation.log.signer.public(self.organisation)

    def checkpoint(self) -> str:
        found = self.installation.log.current(self.organisation)
        assert found is not None
        return self.installation.log.note(found)

    def _strategy(self, key: str) -> Strategy:
        return self.installation.ledger.timeline(STRATEGY, self.organisation, self._id("strategy", key)).state()

    def _asked(self, when: As) -> Asked:
        known = last_instant(when.known) if when.known else None
        try:
            return self.installation.questions.ask(self.organisation, last_instant(when.of), known)
        except Refusal as refusal:
            raise Refused(str(refusal), refusal.advice) from refusal

    def _derived(
        self, strategy: str, asked: Asked, unit: str | None, rank: str | None = None, *, comparable: bool = False
    ) -> Alignment:
        scope = Scope(unit=self._id("unit", unit) if unit else None, rank=rank)
        questions = self.installation.questions
        derived = questions.comparable if comparable else questions.alignment
        found = derived(asked, self._id("strategy", strategy), scope)
        if found is None:
            refusal = UnknownReference("strategy", strategy, "valid_at")
            raise Refused(str(refusal), refusal.advice)
        return found

    def _id(self, kind: str, key: str) -> UUID:
        return uuid5(self.organisation, f"{kind}:{key}")


def _command(topic: str, fields: Mapping[str, Json], seen: int | None) -> Command:
    asked = commands()[topic]
    given = {f"{name}_" if f"{name}_" in get_type_hints(asked) else name: value for name, value in fields.items()}
    if seen is not None:
        given["based_on"] = seen
    return msgspec.convert(given, asked)


def _json(value: object) -> Json:
    return msgspec.to_builtins(value, str_keys=True)
