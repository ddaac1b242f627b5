"""An outcome that was asked in confidence: what was published of one question, by reporting groups, and nothing else.

The groups are those that were published, disjoint, whatever they were made of; unions of them would count somebody
twice. How aligned a group was as the period began follows from its participants' avowed commitments.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.alignment import Alignment
from domain.confided_results import PartResult, Results, ratings
from domain.confidentiality import Terms, people_of
from domain.kernel import Refusal, RefusalKind
from domain.outcomes import FEWEST_UNITS, NOBODY_THERE, Comparison, GroupsTooSmall, LeftOut, NobodyCounts, UnitOutcome
from domain.questionnaire import QuestionKind, Questionnaire

MEASURED_IN = "% at 4 and 5"
NOBODY_RATED = "nobody in it rated the question"
OUTSIDE = "it is not, or not as a whole, below the unit asked for"


@dataclass(eq=False)
class QuestionNotRated(Refusal):
    """A question that the review did not ask, or that is not answered by a rating."""

    question: str
    kind = RefusalKind.UNKNOWN
    where = "question"
    rule = "the review asked no question {question!r} that is rated from 1 to 5"
    way_out = "name a rated question of its questionnaire by its id"


def compare_published(
    began: Alignment,
    terms: Terms,
    questionnaire: Questionnaire,
    results: Results,
    question: str,
    bar: Fraction,
    below: str | None = None,
) -> Comparison:
    """The reporting groups of a confidential review by their alignment as the period began, with what they answered.

    A group's figure is the percentage of its ratings of the question that were 4 or 5, as published. With `below`, the
    id of a unit, only groups that lie below it in the review's tree. Raises NobodyCounts, QuestionNotRated,
    GroupsTooSmall.
    """
    if not began.situation.scale.ordered:
        raise NobodyCounts(began.situation.scale.name)
    asked = questionnaire.question(question)
    if asked is None or asked.kind is not QuestionKind.RATED or (questionnaire.lowest, questionnaire.highest) != (1, 5):
        raise QuestionNotRated(question)
    found, left_out = list[UnitOutcome](), list[LeftOut]()
    for each in results.parts:
        if each.union:
            continue
        outcome = _outcome(began, terms, each, question, bar, below)
        if isinstance(outcome, str):
            left_out.append(LeftOut(unit=None, part=each.part, reason=outcome))
        else:
            found.append(outcome)
    more = tuple(each for each in found if each.aligned)
    less = tuple(each for each in found if not each.aligned)
    if min(len(more), len(less)) < FEWEST_UNITS:
        raise GroupsTooSmall(len(more), len(less), FEWEST_UNITS)
    return Comparison(more=more, less=less, left_out=tuple(left_out), measured_in=MEASURED_IN, higher_is_better=True)


def _outcome(
    began: Alignment, terms: Terms, result: PartResult, question: str, bar: Fraction, below: str | None
) -> UnitOutcome | str:
    """A group's published figure beside its alignment as the period began, or why it has none."""
    if below is not None and any(below not in path for path in result.part):
        return OUTSIDE
    people = people_of(terms.leaves, result.part) & began.population.people
    if not people:
        return NOBODY_THERE
    rated = next((ratings(each) for each in result.questions if each.question == question), None)
    if rated is None or rated.rated == 0:
        return NOBODY_RATED
    committed = len(people & began.figures["parties/people/committed"].records)
    return UnitOutcome(
        unit=None,
        part=result.part,
        people=len(people),
        committed=committed,
        aligned=Fraction(100 * committed, len(people)) >= bar,
        figure=Fraction(100 * rated.high, rated.rated),
        kpis=(),
    )
