"""What a confidential review needs beside its own stream: its grouping tree when it opens, its ballot box at the end.

Answers never pass through here; what is published comes out of the box as figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

import msgspec

from application.book import on_record
from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.confided_results import Results, refuse_stated, tally
from domain.confided_rules import ExtendedAfterItsClose, PublishedOnce
from domain.confidentiality import USUAL_K, Grouping, Path, Terms, covers, grown
from domain.grouping import grouped
from domain.kernel import Refusal, RefusalKind
from domain.questionnaire import Mode, Questionnaire
from domain.review import REVIEW, BoxEnd, BoxEnded, Group, ParticipationReported, Review, ReviewPublished
from domain.review_rules import ResultsOfAnotherReview, ReviewNotClosed
from domain.sealed import Private


@dataclass(eq=False)
class OfConfidentialOnly(Refusal):
    """Terms on which nobody confides anything."""

    said: str
    kind = RefusalKind.INVALID
    where = "mode"
    rule = "{said} is said of an attributed review, in which it means nothing"
    way_out = "leave it out, or open the review with mode confidential"


@dataclass(eq=False)
class ResultsComeFromTheBox(Refusal):
    """Nobody states what others confided."""

    kind = RefusalKind.FORBIDDEN
    where = "results"
    rule = "the results of a confidential review are counted in its ballot box, and stated by nobody"
    way_out = "publish without stating results; those of a review held elsewhere come in by an import"


@dataclass(eq=False)
class NoBallotBox(Refusal):
    """Confided answers have nowhere to be."""

    where = "mode"
    rule = "this installation keeps no ballot box, so nothing can be confided to it"
    way_out = "hold an attributed review, which tells everyone so before they answer"


@dataclass(eq=False)
class ConfidedStandsAsRecorded(Refusal):
    """What decides who can be told apart is not changed afterwards."""

    topic: str
    where = "replaces"
    rule = "{topic} of a confidential review stands as it was recorded: people confided on these terms"
    way_out = "extend or cancel the review, withdraw its results, or ask again in another one"


@command("review.participation_reported")
class ReportParticipation(Command):
    """Tell how many of those asked answered a confidential review, in percent, in steps that tell of nobody.

    Said by the ballot box alone.
    """

    review: str
    percent: int


@command("review.box_ended")
class EndBox(Command):
    """Tell that a confidential review's ballot box ended, with everything in it; said by the ballot box alone."""

    review: str
    end: BoxEnd


@handles(ReportParticipation)
def report_participation(asked: ReportParticipation, desk: Desk) -> AnyDraft:
    """How many answered so far."""
    content = ParticipationReported(percent=asked.percent)
    return Draft[Review](aggregate=REVIEW, stream=desk.find("review", asked.review), content=content)


@handles(EndBox)
def end_box(asked: EndBox, desk: Desk) -> AnyDraft:
    """The box is gone."""
    content = BoxEnded(end=asked.end)
    return Draft[Review](aggregate=REVIEW, stream=desk.find("review", asked.review), content=content)


def refuse_terms(mode: Mode, minimum_group_size: int | None, grouping: tuple[Grouping, ...]) -> None:
    """Refuse what only a confidential review has of an attributed one. Raises OfConfidentialOnly."""
    for said, given in (("minimum_group_size", minimum_group_size is not None), ("grouping", bool(grouping))):
        if given and mode is not Mode.CONFIDENTIAL:
            raise OfConfidentialOnly(said)


def terms_of(
    desk: Desk,
    mode: Mode,
    participants: tuple[UUID, ...],
    groups: tuple[Group, ...],
    minimum_group_size: int | None,
    grouping: tuple[Grouping, ...],
) -> Terms | None:
    """On what terms the participants confide; None in an attributed review. Raises OfConfidentialOnly."""
    refuse_terms(mode, minimum_group_size, grouping)
    if mode is not Mode.CONFIDENTIAL:
        return None
    by = grouping or (Grouping.UNITS,)
    people = {person: desk.person(person) for person in participants}
    paths = grouped(desk.chart(desk.at).chart, people, groups, by, desk.at)
    k = minimum_group_size if minimum_group_size is not None else USUAL_K
    return Terms(k=k, by=by, leaves=grown(paths))


