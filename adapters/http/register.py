"""The register over HTTP: what was late, corrected, excepted, extended or not separated, and what that improved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.refusals import FieldsNotValid
from application.register import Entry, Improved, Register, Why
from domain.improvement import SHARE
from domain.kernel import Actor
from domain.sealed import Private

MOST_COMPARED = 10
"""How many entries a page holds when it tells what each improved: two comparisons of the alignment state for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovedAnswer:
    """A figure that stood better at `valid_at` once the entry was known: before and after, in people, records or %."""

    strategy: UUID
    valid_at: datetime
    figure: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """An event that stands in the register, and why.

    `days` is how many local days after its instant it was recorded; `not_separated` says that its author approved it
    because nobody else could; `improved` is told when `figures` is asked for.
    """

    position: int
    recorded_at: datetime
    effective_at: datetime
    days: int
    why: tuple[Why, ...]
    not_separated: bool
    topic: str
    stream: UUID
    word: str
    actor: Actor
    imported: bool
    reason: Private | None
    improved: tuple[ImprovedAnswer, ...] | None


def listed(inquiry: Inquiry) -> Found:
    """What was entered later than the grace period, corrected, excepted, extended, excluded or not separated.

    In the order in which it was learned, with the reason of each. What an import brought in against a rule of conduct
    stands here too. Ask with `figures=yes` which figures each entry improved: as of its instant, and as of the one at
    which it became known. A page may hold fewer entries than asked for and still have a next one.
    """
    inquiry.check()
    wanted, compared = _wanted(inquiry), inquiry.arguments.get("figures") == "yes"
    after = int(inquiry.cursor.after) if inquiry.cursor else 0
    size = min(inquiry.page_size, MOST_COMPARED) if compared else inquiry.page_size
    register = Register(inquiry.services.questions, inquiry.asked)
    entries, more = register.page(after, size, wanted)
    answer = [_shaped(each, register.improved(each) if compared else None) for each in entries]
    asks = {"why": sorted(wanted), "figures": compared, "after": after, "page_size": size}
    return Found(answer=answer, asks=asks, next=inquiry.link(str(more)) if more is not None else None)


def _wanted(inquiry: Inquiry) -> frozenset[Why]:
    named = [each for each in inquiry.arguments.get("why", "").split(",") if each]
    if unknown := sorted(set(named) - set(Why)):
        problem = f"this has to be one or more of {', '.join(Why)}, separated by commas; there is no {unknown[0][:80]}"
        raise FieldsNotValid("why", problem, {"why": problem})
    return frozenset(Why(each) for each in named)


def _shaped(entry: Entry, improved: list[Improved] | None) -> RegisterAnswer:
    event = entry.recorded.event
    return RegisterAnswer(
        position=entry.recorded.position,
        recorded_at=entry.recorded.recorded_at,
        effective_at=event.effective_at,
        days=entry.days,
        why=tuple(sorted(entry.why)),
        not_separated=Why.NOT_SEPARATED in entry.why,
        topic=event.topic,
        stream=event.stream,
        word=event.word.value,
        actor=event.actor,
        imported=event.actor.imported is not None,
        reason=event.reason,
        improved=tuple(_improved(each) for each in improved) if improved is not None else None,
    )


def _improved(each: Improved) -> ImprovedAnswer:
    unit = 10 if each.figure.figure == SHARE else 1
    return ImprovedAnswer(
        strategy=each.strategy,
        valid_at=each.valid_at,
        figure=each.figure.figure,
        before=each.figure.before / unit,
        after=each.figure.after / unit,
    )


REGISTER = Noun(
    name="register",
    description="Late entries, corrections, exceptions, extensions and what was not separated, with what it improved.",
    asks=(
        Ask(
            path="register",
            view="register",
            find=listed,
            title="List what departs from the rule.",
            answers=list[RegisterAnswer],
            pages=True,
            arguments=(
                Argument(name="why", meaning=f"Only what stands there for these: {', '.join(Why)}; by commas."),
                Argument(
                    name="figures",
                    meaning=f"Whether to tell which figures each improved; a page holds {MOST_COMPARED} at most then.",
                    schema={"type": "string", "enum": ["yes", "no"], "default": "no"},
                ),
            ),
        ),
    ),
)
