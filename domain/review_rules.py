"""What cannot be said about a review, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class ReviewUnknown(Refusal):
    """Something was said about a review before it was opened."""

    act: str
    where = "at"
    rule = "the review had not been opened at that instant, so nothing of it can be {act}"
    way_out = "open it first, or date this after its opening"


@dataclass(eq=False)
class ReviewAlreadyOpened(Refusal):
    """A review is opened once."""

    title: str
    where = "review"
    rule = "this review was opened already, as {title}"
    way_out = "extend it while it is open, or open another one under a key of its own"


@dataclass(eq=False)
class ReviewEnded(Refusal):
    """A review that was closed or cancelled does not go on."""

    act: str
    standing: str
    where = "at"
    rule = "the review is {standing}, so it cannot be {act}"
    way_out = "open another review, or correct the fact that ended this one"


@dataclass(eq=False)
class ReviewNotClosed(Refusal):
    """Results while answers can still be revised."""

    closes: datetime
    where = "at"
    rule = "answers can be revised until {closes:%Y-%m-%d %H:%M}; results are published after that"
    way_out = "close the review first, or wait until it closes"


@dataclass(eq=False)
class ClosesTooEarly(Refusal):
    """A close that leaves no time to answer."""

    closes: datetime
    kind = RefusalKind.INVALID
    where = "closes"
    rule = "a review cannot close at {closes:%Y-%m-%d %H:%M}, which is not after it was said"
    way_out = "name a later instant; to take no more answers from now on, close the review"


@dataclass(eq=False)
class ExtensionShortens(Refusal):
    """An extension to an instant that is no later."""

    closes: datetime
    before: datetime
    where = "closes"
    rule = "the review is open until {before:%Y-%m-%d %H:%M} already; {closes:%Y-%m-%d %H:%M} is no extension"
    way_out = "name a later instant, or close the review when it should end"


@dataclass(eq=False)
class ParticipantsUnclear(Refusal):
    """Who is asked must be plain when the review opens: it is frozen then."""

    flaw: str
    kind = RefusalKind.INVALID
    where = "participants"
    rule = "it is not plain who takes part: {flaw}"
    way_out = "name every participant once, in at most one group, and excluded people apart"


@dataclass(eq=False)
class TrustUnclear(Refusal):
    """It has to be plain which unit each question of trust is about."""

    units: int
    kind = RefusalKind.INVALID
    where = "trusted_units"
    rule = "there are not as many questions of the theme trust as the {units} units that they are to be about"
    way_out = "name each unit once, and leave the questions out: Avow asks one about each"


@dataclass(eq=False)
class EditionOutOfOrder(Refusal):
    """Editions of results are numbered 1, 2, 3 … without a gap."""

    edition: int
    next: int
    where = "edition"
    rule = "the next edition of these results is {next}, not {edition}"
    way_out = "publish edition {next}"


@dataclass(eq=False)
class EditionUnknown(Refusal):
    """There is no such edition, or it was withdrawn before."""

    edition: int
    kind = RefusalKind.UNKNOWN
    where = "edition"
    rule = "no edition {edition} of the results is shown at that instant"
    way_out = "name an edition that was published and not withdrawn"


@dataclass(eq=False)
class ResultsOfAnotherReview(Refusal):
    """Results for groups or questions that this review does not have."""

    group: str
    kind = RefusalKind.INVALID
    where = "results"
    rule = "the results for {group} do not fit the participants, groups and questions of this review"
    way_out = "give results for all participants once, and for its groups, to its questions"


@dataclass(eq=False)
class FindingAlreadyRecorded(Refusal):
    """Each finding is recorded once."""

    finding: str
    where = "finding"
    rule = "finding {finding} was recorded already"
    way_out = "give the new one an id of its own, or correct the one recorded"


@dataclass(eq=False)
class NotAParticipant(Refusal):
    """Only who was asked may answer."""

    kind = RefusalKind.FORBIDDEN
    where = "person"
    rule = "this person does not take part in the review; its participants were frozen when it opened"
    way_out = "take part in another review that names this person"


@dataclass(eq=False)
class TakesNoAnswers(Refusal):
    """Answers are given and revised from the opening until the close."""

    where = "at"
    rule = "the review takes no answers at that instant"
    way_out = "answer between its opening and its close; an answer given in that time may be entered late"


@dataclass(eq=False)
class AnswersAreConfided(Refusal):
    """What is confided is never recorded."""

    where = "review"
    rule = "answers to a confidential review go into its ballot box, and nowhere else"
    way_out = "answer it under the review's own address; nothing of it can be imported or entered for others"


@dataclass(eq=False)
class AnswersOfAnother(Refusal):
    """What one person answers in one review is kept apart from what anybody answers anywhere else."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "these are the answers of another person, or in another review"
    way_out = "answer as the person whose own they are, in the review that asked"
