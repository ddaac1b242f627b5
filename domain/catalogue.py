"""Every kind of stream and every topic, in one place, with what lifts the events of older schemas.

A new aggregate is one more line in `AGGREGATES`. A topic is for ever; a content whose shape changes raises its
`schema` and adds one upcaster here, from the schema before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.action import ACTION
from domain.benchmark import BENCHMARK
from domain.capability import CAPABILITY
from domain.cascade import PROCESS
from domain.commitment import COMMITMENT
from domain.concern import CONCERN
from domain.condition import CONDITION
from domain.constituency import CONSTITUENCY
from domain.conversation import CONVERSATION
from domain.decision import DECISION
from domain.duty import DUTY
from domain.evidence import EVIDENCE
from domain.gap import GAP
from domain.goal import GOAL
from domain.kernel import Content
from domain.knowledge import KNOWLEDGE
from domain.kpi import KPI
from domain.look import LOOK
from domain.need import NEED, USE
from domain.organisation import ORGANISATION, founded_with_clock
from domain.person import PERSON
from domain.programme import PROGRAMME
from domain.proposal import PROPOSAL
from domain.ranking import RANKING
from domain.report import REPORT
from domain.request import REQUEST
from domain.resource import RESOURCE
from domain.response import RESPONSE
from domain.review import REVIEW
from domain.schedule import SCHEDULE
from domain.search_time import SEARCH_TIME
from domain.shaping import SHAPING
from domain.strategy import STRATEGY
from domain.tactic import TACTIC
from domain.temporal import Aggregate

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the content of one schema, as plain JSON values, into that of the next."""

AGGREGATES: Mapping[str, Aggregate[Any]] = {  # Any: each has a state of its own
    aggregate.kind: aggregate
    for aggregate in (
        ORGANISATION,
        PERSON,
        STRATEGY,
        EVIDENCE,
        RANKING,
        GOAL,
        KPI,
        ACTION,
        TACTIC,
        COMMITMENT,
        ACKNOWLEDGEMENT,
        BENCHMARK,
        DUTY,
        REVIEW,
        RESPONSE,
        CONDITION,
        GAP,
        LOOK,
        PROGRAMME,
        CAPABILITY,
        REPORT,
        SCHEDULE,
        DECISION,
        CONVERSATION,
        *(ORGANISATION, PERSON, STRATEGY, GOAL, COMMITMENT, ACKNOWLEDGEMENT, DUTY, REVIEW, RESPONSE, REPORT),
        CONCERN,
        PROCESS,
        CONSTITUENCY,
        RESOURCE,
        PROPOSAL,
        SHAPING,
        REQUEST,
        KNOWLEDGE,
        NEED,
        USE,
        SEARCH_TIME,
    )
}
"""The aggregates by their kind."""

CATALOGUE: Mapping[str, type[Content]] = {
    content.TOPIC: content for aggregate in AGGREGATES.values() for content in aggregate.contents
}
"""The present content of each topic."""


def with_new_fields_unsaid(content: dict[str, Any]) -> dict[str, Any]:
    """As it was: the fields that came with the next schema say nothing of older events."""
    return content


UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("organisation.founded", 1): founded_with_clock,
    ("accountable.named", 1): with_new_fields_unsaid,
    ("agreement.concluded", 1): with_new_fields_unsaid,
    ("goal.proposed", 1): with_new_fields_unsaid,
    ("goal.changed", 1): with_new_fields_unsaid,
    ("limit.set", 1): with_new_fields_unsaid,
    ("review.opened", 1): with_new_fields_unsaid,
    ("review.opened", 2): with_new_fields_unsaid,
    ("review.published", 1): with_new_fields_unsaid,
    ("strategy.revised", 1): with_new_fields_unsaid,
    ("strategy.published", 1): with_new_fields_unsaid,
}
"""By (topic, schema): what lifts a content of that schema to the next one."""

_AGGREGATE_OF = {content.TOPIC: each for each in AGGREGATES.values() for content in each.contents}


def aggregate_of(topic: str) -> Aggregate[Any]:
    """The aggregate whose streams hold events of this topic. Raises KeyError for a topic that there is not."""
    return _AGGREGATE_OF[topic]
