"""Purposes: every kind of data that Avow holds about people is there for a stated reason, and for no other.

Use in the appraisal of individuals is off. Only the organisation's agreement turns it on, kind by kind, and never for
what was confided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DataKind(StrEnum):
    """A kind of data about people."""

    COMMITMENTS = "commitments"
    ACKNOWLEDGEMENTS = "acknowledgements"
    DUTIES = "duties"
    CONVERSATIONS = "conversations"
    PROPOSALS = "proposals"
    ANSWERS = "answers"
    CONFIDED_ANSWERS = "confided_answers"
    CONCERNS = "concerns"
    PERSON = "person"
    ACCESS = "access"
    ACCOUNTABILITY = "accountability"
    READS = "reads"
    KPIS = "kpis"
    CAPABILITIES = "capabilities"
    OWN_GOALS = "own_goals"
    ACTIONS = "actions"
    KNOWLEDGE_USES = "knowledge_uses"
    DECISIONS = "decisions"
    RANKINGS = "rankings"
    ASSESSMENTS = "assessments"
    REPRESENTATION = "representation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a kind of data holds, what it is there for, and whether an agreement could allow its use in appraisals.

    What is `switchable` an agreement can rule out: then it is not kept of individuals at all.
    """

    holds: str
    serves: str
    appraisable: bool = True
    switchable: bool = False


PURPOSES: Mapping[DataKind, Purpose] = {
    DataKind.COMMITMENTS: Purpose(
        holds="what a person takes on or declines: level, role, result, by when, and the reason of a no",
        serves="showing who has taken the strategy on, and letting people keep each other's word",
    ),
    DataKind.ACKNOWLEDGEMENTS: Purpose(
        holds="which revision a person says they received and read, or why not",
        serves="knowing whom the strategy has reached, and whom it has yet to reach",
    ),
    DataKind.DUTIES: Purpose(
        holds="what a person is asked to acknowledge, to answer or to decide, and by when",
        serves="asking the right people once, and reminding nobody who owes nothing",
    ),
    DataKind.CONVERSATIONS: Purpose(
        holds="in which conversations of an enrolment a person was, what came of them for them, and the credit given",
        serves="knowing which stage is missing for whom, so that the conversation is held and nobody is skipped",
    ),
    DataKind.PROPOSALS: Purpose(
        holds="what a person proposes for a draft, and what those who draft answered",
        serves="letting people shape the strategy that they are to own, and owing each of them an answer",
    ),
    DataKind.ANSWERS: Purpose(
        holds="what a person answers in an attributed review, with their name",
        serves="improving the strategy and how it is led, by the readers named before the first question",
    ),
    DataKind.CONFIDED_ANSWERS: Purpose(
        holds="what somebody answers in a confidential review, tied to nobody once its results are published",
        serves="hearing what people think, in groups that hide each of them",
        appraisable=False,
    ),
    DataKind.CONCERNS: Purpose(
        holds="what a person doubts about the strategy or those who lead it, with their name, and what became of it",
        serves="addressing what keeps people from taking the strategy on, to their own satisfaction",
        appraisable=False,
    ),
    DataKind.PERSON: Purpose(
        holds="name, e-mail and key, the units a person sits in, rank and manager, with their dates",
        serves="counting everybody once, where they belonged then",
    ),
    DataKind.ACCESS: Purpose(
        holds="what a person may do in Avow, where and since when",
        serves="letting nobody see or do more than their part",
        appraisable=False,
    ),
    DataKind.ACCOUNTABILITY: Purpose(
        holds="for which criterion, bet, goal or gap a person answers",
        serves="showing that somebody is on the hook, and where nobody is",
    ),
    DataKind.READS: Purpose(
        holds="who opened a person's record, answers, the history or the records behind a figure",
        serves="letting auditors see who looked",
        appraisable=False,
    ),
    DataKind.OWN_GOALS: Purpose(
        holds="the goals that a person pursues by themselves, with their tactics",
        serves="showing how far the strategy has become goals at every level, and where nothing has",
    ),
    DataKind.ACTIONS: Purpose(
        holds="what a person is to do by when for a goal or about a gap, how often it was moved, what shows it done",
        serves="seeing what of a plan is done, open or overdue, and reminding whoever still has something to do",
    ),
    DataKind.KPIS: Purpose(
        holds="measures of a person's own part of a goal, with their baseline, target and measurements",
        serves="letting a person see how their part goes; of units and of the organisation KPIs are no data on people",
        switchable=True,
    ),
    DataKind.CAPABILITIES: Purpose(
        holds="which capability that the strategy needs a person was shown to have, and in which sessions they were",
        serves="equipping people for what the strategy asks of them, where they are not",
    ),
    DataKind.KNOWLEDGE_USES: Purpose(
        holds="which items of knowledge a person used, whether they knew of them, and the hours that looking takes",
        serves="finding out what people cannot find, and whether capturing it saves them time",
        appraisable=False,
    ),
    DataKind.DECISIONS: Purpose(
        holds="which decisions a person took, between which alternatives, and why",
        serves="showing which values are applied, and by whom a decision can be explained",
    ),
    DataKind.RANKINGS: Purpose(
        holds="in which order a leader puts the bets or priorities, given alone before they see the others' orders",
        serves="showing how far leaders agree on what comes first, before it is decided",
        appraisable=False,
    ),
    DataKind.ASSESSMENTS: Purpose(
        holds="what a person judges or tells for a unit: its conditions, its effort and progress, whether the strategy "
        "is still wanted, with whom they ran its process",
        serves="finding what is missing in the unit and the strategy, which no assessor should have to gloss over",
        appraisable=False,
    ),
    DataKind.REPRESENTATION: Purpose(
        holds="for which unit or constituency a person speaks, which limit on goals is theirs, whom a review asks",
        serves="asking whoever can answer, and asking of nobody more than they can carry",
        appraisable=False,
    ),
}
"""Every kind of data, with its purpose."""
