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

FIVE_CONDITIONS = Questionnaire(
    name="five-conditions",
    version=1,
    modes=(Mode.ATTRIBUTED,),
    lowest=1,
    highest=3,
    questions=(
        Question(id="vision", text="A clear, compelling vision, values and strategies exist."),
        Question(id="commitment", text="They are understood and committed to throughout the unit."),
        Question(id="goals", text="They are translated into aligned goals and actions at every level."),
        Question(id="capabilities", text="People are equipped with the capabilities that the strategies need."),
        Question(id="systems", text="Key systems and processes are aligned, such as rewards and recognition."),
    ),
)
"""The five conditions of alignment (S17): not apparent (1), partly (2), apparent (3). Nobody answers it alone: two
assessors judge each condition of a unit together (`domain.condition`)."""

REGULAR_LOOK = Questionnaire(
    name="regular-look",
    version=1,
    modes=(Mode.ATTRIBUTED,),
    questions=(
        Question(id="wanted", text="Is this still what we want?", kind=QuestionKind.OPEN),
        Question(id="effort", text="Where did each team's effort go, in tenths?", kind=QuestionKind.OPEN),
        Question(id="progress", text="Is it making progress?", kind=QuestionKind.OPEN),
    ),
)
"""The regular look at strategy and daily work (S20). It is looked at together: a no to the first question ends it
(`domain.look`)."""

BUSINESS_REVIEW = Questionnaire(
    name="business-review",
    version=1,
    modes=(Mode.ATTRIBUTED,),
    questions=(
        Question(id="measured", text="Our measures are up to date, and we trust their sources."),
        Question(id="on-course", text="We are on course for our targets."),
        Question(id="actions", text="What we decided last time has been done."),
        Question(id="learned", text="What did we learn, and what do we change?", kind=QuestionKind.OPEN),
    ),
)
"""A structured business review: measures, course, what was decided before; what it finds becomes actions."""

TOGETHER = frozenset({FIVE_CONDITIONS.name, REGULAR_LOOK.name})
"""The questionnaires that participants do not answer each for themselves."""

MADE_FOR: Mapping[str, str] = {FIVE_CONDITIONS.name: "condition_review", REGULAR_LOOK.name: "strategy_check"}
"""The kind of review that a questionnaire is for, of those that are for one only."""
TRUST = "trust"
"""The theme of questions about how far one unit can rely on another."""

HEALTH_CHECK = Questionnaire(
    name="health-check",
    version=1,
    modes=(Mode.CONFIDENTIAL, Mode.ATTRIBUTED),
    questions=(
        Question(id="direction", text="I know what our strategy asks of my work."),
        Question(id="daily", text="What I did in the last weeks served our goals."),
        Question(id="means", text="People, money and time go where the strategy says that they should."),
        Question(id="decisions", text="Our decisions follow the strategy."),
        Question(id="fires", text="I get to what matters, and do not spend my days putting out fires."),
        Question(id="together", text="Units work well together where they depend on each other."),
        Question(id="out-of-line", text="What pulls us out of line?", kind=QuestionKind.OPEN),
    ),
)
"""The short health check that recurs (S14). With units to be trusted, a question about each is added at the opening."""

BUILT_IN: Mapping[str, Questionnaire] = {
    each.name: each
    for each in (
        CLEAR_BELIEVABLE_IMPLEMENTABLE,
        COMMITMENT_AUDIT,
        ATTITUDE_TO_THE_VISION,
        CONFIDED_CONCERNS,
        FIVE_CONDITIONS,
        REGULAR_LOOK,
        BUSINESS_REVIEW,
        HEALTH_CHECK,
    )
}
"""The questionnaires that come with Avow, by name."""
