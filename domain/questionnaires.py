"""The questionnaires that come with Avow: what they ask, in which modes, in their present versions."""

from __future__ import annotations

from collections.abc import Mapping

from domain.questionnaire import Bar, Mode, Question, QuestionKind, Questionnaire

CLEAR_BELIEVABLE_IMPLEMENTABLE = Questionnaire(
    name="clear-believable-implementable",
    version=1,
    modes=(Mode.ATTRIBUTED,),
    bar=Bar(score=4, percent=70),
    questions=(
        Question(id="clear", text="The strategy is clear enough for me to say what it asks of us."),
        Question(id="believable", text="I believe that it can come true for us, as we are and where we stand."),
        Question(id="implementable", text="We can carry it out with the people, means and time that we have."),
        Question(id="missing", text="What would have to be different?", kind=QuestionKind.OPEN),
    ),
)
"""Whether a draft is clear, believable and implementable enough (S11). The bar is Avow's own: set another."""


def _statement(theme: str, id: str, text: str) -> Question:
    return Question(id=f"{theme}-{id}", text=text, theme=theme)


COMMITMENT_AUDIT = Questionnaire(
    name="commitment-audit",
    version=1,
    modes=(Mode.CONFIDENTIAL, Mode.ATTRIBUTED),
    confidential_where_possible=True,
    questions=(
        _statement("understand", "where", "I can say where we are going."),
        _statement("understand", "why", "I can say why we are going there."),
        _statement("understand", "what", "I can say what I must do for it."),
        _statement("believe", "right", "It is the right strategy for us."),
        _statement("believe", "arrive", "We shall get there."),
        _statement("own", "unasked", "I would pursue it even if nobody asked me to."),
        _statement("committed", "result", "I took on a named result, by a date."),
        _statement("accountable", "mine", "I know what I answer for."),
        _statement("accountable", "hook", "For each part of it somebody is fully on the hook."),
        _statement("leaders", "truthful", "Our leaders tell the truth about why it is needed."),
        _statement("leaders", "courage", "Our leaders have the courage to address the real issues."),
        _statement("leaders", "competent", "Our leaders are competent to carry it through."),
        _statement("leaders", "caring", "Our leaders care about us and treat us with respect."),
        Question(id="unsaid", text="What is not being said?", kind=QuestionKind.OPEN),
    ),
)
"""The commitment audit (S1): from understanding to being on the hook. Attributed only where so few are asked that it
cannot be confidential."""

ATTITUDE_TO_THE_VISION = Questionnaire(
    name="attitude-to-the-vision",
    version=1,
    modes=(Mode.CONFIDENTIAL,),
    questions=(Question(id="attitude", text="Where do I stand towards our vision?", kind=QuestionKind.ATTITUDE),),
)
"""Senge's seven attitudes to a vision, confidential only."""

CONFIDED_CONCERNS = Questionnaire(
    name="confided-concerns",
    version=1,
    modes=(Mode.CONFIDENTIAL,),
    questions=(
        Question(id="competence", text="I doubt that we are able to do it.", kind=QuestionKind.CONCERN),
        Question(id="sincerity", text="I doubt that it is meant.", kind=QuestionKind.CONCERN),
        Question(id="courage", text="I doubt that we dare what it takes.", kind=QuestionKind.CONCERN),
        Question(id="care", text="I doubt that it cares for those whom it concerns.", kind=QuestionKind.CONCERN),
        Question(id="addressed", text="What was confided in the last cycle has been addressed."),
    ),
)
"""Concerns that nobody raises by name (S4): published as a count by kind, without a life of their own."""

BUILT_IN: Mapping[str, Questionnaire] = {
    each.name: each
    for each in (CLEAR_BELIEVABLE_IMPLEMENTABLE, COMMITMENT_AUDIT, ATTITUDE_TO_THE_VISION, CONFIDED_CONCERNS)
}
"""The questionnaires that come with Avow, by name."""
