"""The cascade of the process: a manager ran it at their own level, with their own people, on a day (S4).

The cascade of the content (reached, understood, own goals) needs no record of its own: it follows from
acknowledgements, published results, commitments and goals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact


@event("process.run")
class ProcessRun(Content):
    """A manager ran the process of the strategy with a unit: the audit, the future, the criteria, the concerns.

    `participants` took part, and are frozen.
    """

    key: str | None = None
    person: UUID
    unit: UUID
    strategy: UUID
    participants: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """The state of one running of the process; `run_at` is None before it was.

    `on_behalf` says that somebody else entered it for its manager: then it counts apart.
    """

    run_at: datetime | None = None
    key: str | None = None
    person: UUID | None = None
    unit: UUID | None = None
    strategy: UUID | None = None
    participants: tuple[UUID, ...] = ()
    on_behalf: bool = False


@dataclass(eq=False)
class ProcessAlreadyRun(Refusal):
    """One running of the process is recorded once."""

    where = "process"
    rule = "this running of the process was recorded already"
    way_out = "correct it, or record another one under a key of its own"


@dataclass(eq=False)
class RunWithNobody(Refusal):
    """A process that its manager would have run alone."""

    kind = RefusalKind.INVALID
    where = "participants"
    rule = "nobody but whoever ran the process took part in it"
    way_out = "name everybody who took part"


def guard(state: Process, fact: Fact) -> None:
    """Refuse a second record of the same, and a process with nobody."""
    match fact.content:
        case _ if state.run_at is not None:
            raise ProcessAlreadyRun
        case ProcessRun(person=person, participants=participants):
            if not set(participants) - {person}:
                raise RunWithNobody
        case _:
            pass


def evolve(state: Process, fact: Fact) -> Process:
    """The running once this fact is in its place."""
    match fact.content:
        case ProcessRun() as run:
            return Process(
                run_at=fact.effective_at,
                key=run.key,
                person=run.person,
                unit=run.unit,
                strategy=run.strategy,
                participants=run.participants,
                on_behalf=fact.actor.on_behalf_of is not None,
            )
        case _:
            return state


PROCESS: Aggregate[Process] = Aggregate("process", Process(), (ProcessRun,), guard, evolve)
