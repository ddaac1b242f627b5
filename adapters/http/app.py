"""The HTTP application: nouns registered by table, problems in one place, the document and its readable page."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from uuid import UUID

from flask import Flask, Response, jsonify
from flask_smorest import Api  # type: ignore[import-untyped]

from adapters.http.acknowledgement import ACKNOWLEDGEMENTS
from adapters.http.action import ACTIONS
from adapters.http.acts import Acting
from adapters.http.alignment import ALIGNMENT
from adapters.http.allocation import ALLOCATION
from adapters.http.asks import Asking
from adapters.http.at_hand import AT_HAND
from adapters.http.audit import AUDITS
from adapters.http.bodies import LIMIT
from adapters.http.calendar import CALENDAR, addresses_of
from adapters.http.capability import CAPABILITIES
from adapters.http.cascade import PROCESSES
from adapters.http.commitment import COMMITMENTS
from adapters.http.concern import CONCERNS
from adapters.http.condition import CONDITIONS
from adapters.http.constituency import CONSTITUENCIES
from adapters.http.conversation import CONVERSATIONS
from adapters.http.coordination import COORDINATION
from adapters.http.corrections import corrections_of
from adapters.http.decision import DECISIONS
from adapters.http.demonstration import NOTICE, demonstrate
from adapters.http.docs import STYLE, page
from adapters.http.document import components
from adapters.http.drivers import STRATEGIC_DRIVERS
from adapters.http.duty import DUTIES
from adapters.http.enrolment import ENROLMENT
from adapters.http.evidence import EVIDENCES
from adapters.http.explanation import EXPLANATION
from adapters.http.feed import feed_of
from adapters.http.focus import FOCUS
from adapters.http.four_columns import FOUR_COLUMNS
from adapters.http.future import FUTURES
from adapters.http.gap import GAPS
from adapters.http.gate import GATE
from adapters.http.goal import GOALS
from adapters.http.goal_tree import GOAL_TREE
from adapters.http.hardening import harden, policy_for
from adapters.http.health import HEALTH
from adapters.http.history import HISTORY
from adapters.http.knowledge import KNOWLEDGE_AT_HAND
from adapters.http.kpi import KPIS
from adapters.http.kpi_figures import KPI_FIGURES
from adapters.http.limits import Rate, limit_requests
from adapters.http.log import LOG
from adapters.http.logs import log_requests
from adapters.http.look import LOOKS
from adapters.http.messages import MESSAGES, stopping_of
from adapters.http.noun import Noun, answer_shapes, blueprint_of
from adapters.http.on_the_hook import ON_THE_HOOK
from adapters.http.organisation import ORGANISATIONS
from adapters.http.outcomes import OUTCOMES
from adapters.http.perception import PERCEPTIONS
from adapters.http.person import PEOPLE
from adapters.http.presenting import encode
from adapters.http.problems import answer_problems, every_refusal, explained
from adapters.http.programme import PROGRAMMES
from adapters.http.proposal import PROPOSALS
from adapters.http.purposes import PURPOSES_OF_DATA
from adapters.http.ranking import RANKINGS
from adapters.http.reads import READS
from adapters.http.refusals import RouteUnknown
from adapters.http.register import REGISTER
from adapters.http.report import REPORTS
from adapters.http.request import UNIT_REQUESTS
from adapters.http.resource import RESOURCES
from adapters.http.review import REVIEWS
from adapters.http.schedule import SCHEDULES
from adapters.http.services import Services
from adapters.http.shaping import SHAPING_STATE
from adapters.http.sign_ins import SIGN_INS
from adapters.http.strategy import STRATEGIES
from adapters.http.strategy_map import STRATEGY_MAPS
from adapters.http.streams import Streams
from adapters.http.tactic import TACTICS
from adapters.http.tokens import TOKENS
from adapters.http.unit import UNITS
from adapters.http.webhooks import WEBHOOKS, webhooks_of

EXCHANGE = Noun(
    name="exchange",
    description="What people and units hold, propose and ask of one another, as part of the alignment state.",
    asks=(ENROLMENT, SHAPING_STATE, COORDINATION),
)

NOUNS: tuple[Noun, ...] = (
    ORGANISATIONS,
    UNITS,
    PEOPLE,
    STRATEGIES,
    STRATEGY_MAPS,
    EVIDENCES,
    RANKINGS,
    FOCUS,
    FUTURES,
    STRATEGIC_DRIVERS,
    GOALS,
    DECISIONS,
    ACTIONS,
    RESOURCES,
    ALLOCATION,
    KNOWLEDGE_AT_HAND,
    AT_HAND,
    KPIS,
    TACTICS,
    COMMITMENTS,
    CONVERSATIONS,
    CONCERNS,
    PROCESSES,
    PROPOSALS,
    CONSTITUENCIES,
    PERCEPTIONS,
    UNIT_REQUESTS,
    ACKNOWLEDGEMENTS,
    DUTIES,
    REVIEWS,
    CONDITIONS,
    GAPS,
    LOOKS,
    PROGRAMMES,
    CAPABILITIES,
    REPORTS,
    ALIGNMENT,
    AUDITS,
    KPI_FIGURES,
    OUTCOMES,
    GOAL_TREE,
    ON_THE_HOOK,
    FOUR_COLUMNS,
    GATE,
    EXCHANGE,
    HEALTH,
    SCHEDULES,
    CALENDAR,
    MESSAGES,
    EXPLANATION,
    HISTORY,
    PURPOSES_OF_DATA,
    REGISTER,
    READS,
    LOG,
    WEBHOOKS,
    TOKENS,
    SIGN_INS,
)

DESCRIPTION = """Avow records who has truly taken a strategy on. It answers for any
instant, as it was known at any other.

