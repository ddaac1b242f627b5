"""The trail of reads over HTTP: which views leave a trace, and how auditors read the traces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.instants import read_instant, written


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnswer:
    """Who looked at what, when, with which token and which roles, and as of which moment."""

    at: datetime
    person: UUID | None
    token: UUID
    roles: list[str]
    view: str
    about: UUID | None
    asked: Mapping[str, str]
    valid_at: datetime
    position: int


def listed(inquiry: Inquiry) -> Found:
    """Who opened a person's record, answers, the history or what is behind a figure; the newest first.

    What somebody reads of themselves leaves no trace.
    """
    inquiry.check()
    about, by = inquiry.named("person", "about"), inquiry.named("person", "by")
    before = None
    if inquiry.cursor is not None:
        at, _, id = inquiry.cursor.after.partition(" ")
        before = read_instant(at, inquiry.session.zone, "cursor"), UUID(id)
    found = inquiry.services.trail.reads(
        inquiry.organisation, about=about, by=by, before=before, limit=inquiry.page_size + 1
    )
    shown = found[: inquiry.page_size]
    answer = [
        ReadAnswer(
            at=each.at,
            person=each.person,
            token=each.token,
            roles=sorted(each.roles),
            view=each.view,
            about=each.about,
            asked=each.asked,
            valid_at=each.valid_at,
            position=each.position,
        )
        for each in shown
    ]
    link = inquiry.link(f"{written(shown[-1].at)} {shown[-1].id}") if len(found) > len(shown) else None
    return Found(answer=answer, asks={"about": about, "by": by}, next=link)


READS = Noun(
    name="reads",
    description="Who opened what is sensitive: a person's record, answers, the history, what is behind a figure.",
    asks=(
        Ask(
            path="reads",
            view="reads",
            find=listed,
            title="List who opened what.",
            answers=list[ReadAnswer],
            pages=True,
            times=False,
            arguments=(
                Argument(name="about", meaning="Only reads about this person, by key or id."),
                Argument(name="by", meaning="Only reads by this person, by key or id."),
            ),
        ),
    ),
)
