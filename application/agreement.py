"""Commands about agreements, and what they allow: the use of a person's data in an appraisal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.agreement import AgreementConcluded, AgreementEnded, Agreements, appraisable
from domain.kernel import Refusal, RefusalKind
from domain.organisation import ORGANISATION, Organisation
from domain.purpose import DataKind


@dataclass(eq=False)
class AppraisalNotAgreed(Refusal):
    """Data was asked for to appraise somebody, and no agreement allows any of it."""

    kinds: str
    kind = RefusalKind.FORBIDDEN
    where = "purpose"
    rule = "no agreement of the organisation allows the use of {kinds} in the appraisal of individuals at present"
    way_out = "leave it: GET …/purposes tells what the data is there for; only an agreement changes that"


@command("agreement.concluded")
class ConcludeAgreement(Command):
    """Record that parties agreed on kinds of data that may be used in the appraisal of individuals.

    Without an agreement nothing may. `parties` are named in words, two at least; it holds from `at` until `expires`.
    The kinds of data `without` which one does, such as kpis, are not kept of individuals while it holds.
    """

    agreement: str
    parties: tuple[str, ...]
    kinds: tuple[DataKind, ...] = ()
    expires: datetime | None = None
    without: tuple[DataKind, ...] = ()


@command("agreement.ended")
class EndAgreement(Command):
    """Record that an agreement allows nothing from here on, with the reason."""

    agreement: str


@handles(ConcludeAgreement)
def conclude(asked: ConcludeAgreement, desk: Desk) -> AnyDraft:
    """What was agreed."""
    content = AgreementConcluded(
        agreement=asked.agreement,
        parties=asked.parties,
        kinds=asked.kinds,
        expires=asked.expires,
        without=asked.without,
    )
    return Draft[Organisation](aggregate=ORGANISATION, stream=desk.organisation, content=content)


@handles(EndAgreement)
def end(asked: EndAgreement, desk: Desk) -> AnyDraft:
    """No longer agreed."""
    desk.be_reasoned(asked.TOPIC)
    content = AgreementEnded(agreement=asked.agreement)
    return Draft[Organisation](aggregate=ORGANISATION, stream=desk.organisation, content=content)


def agreed_parts(agreements: Agreements, now: datetime, parts: Sequence[DataKind]) -> frozenset[DataKind]:
    """Which of these kinds of data may be used to appraise somebody at present.

    The agreement of now decides, whatever instant the data is of. Raises AppraisalNotAgreed where none may be.
    """
    agreed = appraisable(agreements, now).keys() & set(parts)
    if not agreed:
        raise AppraisalNotAgreed(", ".join(parts))
    return frozenset(agreed)