Every question takes valid_at (when it was so) and known_at (as it was known when). Every answer has the shape
{question, position, rules, answer, present}. What is recorded is never changed or deleted, only corrected by a newer
word.

A change of a record needs If-Match with the ETag of the record as you saw it. Give every POST an Idempotency-Key: it
may then be repeated safely. Its receipt tells the position it was recorded at: sent along as Avow-At-Least, it makes
the next question wait until the answer includes it.

A no is a problem detail (RFC 9457): its type leads to the rule, its way_out says what can be done."""


def create_app(
    services: Services,
    *,
    rate: Rate | None = None,
    tls: bool = False,
    streams: Streams | None = None,
    demonstration: bool = False,
) -> Flask:
    """The application on these parts. Raises PolicyMissing for a route without a policy.

    `rate` is what each caller may ask, None without limit; `tls` says that a proxy that speaks TLS stands before it;
    `streams` are those of the feed that may be open; `demonstration` that nobody signs in.
    """
    app = Flask("avow", static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=LIMIT,
        PROPAGATE_EXCEPTIONS=False,
        TRAP_HTTP_EXCEPTIONS=False,
        API_TITLE="Avow",
        API_VERSION=_version(),
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={"info": {"description": f"{NOTICE}\n\n{DESCRIPTION}" if demonstration else DESCRIPTION}},
    )
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    log_requests(app)
    harden(app, tls=tls)
    if demonstration:
        demonstrate(app)
    if rate is not None:
        limit_requests(app, rate)
    api = Api(app)
    api.DEFAULT_ERROR_RESPONSE_NAME = None  # every route lists its problems itself
    components(api, services.access.names if services.access is not None else ())
    answer_shapes(NOUNS, api)
    acting, asking = Acting(services), Asking(services)
    for noun in NOUNS:
        api.register_blueprint(blueprint_of(noun, acting, asking))
    api.register_blueprint(corrections_of(acting, api))
    api.register_blueprint(webhooks_of(services))
    app.register_blueprint(stopping_of(services))
    app.register_blueprint(addresses_of(services))
    api.register_blueprint(feed_of(services, streams or Streams()))
    _document(app, api, NOTICE if demonstration else "")
    _health(app, services)
    answer_problems(app, LIMIT)
    return app


def _document(app: Flask, api: Api, notice: str) -> None:
    document: dict[str, Any] = api.spec.to_dict()
    written, readable, policy = encode(document), page(document, notice).encode(), policy_for(STYLE)

    def openapi() -> Response:
        return Response(written, content_type="application/json")

    def docs() -> Response:
        return Response(readable, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})

    def rule(code: str) -> Response:
        kind = every_refusal().get(code)
        if kind is None:
            raise RouteUnknown
        return Response(encode(explained(kind, code)), content_type="application/json")

    def rules() -> Response:
        return Response(
            encode([explained(kind, code) for code, kind in sorted(every_refusal().items())]),
            content_type="application/json",
        )

    def front() -> Response:
        return Response(status=303, headers={"Location": "/docs"})

    _add(app, "/", front)
    _add(app, "/openapi.json", openapi)
    _add(app, "/docs", docs)
    _add(app, "/problems", rules)
    _add(app, "/problems/<code>", rule)


def _add(app: Flask, path: str, view: Callable[..., Response]) -> None:
    app.add_url_rule(path, view.__name__, view, methods=["GET"])


def _health(app: Flask, services: Services) -> None:
    def live() -> Response:
        return jsonify(status="live")

    def ready() -> Response:
        # Any organisation will do: what matters is that store and read model answer.
        services.ledger.ledger_recorder.head(UUID(int=0))
        services.states.position(UUID(int=0))
        return jsonify(status="ready")

    _add(app, "/health/live", live)
    _add(app, "/health/ready", ready)


def _version() -> str:
    try:
        return version("avow")
    except PackageNotFoundError:
        return "unreleased"
