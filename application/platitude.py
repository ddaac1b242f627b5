"""The command about platitudes: whether a competitor could sign what the strategy states."""

from __future__ import annotations

from dataclasses import dataclass

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import RevisionUnknown, TargetElementUnknown
from domain.element import Element
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


@command("strategy.tested")
class AnswerPlatitude(Command):
    """Say whether a competitor could sign what an element of the strategy states: if so, it is a platitude.

    It is about the element as it reads in the draft, or in a published `revision`. Everybody answers for themselves.
    """

    strategy: str
    element: str
    could_sign: bool
    revision: int | None = None
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
        statement=_element(desk.strategy(strategy), asked.element, asked.revision).text,
        person=person,
        could_sign=asked.could_sign,
        because=desk.own_words(asked.because, party),
    )
    return Draft[Strategy](aggregate=STRATEGY, stream=strategy, content=content, on_behalf_of=desk.on_behalf_of(party))


def _element(state: Strategy, element: str, revision: int | None) -> Element:
    elements = state.draft.elements
    if revision is not None:
        published = next((each for each in state.publications if each.revision == revision), None)
        if published is None:
            raise RevisionUnknown(revision)
        elements = published.elements
    for each in elements:
        if each.id == element:
            return each
    raise TargetElementUnknown(element)
