"""People over HTTP: who is there, where they sit, what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.attributed import opens
from adapters.http.noun import Noun
from adapters.http.presenting import present
from adapters.subject_access import readable
from application.erasure import ErasureReceipt, receipt
from application.permissions import About, NotPermitted
from application.subject_access import SubjectAccess, subject_access
from domain.access import Access
from domain.kernel import Party
from domain.membership import Membership
from domain.organisation import ORGANISATION
from domain.person import PERSON, Person
from domain.sealed import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswer:
    """One person as of a moment. Name, e-mail and key show as erased once their key is destroyed.

    Key, e-mail and what a person may do in Avow are told to themselves, to those who lead them and to who governs; a
    colleague is not told.
    """

    id: UUID
    key: Private | None
    name: Private | None
    email: Private | None
    present: bool
    guest: bool
    since: datetime | None
    until: datetime | None
    home: UUID | None
    memberships: tuple[Membership, ...]
    rank: str | None
    manager: UUID | None
    roles: tuple[Access, ...]


def shaped(id: UUID, state: Person, at: datetime, *, particulars: bool) -> PersonAnswer:
    """A person's state as it is answered, with the particulars that are no colleague's business or without."""
    stay = state.known_as(at)
    ended = stay is not None and stay.until is not None and stay.until <= at
    return PersonAnswer(
        id=id,
        key=stay.key if stay and particulars else None,
        name=stay.name if stay else None,
        email=stay.email if stay and particulars else None,
        present=state.present(at),
        guest=stay.guest if stay else False,
        since=stay.since if stay else None,
        until=stay.until if stay and ended else None,
        home=state.home(at),
        memberships=state.memberships(at),
        rank=state.rank(at),
        manager=state.manager(at),
        roles=state.roles(at) if particulars else (),
    )


def concerned(inquiry: Inquiry, id: UUID) -> Callable[[], About]:
    """Who is concerned by what is told of a person."""
    return lambda: inquiry.about(Party("person", id))


def _told(inquiry: Inquiry, id: UUID, state: Person) -> PersonAnswer:
    particulars = inquiry.sees(concerned(inquiry, id), "particulars")
    return shaped(id, state, inquiry.asked.valid_at, particulars=particulars)


def listed(inquiry: Inquiry) -> Found:
    """People that the caller may see, who were there at the moment; with `left=true` those too who had left by then."""
    at, left = inquiry.asked.valid_at, inquiry.arguments.get("left") == "true"
    unit = inquiry.named("unit", "within")
    organisation = inquiry.states(ORGANISATION, streams=[inquiry.organisation]).get(inquiry.organisation)
    tree = organisation.chart.subtree(unit, at) if organisation is not None and unit is not None else None

    def shape(_: str, entry: tuple[UUID, Person]) -> PersonAnswer | None:
        id, state = entry
        if not left and state.presence(at) is None:
            return None
        if tree is not None and not any(place.unit in tree for place in state.memberships(at)):
            return None
        return _told(inquiry, id, state) if inquiry.sees(concerned(inquiry, id)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(PERSON).items())
    return inquiry.page(entries, shape, {"within": unit, "left": left})


def shown(inquiry: Inquiry) -> Found:
    """One person. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("person")
    if not inquiry.sees(concerned(inquiry, id)):
        raise NotPermitted("person", inquiry.session.caller.name)
    state, version = inquiry.own(PERSON, id)
    return Found(answer=_told(inquiry, id, state), asks={"person": id}, version=version)


def erasure_shown(inquiry: Inquiry) -> Found:
    """What was erased of a person, by whom and why, what proves it still, and by when no backup holds it any more.

    A receipt without erasures says that nothing was erased.
    """
    id = inquiry.find("person")
    inquiry.check(concerned(inquiry, id)())
    return Found(answer=receipt(inquiry.services.ledger, inquiry.organisation, id), asks={"person": id})


def access_shown(inquiry: Inquiry) -> Found:
    """Everything held on a person, for themselves and for administrators.

    Identity, memberships, every statement by them and about them with its provenance, tokens, sign-ins, letters,
    who opened their record, erasures. Other people's words are listed by reference, and so is, to administrators,
    what the person answered, judged or ranked under their name. Of confidential reviews nothing is shown.
    """
    id = inquiry.find("person")
    inquiry.check(concerned(inquiry, id)())
    services = inquiry.services
    held = subject_access(
        services.ledger,
        services.tokens.store,
        services.sign_ins.store,
        services.messages.store,
        services.trail,
        inquiry.organisation,
        id,
        opens=lambda recorded: opens(inquiry, recorded),
    )
    return Found(answer=held, asks={"person": id})


def access_told(inquiry: Inquiry) -> Found:
    """The same as a text in UTF-8 that needs no program to be read."""
    found = access_shown(inquiry)
    shown = present(found.answer, inquiry.services.vault, inquiry.organisation)
    return Found(answer=readable(shown), asks=found.asks, plain=True)


def _on(sub_resource: str, topic: str, title: str = "") -> Act:
    path = f"people/<path:person>/{sub_resource}"
    return Act(path=path, topic=topic, leads_to="people/{id}", changes=True, title=title)


PEOPLE = Noun(
    name="people",
    description="Who is there, where they sit, and what they may do in Avow.",
    acts=(
        Act(path="people", topic="person.joined", leads_to="people/{id}"),
        Act(path="guests", topic="guest.invited", leads_to="people/{id}"),
        _on("returns", "person.joined", "Record that somebody came back."),
        _on("departures", "person.left"),
        _on("memberships", "membership.began"),
        _on("membership-endings", "membership.ended"),
        _on("ranks", "rank.held"),
        _on("managers", "manager.assigned"),
        _on("access-roles", "access.granted"),
        _on("access-role-endings", "access.revoked"),
        _on("erasures", "person.erased"),
        _on("holds", "person.held"),
        _on("hold-endings", "person.released"),
    ),
    asks=(
        Ask(
            path="people",
            view="person",
            find=listed,
            title="List people.",
            answers=list[PersonAnswer],
            pages=True,
            arguments=(
                Argument(name="within", meaning="Only members of this unit, by key or id, and of those below it."),
                Argument(
                    name="left",
                    meaning="Whether to list people too who had left by then.",
                    schema={"type": "string", "enum": ["true", "false"]},
                ),
            ),
        ),
        Ask(path="people/<path:person>", view="person", find=shown, title="Show a person.", answers=PersonAnswer),
        Ask(
            path="people/<path:person>/erasure",
            view="erasure",
            find=erasure_shown,
            title="Show the receipt of a person's erasure.",
            answers=ErasureReceipt,
            times=False,
        ),
        Ask(
            path="people/<path:person>/subject-access",
            view="subject-access",
            find=access_shown,
            title="Show everything that is held on a person.",
            answers=SubjectAccess,
            times=False,
        ),
        Ask(
            path="people/<path:person>/subject-access/text",
            view="subject-access",
            find=access_told,
            title="Show everything that is held on a person, as a text to read.",
            times=False,
            plain=True,
        ),
    ),
)
