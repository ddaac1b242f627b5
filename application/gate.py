"""The gate before publication (S11): the organisation's bar, and where a draft stands by what its checks published."""

from __future__ import annotations

from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.bar import BarSet
from domain.gate import GateClosed, at_the_draft
from domain.organisation import ORGANISATION, Organisation
from domain.review import REVIEW, ReviewOpened
from domain.strategy import Strategy


@command("bar.set")
class SetBar(Command):
    """Set what is enough: `percent` or more in a hundred of those who rate give `score` or more, from 1 to 5.

    Clarity checks opened from then on are judged by it. Where a check is `demanded`, no material revision is published
    without one of its draft, but by an exception.
    """

    score: int
    percent: int
    demanded: bool = False


@handles(SetBar)
def set_bar(asked: SetBar, desk: Desk) -> AnyDraft:
    """What is enough from here on."""
    content = BarSet(score=asked.score, percent=asked.percent, demanded=asked.demanded)
    return Draft[Organisation](aggregate=ORGANISATION, stream=desk.organisation, content=content)


def refuse_closed_gate(desk: Desk, stream: UUID, state: Strategy, *, material: bool) -> None:
    """Refuse to publish a draft that does not pass the gate as it stands. Raises GateClosed."""
    book = desk.book
    reviews = {id: book.timeline(REVIEW, id).state(desk.at) for id in book.begun(ReviewOpened.TOPIC)}
    about = {id: each for id, each in reviews.items() if each.strategy == stream}
    found = at_the_draft(state, about, desk.chart(desk.at).bars, desk.at, material=material)
    if not found.is_open:
        raise GateClosed(found.verdict)
