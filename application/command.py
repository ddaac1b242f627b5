"""Commands and their handlers: one definition that HTTP, the history format and the tests all speak.

A command is a frozen dataclass named in the imperative; its fields are those of the history format, with references
as the caller wrote them (a source's key, or Avow's id). Its handler turns it into the content of one event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, dataclass_transform
from uuid import UUID

from domain.condition import Condition
from domain.kernel import Content, Party
from domain.temporal import Aggregate

if TYPE_CHECKING:
    from application.desk import Desk

S = TypeVar("S")


class Command:
    """What a caller asks to be recorded. Subclasses are declared with `@command(topic)`."""

    TOPIC: ClassVar[str]


CommandClass = TypeVar("CommandClass", bound=Command)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyReference:
    """A person or a unit, by key or id; exactly one of the two."""

    person: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a duty or an accountability is for: a strategy, an element of it, a goal, a revision, or a review."""

    strategy: str | None = None
    element: str | None = None
    goal: str | None = None
    revision: int | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Subject):
    """What somebody answers for: an element of a strategy, a goal, or a gap.

    A gap is named by its key or id, or as a strategy's by its `unit` and `condition`.
    """

    gap: str | None = None
    unit: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Draft(Generic[S]):
    """What a handler makes of a command: one event's content, and the stream it goes to.

    `on_behalf_of` is set when the statement is a party's that the actor does not belong to. A retraction has no
    content. The reason of an `impersonal` one is the organisation's: it stays when its author is erased.
    """

    aggregate: Aggregate[S]
    stream: UUID
    content: Content | None
    topic: str = ""
    on_behalf_of: Party | None = None
    impersonal: bool = False

    def __post_init__(self) -> None:
        if self.content is not None:
            object.__setattr__(self, "topic", self.content.TOPIC)


AnyDraft = Draft[Any]  # the state's type differs from aggregate to aggregate; `Timeline` keeps each consistent
Handler = Callable[[CommandClass, "Desk"], AnyDraft]

_commands: dict[str, type[Command]] = {}
_handlers: dict[type[Command], Callable[[Any, Desk], AnyDraft]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def command(topic: str) -> Callable[[type[CommandClass]], type[CommandClass]]:
    """Declare the command that records events of `topic`."""

    def declare(cls: type[CommandClass]) -> type[CommandClass]:
        cls.TOPIC = topic
        declared = dataclass(frozen=True, kw_only=True)(cls)
        _commands[topic] = declared
        return declared

    return declare


def handles(cls: type[CommandClass]) -> Callable[[Handler[CommandClass]], Handler[CommandClass]]:
    """Name the handler of a command."""

    def register(handler: Handler[CommandClass]) -> Handler[CommandClass]:
        _handlers[cls] = handler
        return handler

    return register


def commands() -> Mapping[str, type[Command]]:
    """Every command by the topic it records; complete once `application.catalogue` is imported."""
    return _commands


def handle(asked: Command, desk: Desk) -> AnyDraft:
    """The draft that a command's handler makes at this desk. Raises the `Refusal` of a rule between aggregates."""
    return _handlers[type(asked)](asked, desk)
