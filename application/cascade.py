"""Commands about the cascade: managers run the process at their own level."""

from __future__ import annotations

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.cascade import PROCESS, ProcessRun
from domain.kernel import Party


@command("process.run")
class RunProcess(Command):
    """Record that a manager ran the process of the strategy with a unit, on the day `at`.

    Who took part is frozen.
    """

    person: str
    unit: str
    strategy: str
    participants: tuple[str, ...]
    process: str | None = None


@handles(RunProcess)
def run(asked: RunProcess, desk: Desk) -> AnyDraft:
    """The process at one level, with who was there."""
    person, unit = desk.find("person", asked.person), desk.find("unit", asked.unit)
    named = tuple(dict.fromkeys(desk.find("person", each, "participants") for each in asked.participants))
    content = ProcessRun(
        key=desk.open_key("process", asked.process),
        person=person,
        unit=unit,
        strategy=desk.find("strategy", asked.strategy),
        participants=named,
    )
    return Draft(
        aggregate=PROCESS,
        stream=desk.new("process", asked.process),
        content=content,
        on_behalf_of=desk.on_behalf_of(Party("person", person)),
    )