def results_key(review: UUID) -> UUID:
    """Under whose name the key is kept that the published results of a review are sealed under."""
    return uuid5(review, "results")


def counted_in_the_box(desk: Desk, review: UUID, state: Review, stated: Results | None) -> ReviewPublished:
    """The results of a confidential review: counted in its box, once; or of one held elsewhere, as an import states.

    Raises ResultsComeFromTheBox, ReviewNotClosed, PublishedOnce, NoBallotBox; TooFewAnswered and ClassTooSmall where
    nothing may be published; ResultsOfAnotherReview.
    """
    terms, questionnaire = state.terms, state.questionnaire
    if terms is None or questionnaire is None:
        raise ResultsOfAnotherReview("all participants")
    if desk.actor.imported is not None:
        found = _by_id(desk, terms, questionnaire, stated) if stated is not None else None
        return ReviewPublished(edition=1, results=(), confided=_sealed(review, found) if found else None)
    if stated is not None:
        raise ResultsComeFromTheBox
    if not (state.has_closed(desk.at) and _closed_at(desk, review) is not None):
        raise ReviewNotClosed(state.closes or desk.at)
    if state.editions or state.box is not None:
        raise PublishedOnce
    if desk.box is None:
        raise NoBallotBox
    results = desk.box.tally(desk.organisation, review, lambda ballots: tally(terms, questionnaire, ballots))
    return ReviewPublished(edition=1, results=(), confided=_sealed(review, results))


def refuse_extension(desk: Desk, review: UUID) -> None:
    """Refuse to take answers again once a confidential review closed, whatever instant the extension is dated.

    Raises ExtendedAfterItsClose. What a source extended is none of conduct's business.
    """
    closed = _closed_at(desk, review)
    if closed is not None and desk.before(REVIEW, review).terms is not None and desk.actor.imported is None:
        raise ExtendedAfterItsClose(closed)


def _closed_at(desk: Desk, review: UUID) -> datetime | None:
    """Since when the review takes no answers, by the present instant and by what is recorded; None while it does.

    Neither a future date nor an earlier entry of the same request closes a box: both may come to nothing.
    """
    now = desk.present if desk.present is not None else desk.at
    state = on_record(desk.book).timeline(REVIEW, review).state(now)
    if not state.has_closed(now):
        return None
    return min(each for each in (state.closes, state.ended_at) if each is not None)


def refuse_correction(topic: str, state: Review) -> None:
    """Refuse a newer word on what was recorded of a confidential review; what it found out may be corrected.

    Raises ConfidedStandsAsRecorded.
    """
    if state.terms is not None and topic != "review.found":
        raise ConfidedStandsAsRecorded(topic)


def _sealed(review: UUID, results: Results) -> Private:
    return Private(results_key(review), msgspec.json.encode(results, order="deterministic").decode())


def read_results(text: str) -> Results:
    """The results that were sealed, once they are opened."""
    return msgspec.json.decode(text, type=Results)


def _by_id(desk: Desk, terms: Terms, questionnaire: Questionnaire, stated: Results) -> Results:
    """Results whose parts name units by key, as an import states them, with the units' ids. They fit this review."""

    def step(named: str) -> str:
        unit = desk.look_up("unit", named) if named and Grouping.UNITS in terms.by else None
        return str(unit) if unit is not None else named

    def node(path: Path) -> Path:
        found = tuple(map(step, path))
        if not any(covers((found,), leaf.path) for leaf in terms.leaves):
            raise ResultsOfAnotherReview("/".join(path))
        return found

    if stated.asked != sum(len(leaf.people) for leaf in terms.leaves) or not stated.answered <= stated.asked:
        raise ResultsOfAnotherReview("all participants")
    found = replace(
        stated, parts=tuple(replace(each, part=tuple(sorted(map(node, each.part)))) for each in stated.parts)
    )
    refuse_stated(terms, questionnaire, found)
    return found
