"""The command about limits: how many priorities, principles and KPIs there are to be at most."""

from __future__ import annotations

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.limit import LimitKind, LimitLevel, LimitSet
from domain.organisation import ORGANISATION, Organisation


@command("limit.set")
class SetLimit(Command):
    """Set how many priorities, principles or KPIs the organisation, each unit or each person has at most.

    `unit` or `person` names the one that it is for. Without `most`, what holds without this very limit does again.
    """

    level: LimitLevel
    kind: LimitKind
    unit: str | None = None
    most: int | None = None
    person: str | None = None


@handles(SetLimit)
def set_limit(asked: SetLimit, desk: Desk) -> AnyDraft:
    """What holds from here on."""
    unit = desk.find("unit", asked.unit) if asked.unit is not None else None
    person = desk.find("person", asked.person) if asked.person is not None else None
    content = LimitSet(level=asked.level, kind=asked.kind, unit=unit, most=asked.most, person=person)
    return Draft[Organisation](aggregate=ORGANISATION, stream=desk.organisation, content=content)
