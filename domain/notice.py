"""What those who are asked are told before the first question: who will learn what of their answers, limits included.

Nothing here is decoration: each sentence is a promise that a rule keeps, or names what no rule can keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.confidentiality import FOR_COMMENTS, Terms
from domain.review import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that those who are asked are told; `limit` where it says what cannot be promised."""

    about: str
    text: str
    limit: bool = False


def told(review: Review) -> tuple[Told, ...]:
    """Everything that participants are told of a review, in the order in which they read it."""
    return tuple(_confidential(review, review.terms) if review.terms is not None else _attributed(review))


def _attributed(review: Review) -> Iterator[Told]:
    yield Told(
        about="mode",
        text="Your answers carry your name. Those named as readers of this review see who said what, and auditors do.",
    )
    if review.questionnaire is not None and review.questionnaire.confidential_where_possible:
        yield Told(
            about="why",
            text=f"With {len(review.participants)} people asked it cannot be confidential: "
            "you would be too few not to be told apart.",
        )
    yield Told(about="revising", text="Until the close you can restate your answers; the last ones count.")
    yield from _reported_back(review)


def _confidential(review: Review, terms: Terms) -> Iterator[Told]:
    yield Told(
        about="mode",
        text="Your answers are confidential, not anonymous: until they are counted your name is kept with them, "
        "encrypted, in a ballot box of this review alone. They are never recorded in the history of the organisation.",
    )
    yield Told(
        about="groups",
        text=f"Figures are published of groups of at least {terms.k} people who answered, and of such groups taken "
        "together. No figure, and no combination of figures, at any time, ties an answer to fewer people than that.",
    )
    yield Told(
        about="once",
        text="The figures are published once, after the close, and never computed again. No other cut of the same "
        "answers is ever published, and what is corrected later changes nothing of them.",
    )
    yield Told(
        about="participation",
        text="Until the close nothing is told of the answers, and of who answered only how many of all did, in coarse "
        "steps. Reminders go only to those who have not answered, and nobody else learns of them.",
    )
    yield Told(
        about="comments",
        text=f"Comments are shown word for word and undated, of all who were asked together, and only if at least "
        f"{FOR_COMMENTS} people answered.",
    )
    yield Told(
        about="readers",
        text="The published figures are read by all who were asked, the sponsor, the facilitator, administrators, "
        f"auditors, and those named as readers: {len(review.readers)}.",
    )
    yield Told(
        about="revising",
        text="Until the close you can restate your answers; the last ones count, and skipping is an answer. "
        "Nobody can answer for you.",
    )
    yield Told(
        about="destruction",
        text="Your answers are destroyed when the figures are published, when too few have answered, or when the "
        "review is cancelled, at the latest 30 days after the close; yours alone, if you are erased before the close.",
    )
    yield from _reported_back(review)
    yield from LIMITS


def _reported_back(review: Review) -> Iterator[Told]:
    if review.reported_back is not None:
        yield Told(about="report", text=f"By {review.reported_back} you are told what came of it.")


LIMITS = (
    Told(
        about="unanimity",
        text="If all of a group answer alike, its figures tell what each of them answered.",
        limit=True,
    ),
    Told(
        about="collusion",
        text="If all others of a group tell each other what they answered, they can work out what you did.",
        limit=True,
    ),
    Told(about="style", text="Who knows how you write may recognise a comment of yours.", limit=True),
    Told(
        about="operator",
        text="Whoever holds the database and the keys of this installation while the review is open can read answers.",
        limit=True,
    ),
    Told(
        about="signing in",
        text="Whoever gives out tokens and sign-ins could have somebody else sign in as you, and answer anew. What you "
        "answered is not shown to them, and every token and sign-in is listed for auditors.",
        limit=True,
    ),
    Told(
        about="joiners",
        text="If a group answers the same in two reviews but for the few who joined or left it in between, or who are "
        "asked or grouped otherwise in one of them, the difference between the two can tell of these few.",
        limit=True,
    ),
    Told(
        about="copies",
        text="Published figures can be withdrawn; copies and evidence packs that were given away before remain.",
        limit=True,
    ),
    Told(
        about="absence",
        text="Where everybody knows who was asked, and all but one say that they answered, the last one is known.",
        limit=True,
    ),
)
"""What no rule can keep."""
