"""Why a figure for one instant was restated, over HTTP."""

from __future__ import annotations

from typing import Any

from adapters.http.alignment import (
    SCOPE_ARGUMENTS,
    STRATEGY_ARGUMENT,
    asks_of,
    concerned_by,
    opens,
    scope_of,
    strategy_of,
)
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.moments import moment_of
from adapters.http.noun import Noun
from adapters.http.refusals import FieldsNotValid, NotOnRecordThen
from application.explaining import Cause, Restated, explain
from application.feed import Sight
from application.records import FigureUnknown

INSTANT = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}
KNOWN = {"anyOf": [*INSTANT["anyOf"], {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}]}


def explained(inquiry: Inquiry) -> Found:
    """Why the figures for one instant differ between two known times.

    It tells each figure before and after, and the events learned between that made the difference, in the order in
    which they were learned: what, when, by whom and why, as far as the caller may see the event.
    """
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    concerned = concerned_by(inquiry, strategy, scope)
    inquiry.check(concerned)
    questions = inquiry.services.questions
    arguments, named = inquiry.arguments, inquiry.arguments.get("figure")
    first = moment_of(inquiry.services, inquiry.session, arguments, ("valid_at", "from_known_at")).asked
    second = moment_of(inquiry.services, inquiry.session, arguments, ("valid_at", "to_known_at")).asked
    if second.position < first.position:
        problem = "this is earlier than from_known_at"
        raise FieldsNotValid("to_known_at", problem, {"to_known_at": problem})
    states = [questions.comparable(each, strategy, scope) for each in (first, second)]
    for state, name in zip(states, ("from_known_at", "to_known_at"), strict=True):
        if state is None:
            raise NotOnRecordThen("strategy", arguments["strategy"], name)
    if named is not None and not any(state is not None and named in state.figures for state in states):
        raise FigureUnknown(named)
    found = explain(questions, first, second.position, strategy, scope, named)
    sight = Sight(inquiry.services.ledger, inquiry.session.caller)

    def told(each: Restated) -> dict[str, Any]:
        shown = opens(inquiry, each.figure, concerned)
        return {
            "figure": each.figure,
            "of": each.of,
            "before": each.before,
            "after": each.after,
            "entered": sorted(map(str, each.entered)) if shown else None,
            "left": sorted(map(str, each.left)) if shown else None,
        }

    def caused(cause: Cause) -> dict[str, Any]:
        event, seen = cause.recorded.event, sight.covers(cause.recorded)
        return {
            "kind": cause.kind,
            "position": cause.recorded.position,
            "learned_at": cause.recorded.recorded_at,
            "effective_at": event.effective_at if seen else None,
            "topic": event.topic if seen else None,
            "record": event.stream if seen else None,
            "corrects": cause.corrects if seen else None,
            "actor": event.actor if seen else None,
            "reason": event.reason if seen else None,
            "figures": [told(each) for each in cause.figures],
        }

    answer = {
        "valid_at": first.valid_at,
        "from": {"known_at": first.known_at, "position": first.position},
        "to": {"known_at": second.known_at, "position": second.position},
        "figures": [told(each) for each in found.figures],
        "because": [caused(each) for each in found.causes],
        "complete": found.complete,
        "explained_up_to": found.up_to,
    }
    times = {name: arguments[name] for name in ("from_known_at", "to_known_at") if name in arguments}
    return Found(answer=answer, asks={**asks_of(strategy, scope), "figure": named, **times})


EXPLANATION = Noun(
    name="explanation",
    description="Why a figure for one instant was restated.",
    asks=(
        Ask(
            path="alignment/explanation",
            view="alignment",
            find=explained,
            title="Explain why figures were restated.",
            answers=dict[str, Any],
            times=False,
            arguments=(
                STRATEGY_ARGUMENT,
                *SCOPE_ARGUMENTS,
                Argument(
                    name="valid_at", meaning="The instant that the figures are of.", schema=INSTANT, required=True
                ),
                Argument(name="from_known_at", meaning="As they were known when first.", schema=KNOWN, required=True),
                Argument(name="to_known_at", meaning="As they were known when later; unstated: now.", schema=KNOWN),
                Argument(name="figure", meaning="Only this figure, by the name that the alignment state gives it."),
            ),
        ),
    ),
)
