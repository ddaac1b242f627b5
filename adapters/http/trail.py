"""Which questions leave a trace in the trail of reads, and what is kept of them: ids and names of ours, no text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID, uuid4

from adapters.http.answers import Found
from adapters.http.moments import Moments
from adapters.http.session import Session
from application.reads import Read, Trail

TRAILED: Mapping[str, tuple[str, ...]] = {
    "people/<path:person>": ("person",),
    "people/<path:person>/record": ("person", "purpose"),
    "people/<path:person>/erasure": ("person",),
    "people/<path:person>/subject-access": ("person",),
    "people/<path:person>/subject-access/text": ("person",),
    "reviews/<path:review>/answers": ("review",),
    "alignment/figures/<path:figure>": ("strategy", "unit", "figure"),
    "register": ("why",),
    "alignment/explanation": ("strategy", "unit", "figure"),
    "history": ("actor", "stream", "command", "topics"),
    "history/<position>": ("event",),
}
"""By address: what is kept of what was asked. The first that is an id is what the read is about."""

TRAILED_WHERE_OTHERS_ARE_NAMED: Mapping[str, tuple[str, ...]] = {
    "alignment/enrolment": ("strategy", "unit", "rank"),
    "concerns": ("strategy", "standing"),
    "concerns/<path:concern>": ("concern",),
    "conversations": ("person", "strategy", "stage"),
    "conversations/<path:conversation>": ("conversation",),
    "knowledge-uses": ("person", "knowledge"),
}
"""The same for what tells of people by name, and of some callers only their own: that leaves no trace."""


def leave_trace(trail: Trail, address: str, session: Session, moments: Moments, found: Found) -> None:
    """Keep that this is about to be shown; one's own record leaves no trace. Raises StoreUnavailable."""
    kept = TRAILED.get(address)
    if kept is None and found.names - {session.token.person}:
        kept = TRAILED_WHERE_OTHERS_ARE_NAMED.get(address)
    if kept is None:
        return
    asked = {name: found.asks[name] for name in kept if found.asks.get(name)}
    about = next((each for each in asked.values() if isinstance(each, UUID)), None)
    if "person" in kept and about is not None and about == session.token.person:
        return
    trail.add(
        Read(
            id=uuid4(),
            organisation=session.organisation,
            at=datetime.now(UTC),
            person=session.token.person,
            token=session.token.id,
            roles=frozenset(session.caller.roles),
            view=address.replace("<path:", "<"),
            about=about,
            asked={name: _told(value) for name, value in asked.items()},
            valid_at=moments.asked.valid_at,
            position=moments.asked.position,
        )
    )


def _told(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
