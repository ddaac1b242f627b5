"""What we want to be seen as, what we do, what is perceived: of answers from outside alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.constituency import Constituency, Represents
from domain.element import Element
from domain.evidence import Bearing, Evidence, EvidenceKind
from domain.perception import Perceived, views
from domain.proof import Piece
from domain.questionnaire import GroupResult, Mode, Question, QuestionKind, Questionnaire, QuestionResult
from domain.review import Edition, Group, Review, ReviewStanding
from tests.support.specification import instant, some

RITA, RAUL, ANN = some("Rita"), some("Raul"), some("Ann")
PATIENTS = some("patients")
PROMISE = Element(id="promise", kind="differentiator", text="Within an hour")
PROFILE = Element(id="profile", kind="client_profile", text="Those in a hurry", seen_as="quick")


def asked(*questions: Question) -> Questionnaire:
    """A questionnaire of these questions."""
    return Questionnaire(name="seen", version=1, modes=(Mode.ATTRIBUTED,), questions=questions)


def result(question: str, *distribution: int) -> QuestionResult:
    """A question's result."""
    n = sum(distribution)
    return QuestionResult(question=question, n=n, rated=n, unknown=0, skipped=0, distribution=distribution, mean="3.0")


def review(*people: UUID, groups: tuple[Group, ...] = ()) -> Review:
    """A published review in which these people were asked whether the promise is kept."""
    found = result("kept", 0, 1, 0, 1, 0)
    results = [GroupResult(group=None, invited=len(people), answered=2, questions=(found,))]
    results += [GroupResult(group=each.name, invited=1, answered=1, questions=(found,)) for each in groups]
    return Review(
        standing=ReviewStanding.CLOSED,
        title="Seen",
        questionnaire=asked(Question(id="kept", text="Kept?", theme="promise")),
        participants=people,
        groups=groups,
        opened_at=instant("2026-03-10"),
        editions=(Edition(edition=1, published_at=instant("2026-03-22"), results=tuple(results)),),
    )


def constituencies(*people: UUID, since: str = "2026-03-04") -> dict[UUID, Constituency]:
    """The patients, represented by these."""
    speak = tuple(Represents(person=each, since=instant(since)) for each in people)
    return {PATIENTS: Constituency(named_at=instant(since), name="Patients", kind="clients", representatives=speak)}


def perceived(of: Review, outside: dict[UUID, Constituency]) -> tuple[Perceived, ...]:
    """What is perceived of the promise."""
    (view,) = views((PROMISE,), {}, {some("r"): of}, outside)
    return view.perceived


def test_what_representatives_answered_is_told_as_it_was_published() -> None:
    assert perceived(review(RITA, RAUL), constituencies(RITA, RAUL)) == (
        Perceived(
            review=some("r"),
            title="Seen",
            published_at=instant("2026-03-22"),
            question="kept",
            group=None,
            constituency=PATIENTS,
            n=2,
            rated=2,
            distribution=(0, 1, 0, 1, 0),
            mean="3.0",
            share=50.0,
        ),
    )


def test_what_our_own_people_answered_is_no_perception_from_outside() -> None:
    outside = constituencies(RITA)
    assert perceived(review(RITA, ANN), outside) == ()
    (found,) = perceived(review(RITA, ANN, groups=(Group(name="patients", people=(RITA,)),)), outside)
    assert (found.group, found.constituency) == ("patients", PATIENTS)


def test_who_represented_nobody_when_the_review_opened_does_not_count() -> None:
    assert perceived(review(RITA), constituencies(RITA, since="2026-03-11")) == ()


def test_of_several_constituencies_none_is_named() -> None:
    outside = {**constituencies(RITA), some("makers"): constituencies(RAUL)[PATIENTS]}
    (found,) = perceived(review(RITA, RAUL), outside)
    assert found.constituency is None


def test_what_was_withdrawn_or_asked_in_own_words_is_not_told() -> None:
    shown = review(RITA)
    (edition,) = shown.editions
    withdrawn = replace(shown, editions=(replace(edition, withdrawn_at=instant("2026-04-01")),))
    assert perceived(withdrawn, constituencies(RITA)) == ()
    in_words = asked(Question(id="kept", text="Kept?", theme="promise", kind=QuestionKind.OPEN))
    assert perceived(replace(shown, questionnaire=in_words), constituencies(RITA)) == ()


def piece(kind: EvidenceKind, measure: str, bears: Bearing) -> Piece:
    """Evidence of 20 March."""
    told = Evidence(recorded_at=instant("2026-03-20"), element="profile", kind=kind, measure=measure, bears=bears)
    return Piece(id=some(measure), evidence=told, observed=date(2026, 3, 20), age_days=0, old=False)


def test_what_we_do_is_behaviour_and_what_is_missing_is_named() -> None:
    pieces = (
        piece(EvidenceKind.BEHAVIOURAL, "conduct", Bearing.FOR),
        piece(EvidenceKind.BEHAVIOURAL, "win_rate", Bearing.AGAINST),
        piece(EvidenceKind.STATED, "perception", Bearing.FOR),
    )
    profile, promise = views((PROFILE, Element(id="v", kind="vision", text="V"), PROMISE), {"profile": pieces}, {}, {})
    assert (profile.wanted, promise.wanted) == ("quick", "Within an hour")
    assert (profile.done.speaks_for, profile.done.speaks_against, profile.done.open) == (1, 1, 0)
    assert profile.perceived_evidence == (some("perception"),)
    assert (profile.missing, promise.missing) == ((), ("done", "perceived"))
