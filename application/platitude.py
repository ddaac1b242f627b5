"""The command about platitudes: whether a competitor could sign what the strategy states."""

from __future__ import annotations

from dataclasses import dataclass

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import RevisionUnknown, TargetElementUnknown
from domain.kernel import Party, Refusal, RefusalKind
from domain.platitude import StrategyTested
from domain.strategy import STRATEGY, Strategy


@dataclass(eq=False)
class NobodyAnswers(Refusal):
    """An answer of which nobody knows whose it is."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "it is not said who answers, and nobody stands behind the token"
    way_out = "answer with a token of the person's own"


@dataclass(eq=False)
class ReadsOtherwise(Refusal):
    """An answer about words that the element never had."""

    element: str
    kind = RefusalKind.INVALID
    where = "statement"
    rule = "the element {element!r} does not read so, neither in the draft nor in a revision, at that instant"
    way_out = "copy what it says, or leave the statement out: then it is what the draft says, or the revision named"


@command("strategy.tested")
class AnswerPlatitude(Command):
    """Say whether a competitor could sign what an element of the strategy states: if so, it is a platitude.

    It is about the element as it reads in the draft, or in a published `revision`, or (`statement`) in these words of
    one of them. Everybody answers for themselves.
    """

    strategy: str
    element: str
    could_sign: bool
    revision: int | None = None
    statement: str | None = None
    person: str | None = None
    because: str | None = None


@handles(AnswerPlatitude)
def answer(asked: AnswerPlatitude, desk: Desk) -> AnyDraft:
    """An answer about the words that stand there at that instant."""
    strategy = desk.find("strategy", asked.strategy)
    person = desk.find("person", asked.person) if asked.person is not None else desk.actor.person
    if person is None:
        raise NobodyAnswers
    party = Party("person", person)
    content = StrategyTested(
        element=asked.element,
        statement=_statement(desk.strategy(strategy), asked),
        person=person,
        could_sign=asked.could_sign,
        because=desk.own_words(asked.because, party),
    )
    return Draft[Strategy](aggregate=STRATEGY, stream=strategy, content=content, on_behalf_of=desk.on_behalf_of(party))


def _statement(state: Strategy, asked: AnswerPlatitude) -> str:
    if asked.revision is not None and all(each.revision != asked.revision for each in state.publications):
        raise RevisionUnknown(asked.revision)
    documents = [each.elements for each in state.publications if each.revision == asked.revision]
    if asked.revision is None:
        documents = [state.draft.elements]
    if asked.statement is not None:
        documents = [state.draft.elements, *(each.elements for each in state.publications)]
    words = [each.text for elements in documents for each in elements if each.id == asked.element]
    if not words:
        raise TargetElementUnknown(asked.element)
    if asked.statement is not None and asked.statement not in words:
        raise ReadsOtherwise(asked.element)
    return asked.statement or words[0]
