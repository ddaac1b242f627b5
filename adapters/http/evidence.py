"""Evidence over HTTP: recorded, withdrawn; what it comes to for ideal clients, and for what sets apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.papers import STRATEGY_ARGUMENT, Paper, paper_of
from adapters.http.refusals import FieldsNotValid
from application.permissions import About, NotPermitted
from domain.evidence import EVIDENCE, Evidence
from domain.proof import OLD_AFTER, Client, Difference, Piece, clients, differences, pieces_of
from domain.strategy import STRATEGY

MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswer:
    """One piece of evidence as of a moment."""

    id: UUID
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientsAnswer:
    """The ideal clients of a strategy beside what shows whether they are. `revision` None: as drafted."""

    revision: int | None
    old_after_days: int
    clients: tuple[Client, ...]
    without_evidence: tuple[str, ...]
    stated_only: tuple[str, ...]
    old_only: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferentiationAnswer:
    """What sets apart, from which alternatives, for whom, shown by what. `revision` None: as drafted."""

    revision: int | None
    old_after_days: int
    differentiators: tuple[Difference, ...]
    without_evidence: tuple[str, ...]
    stated_only: tuple[str, ...]
    old_only: tuple[str, ...]


def listed(inquiry: Inquiry) -> Found:
    """Evidence that the caller may see: of a strategy, of an element, or all."""
    strategy, element = inquiry.named("strategy"), inquiry.arguments.get("element")
    published = {id for id, state in inquiry.states(STRATEGY).items() if state.publications}

    def shape(_: str, entry: tuple[UUID, Evidence]) -> EvidenceAnswer | None:
        id, state = entry
        if element is not None and state.element != element:
            return None
        about = About(published=state.strategy in published, strategy=state.strategy)
        return EvidenceAnswer(id=id, evidence=state) if inquiry.sees(lambda: about) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(EVIDENCE, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "element": element})


def shown(inquiry: Inquiry) -> Found:
    """One piece of evidence. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("evidence", "piece")
    state, version = inquiry.own(EVIDENCE, id)
    owner = inquiry.states(STRATEGY, streams=[state.strategy]) if state.strategy else {}
    published = any(each.publications for each in owner.values())
    if not inquiry.sees(lambda: About(published=published, strategy=state.strategy)):
        raise NotPermitted("evidence", inquiry.session.caller.name)
    return Found(answer=EvidenceAnswer(id=id, evidence=state), asks={"piece": id}, version=version)


def ideal_clients(inquiry: Inquiry) -> Found:
    """Each ideal client profile beside its evidence, stated apart from behavioural, compared with the claim.

    Of win rates the one seen last counts, beside that with the majority. `own_view` tells what we want to be seen as,
    what we do, and what is perceived.
    """
    paper, old_after = paper_of(inquiry), _old_after(inquiry)
    found = clients(paper.elements, pieces_counted(inquiry, paper, old_after))
    shown_by = [(each.element.id, each.shown) for each in found]
    answer = ClientsAnswer(
        revision=paper.revision,
        old_after_days=old_after,
        clients=found,
        without_evidence=tuple(id for id, shown in shown_by if not shown.pieces),
        stated_only=tuple(id for id, shown in shown_by if shown.stated_only),
        old_only=tuple(id for id, shown in shown_by if shown.all_old),
    )
    return Found(answer=answer, asks={"strategy": paper.id, "old_after": old_after})


def differentiation(inquiry: Inquiry) -> Found:
    """Each differentiator: better, faster, cheaper or its own kind, from which alternatives, for whom, shown by what.

    `missing` names what one does not say; those without evidence, with stated evidence only, and with old evidence only
    are listed.
    """
    paper, old_after = paper_of(inquiry), _old_after(inquiry)
    found = differences(paper.elements, pieces_counted(inquiry, paper, old_after))
    shown_by = [(each.element.id, each.shown) for each in found]
    answer = DifferentiationAnswer(
        revision=paper.revision,
        old_after_days=old_after,
        differentiators=found,
        without_evidence=tuple(id for id, shown in shown_by if not shown.pieces),
        stated_only=tuple(id for id, shown in shown_by if shown.stated_only),
        old_only=tuple(id for id, shown in shown_by if shown.all_old),
    )
    return Found(answer=answer, asks={"strategy": paper.id, "old_after": old_after})


def pieces_counted(inquiry: Inquiry, paper: Paper, old_after: int) -> Mapping[str, tuple[Piece, ...]]:
    """The evidence that counts at the moment, by element, newest first."""
    zone, drafted = ZoneInfo(inquiry.settings.zone), paper.state.drafted_at
    # What was recorded before the strategy had been drafted, as a correction may leave it, has no effect.
    counted = {
        id: each
        for id, each in inquiry.states(EVIDENCE, strategy=paper.id).items()
        if each.recorded_at is not None and drafted is not None and drafted <= each.recorded_at
    }
    days = dict[UUID, date]()
    for id, each in counted.items():
        if each.recorded_at is not None:
            days[id] = each.recorded_at.astimezone(zone).date()
    return pieces_of(counted, days, inquiry.today, old_after)


def _old_after(inquiry: Inquiry) -> int:
    text = inquiry.arguments.get("old_after")
    if text is None:
        return OLD_AFTER
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= MOST_DAYS:
        problem = f"this has to be a whole number of days from 1 to {MOST_DAYS}"
        raise FieldsNotValid("old_after", problem, {"old_after": problem})
    return int(text)


OLD_ARGUMENT = Argument(
    name="old_after",
    meaning=f"After how many days evidence is old; unstated, {OLD_AFTER}.",
    schema={"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": OLD_AFTER},
)

EVIDENCES = Noun(
    name="evidence",
    description="What shows whether the strategy's claims hold: dated, sourced, stated apart from behavioural.",
    acts=(
        Act(path="evidence", topic="evidence.recorded", leads_to="evidence/{id}"),
        Act(
            path="evidence/<path:piece>/withdrawals", topic="evidence.withdrawn", leads_to="evidence/{id}", changes=True
        ),
    ),
    asks=(
        Ask(
            path="evidence",
            view="evidence",
            find=listed,
            title="List evidence.",
            answers=list[EvidenceAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only that about this strategy, by key or id."),
                Argument(name="element", meaning="Only that about this element, by its id."),
            ),
        ),
        Ask(
            path="evidence/<path:piece>",
            view="evidence",
            find=shown,
            title="Show a piece of evidence.",
            answers=EvidenceAnswer,
        ),
        Ask(
            path="alignment/clients",
            view="evidence",
            find=ideal_clients,
            title="Show the ideal clients beside their evidence.",
            answers=ClientsAnswer,
            arguments=(STRATEGY_ARGUMENT, OLD_ARGUMENT),
        ),
        Ask(
            path="alignment/differentiation",
            view="evidence",
            find=differentiation,
            title="Show what sets apart beside its evidence.",
            answers=DifferentiationAnswer,
            arguments=(STRATEGY_ARGUMENT, OLD_ARGUMENT),
        ),
    ),
)
