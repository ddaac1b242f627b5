"""Who may do and see what, for every route: a matrix generated from the route tables, kept as a file to be read.

`python -m tests.http.test_permissions` writes `permissions.txt` anew; whoever changes a policy reads the difference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from adapters.bootstrap import Installation, in_memory
from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.app import NOUNS, create_app
from adapters.http.asks import Ask, Inquiry
from adapters.http.feed import BATCH
from adapters.http.noun import Noun, PolicyMissing, blueprint_of
from adapters.http.schemas import schema_of
from adapters.http.vocabulary import ENVELOPE, word
from adapters.http.webhooks import CHANGES
from application import permissions
from application.concerns import REQUESTERS_TO_SAY
from application.permissions import Role
from domain.organisation import ClockKind
from tests.support.api import Api

MATRIX = Path(__file__).with_name("permissions.txt")

ACTORS = (
    "administrator",
    "strategist",
    "sponsor",
    "facilitator",
    "auditor",
    "lead",
    "anna",
    "bob",
    "rita",
    "integration",
    "foreign",
    "nobody",
)
"""`lead` leads the unit that anna sits in, bob sits elsewhere, the integration's scope is commitment.*.

The facilitator is a guest who runs the review of spring under a charter, rita one who represents the clients.
"""

PLACES = {
    "unit": "sales",
    "person": "anna",
    "strategy": "2026",
    "element": "vision",
    "goal": "quotes",
    "decision": "fleet",
    "piece": "letter",
    "ranking": "bets",
    "action": "desk",
    "resource": "",
    "knowledge": "terms",
    "need": "",
    "version": "1",
    "kpi": "quotes-in-a-day",
    "tactic": "calls",
    "commitment": "anna/quotes",
    "review": "spring",
    "conversation": "first",
    "proposal": "shorter",
    "request": "vans",
    "exception": "none-yet",
    "gap": "none-yet",
    "programme": "leading",
    "capability": "listening",
    "agreement": "none-yet",
    "figure": "commitments/all",
    "revision": "1",
    "position": "2",
    "acknowledgement": "",
    "duty": "",
    "concern": "anna/courage",
    "constituency": "clients",
    "process": "sales-day",
    "report": "",
    "benchmark": "others",
    "schedule": "pulse",
    "webhook": "5f1f7a0e-0000-4000-8000-000000000000",
    "token": "none-yet",
    "signin": "none-yet",
}

NOW = "2030-01-01T00:00:00Z"
"""The present of the simulated organisation in which all of this happens."""

BODIES: dict[str, dict[str, Any]] = {
    "commitment.made": {"party": {"person": "anna"}, "strategy": "2026"},
    "commitment.declined": {"party": {"person": "anna"}, "strategy": "2026"},
    "commitment.reassigned": {"party": {"person": "bob"}},
    "acknowledgement.given": {"person": "anna", "strategy": "2026"},
    "acknowledgement.declined": {"person": "anna", "strategy": "2026"},
    "conversation.held": {"strategy": "2026", "stage": "possibility", "outcomes": [{"person": "anna", "mine": "yes"}]},
    "conversation.restated": {"person": "anna", "mine": "partly"},
    "request.made": {
        "goal": "quotes",
        "requester": "sales",
        "performer": "north",
        "title": "Vans",
        "by_when": "2999-01-01",
    },
    "request.countered": {"by_when": "2999-02-01"},
    "request.move_asked": {"by_when": "2999-02-01"},
    "proposal.made": {"strategy": "2026", "person": "anna", "text": "Say it shorter."},
    "proposal.answered": {"taken": "partly", "why": "Half of it."},
    "shaping.opened": {},
    "shaping.closed": {},
    "duty.given": {"person": "anna", "kind": "acknowledge", "for": "2026"},
    "limit.set": {"level": "unit", "kind": "priority", "most": 4},
    "ranking.opened": {"strategy": "2026", "kind": "bets", "participants": ["anna", "lead"]},
    "ranking.given": {"ranks": {"east": 1, "west": 2}, "person": "anna"},
    "strategy.tested": {"element": "vision", "could_sign": False, "person": "anna"},
    "evidence.recorded": {
        "strategy": "2026",
        "element": "vision",
        "kind": "stated",
        "measure": "testimonials",
        "text": "They answered first.",
        "source": "a letter",
    },
    "concern.raised": {"person": "anna", "strategy": "2026", "kind": "care", "text": "Who looks after us?"},
    "process.run": {"person": "anna", "unit": "sales", "strategy": "2026", "participants": ["bob"]},
    "constituency.named": {"name": "Clients", "kind": "clients"},
    "representative.named": {"person": "rita"},
    "representative.ended": {"person": "rita"},
    "constituency.asked": {"ask": "promise", "strategy": "2026", "elements": ["vision"], "text": "Hold us to it."},
    "constituency.released": {"ask": "promise"},
    "concern.addressed": {"how": "We talked it over."},
    "kpi.defined": {"goal": "quotes", "title": "Quotes in a day", "measured_in": "%", "direction": "up"},
    "kpi.changed": {"target": "95"},
    "kpi.rewards_stated": {"success": "we celebrate"},
    "kpi.rewards_reviewed": {"verdict": "kept", "reviewer": "anna"},
    "goal.proposed": {"strategy": "2026", "title": "Another", "unit": "sales"},
    "knowledge.captured": {
        "title": "Terms of rent",
        "text": "Vans are rented by the day.",
        "language": "en",
        "strategy": "2026",
        "elements": ["vision"],
        "stages": ["evaluation"],
        "roles": ["sales"],
        "keeper": "anna",
    },
    "knowledge.revised": {"text": "Vans are rented by the hour."},
    "knowledge.needed": {"role": "sales", "stage": "closing", "what": "What others pay"},
    "knowledge.used": {"person": "anna", "did_not_know": True, "found_by": "search"},
    "knowledge.time_stated": {"person": "anna", "hours": "4.5"},
    "resource.planned": {
        "strategy": "2026",
        "element": "vision",
        "unit": "sales",
        "begins": "2026-01-01",
        "ends": "2026-03-31",
        "amount": "1000.50",
        "currency": "EUR",
        "full_time": "1.5",
    },
    "resource.spent": {"goal": "quotes", "begins": "2026-01-01", "ends": "2026-03-31", "full_time": "0.5"},
    "decision.taken": {
        "matter": "A fleet?",
        "alternatives": [{"id": "keep", "text": "Keep it"}, {"id": "nothing", "text": "Leave it"}],
        "chosen": "keep",
        "strategy": "2026",
        "applies": ["vision"],
        "unit": "sales",
        "because": "we said so",
    },
    "action.planned": {"title": "A desk", "goal": "quotes", "person": "anna", "by_when": "2999-01-01"},
    "tactic.adopted": {"strategy": "2026", "title": "Calls first", "goal": "quotes"},
    "tactic.changed": {"title": "Calls at once"},
    "action.changed": {"title": "A quote desk"},
    "review.opened": {
        "kind": "clarity_check",
        "title": "Clear?",
        "strategy": "2026",
        "participants": ["anna"],
        "questionnaire": "clear-believable-implementable",
        "closes": "2999-01-01",
    },
    "schedule.set": {
        "kind": "health_check",
        "title": "Pulse",
        "strategy": "2026",
        "questionnaire": "health-check",
        "rule": "FREQ=YEARLY;COUNT=1",
        "starts": "2999-01-01",
        "open_days": 14,
    },
    "benchmark.loaded": {
        "title": "Others",
        "source": "a vendor's brochure",
        "dated": "2029-01-01",
        "lowest": 1,
        "highest": 5,
        "values": [{"question": "daily", "wording": "Ours?", "measure": "mean", "value": "3.4"}],
    },
    "review.answered": {"person": "anna", "answers": {}},
    "review.withdrawn": {"edition": 1},
    "review.extended": {"closes": "2999-02-01"},
    "review.found": {"finding": "f", "text": "Something."},
    "look.answered": {"person": "anna", "wanted": True},
    "look.told": {
        "person": "anna",
        "unit": "sales",
        "goals": 6,
        "exceptions": 1,
        "fire_fighting": 3,
        "progress": "partly",
    },
    "look.followed": {"finding": "f", "action": "desk"},
    "gap.planned": {
        "review": "spring",
        "unit": "sales",
        "condition": "goals",
        "desired": "Every team has goals of its own.",
        "accountable": "bob",
        "by_when": "2999-01-01",
    },
    "programme.planned": {
        "strategy": "2026",
        "kind": "development",
        "title": "Leading well",
        "person": "anna",
        "by_when": "2999-01-01",
        "elements": ["vision"],
        "units": ["sales"],
    },
    "programme.changed": {"title": "Leading"},
    "programme.held": {"title": "First day", "participants": ["anna"]},
    "capability.needed": {"strategy": "2026", "title": "Listening", "elements": ["vision"], "units": ["sales"]},
    "capability.shown": {"party": {"person": "anna"}, "source": "course register"},
    "condition.assigned": {"unit": "sales", "assessors": ["anna", "bob"]},
    "condition.judged": {
        "unit": "sales",
        "person": "anna",
        "condition": "goals",
        "judgement": "partly",
        "rests_on": [{"text": "Two of five", "source": "goal tree"}],
    },
    "condition.agreed": {"unit": "sales", "person": "anna", "condition": "goals"},
    "condition.evidenced": {"unit": "sales", "condition": "goals", "text": "A new rule", "source": "minutes"},
    "review.chartered": {
        "facilitator": "bob",
        "method": "a survey",
        "ownership": "I answer for it",
        "responds_by": "2999-02-01",
    },
    "report.published": {"title": "Where we stand", "strategy": "2026"},
    "agreement.concluded": {"agreement": "talks", "parties": ["a", "b"], "kinds": ["commitments"]},
    "retention.set": {"kind": "words", "days": 365},
    "accountable.named": {"for": {"strategy": "2026", "element": "vision"}},
    "strategy.revised": {"element": "mission", "kind": "mission", "text": "To serve."},
    "access.granted": {"role": "auditor"},
    "access.revoked": {"role": "auditor"},
    "unit.split": {"into": ["north"]},
    "unit.merged": {"into": "north"},
    "scale.defined": {"scale": "own", "version": 1, "levels": ["a"], "ordered": False},
    "strategy.published": {"material": False},
    "exception.approved": {"exception": "e", "objection": "unmeasurable"},
}


def stage(installation: Installation | None = None) -> Api:
    """An organisation with one of everything, and a token for every actor."""
    api = Api.found("matrix", clock=ClockKind.SIMULATED, installation=installation)
    for unit in ("sales", "north"):
        _done(api.post("units", {"unit": unit, "name": unit, "kind": "team"}))
    for person, unit in (("anna", "sales"), ("bob", "north"), ("lead", "north")):
        api.joins(person, unit=unit)
    _done(api.change("people/lead", "access-roles", {"role": "lead", "unit": "sales"}))
    api.published()
    _done(api.as_("strategist").post("goals", {"goal": "quotes", "strategy": "2026", "title": "Q", "unit": "sales"}))
    _done(api.post("decisions", {**BODIES["decision.taken"], "decision": "fleet", "decider": "lead"}))
    _done(api.post("evidence", {**BODIES["evidence.recorded"], "piece": "letter"}))
    _done(api.post("tactics", {**BODIES["tactic.adopted"], "tactic": "calls"}))
    _done(api.post("actions", {**BODIES["action.planned"], "action": "desk"}))
    _know_and_give(api)
    measure = {**BODIES["kpi.defined"], "kpi": "quotes-in-a-day", "baseline": "62", "target": "90"}
    _done(api.post("kpis", measure))
    _done(api.post("kpis/quotes-in-a-day/measurements", {"value": "69"}))
    commitment = {"commitment": "anna/quotes", "party": {"person": "anna"}, "strategy": "2026", "goal": "quotes"}
    _leaders_are_asked(api)
    _done(api.as_("anna").post("commitments", commitment))
    PLACES["acknowledgement"] = _done(api.post("acknowledgements", {"person": "anna", "strategy": "2026"}))
    PLACES["duty"] = _done(api.as_("sponsor").post("duties", BODIES["duty.given"]))
    held = {**BODIES["conversation.held"], "conversation": "first", "unit": "sales", "holder": "anna"}
    _done(api.post("conversations", held))
    _done(api.as_("anna").post("proposals", {**BODIES["proposal.made"], "proposal": "shorter"}))
    _done(api.as_("lead").post("unit-requests", {**BODIES["request.made"], "request": "vans"}))
    api.as_("sponsor")
    PLACES["report"] = _done(api.post("reports", BODIES["report.published"]))
    raised = {**BODIES["concern.raised"], "concern": "anna/courage"}
    _done(api.as_("anna").post("concerns", raised))
    _done(api.as_("anna").post("process-runs", {**BODIES["process.run"], "process": "sales-day"}))
    _done(api.as_("sponsor").post("reviews", {**BODIES["review.opened"], "review": "spring"}))
    _done(api.as_("sponsor").post("schedules", {**BODIES["schedule.set"], "schedule": "pulse"}))
    _done(api.as_("strategist").post("benchmarks", {**BODIES["benchmark.loaded"], "benchmark": "others"}))
    _programmed(api)
    fay = _done(api.as_("administrator").post("guests", {"person": "fay", "name": "Fay"}))
    sue = _done(api.post("people", {"person": "sue", "name": "Sue"}))
    api.tokens["facilitator"] = api.issue("fay", person=fay)
    api.tokens["sue"] = api.issue("sue", person=sue, roles=(Role.SPONSOR,))
    rita = _done(api.as_("administrator").post("guests", {"person": "rita", "name": "Rita"}))
    api.tokens["rita"] = api.issue("rita", person=rita)
    _done(api.as_("sponsor").post("constituencies", {**BODIES["constituency.named"], "constituency": "clients"}))
    for sub_resource, topic in (("representatives", "representative.named"), ("asks", "constituency.asked")):
        _done(api.as_("sponsor").change("constituencies/clients", sub_resource, BODIES[topic]))
    terms = {"method": "a survey", "ownership": "I answer for it", "responds_by": "2999-02-01"}
    _done(api.as_("sue").change("reviews/spring", "charters", {"facilitator": "fay", **terms}))
    api.tokens["integration"] = api.issue("integration", roles=(Role.INTEGRATION,), scopes=("commitment.*",))
    foreign = Api.found("elsewhere", installation=api.installation, client=api.client)
    api.tokens["foreign"] = foreign.tokens["administrator"]
    api.tokens["nobody"] = ""
    _done(api.as_("administrator").post("clock-advances", {"at": NOW, "known": NOW}))
    return api


def _leaders_are_asked(api: Api) -> None:
    for bet in ("east", "west"):
        _done(api.as_("strategist").post("strategies/2026/elements", {"element": bet, "kind": "bet", "text": bet}))
    _done(api.post("rankings", {**BODIES["ranking.opened"], "ranking": "bets"}))


def _know_and_give(api: Api) -> None:
    """Knowledge that is captured, needed and used, and resources that go in; the strategist goes on."""
    _done(api.post("knowledge", {**BODIES["knowledge.captured"], "knowledge": "terms"}))
    PLACES["need"] = _done(api.post("knowledge-needs", BODIES["knowledge.needed"]))
    _done(api.as_("anna").post("knowledge/terms/uses", BODIES["knowledge.used"]))
    _done(api.post("knowledge-times", BODIES["knowledge.time_stated"]))
    api.as_("strategist")
    PLACES["resource"] = _done(api.post("resources/plans", BODIES["resource.planned"]))
    _done(api.post("resources/spendings", BODIES["resource.spent"]))


def _programmed(api: Api) -> None:
    """A programme for sales, and a capability that it needs."""
    _done(api.post("programmes", {**BODIES["programme.planned"], "programme": "leading"}))
    _done(api.post("capabilities", {**BODIES["capability.needed"], "capability": "listening"}))


def _done(response: Any) -> str:
    assert response.status_code == 201, response.get_json()
    return str(response.get_json()["id"])


def routes() -> Iterator[tuple[str, str, Act | None, dict[str, str]]]:
    """Every route: method, path, its act, and the arguments its question needs."""
    for noun in NOUNS:
        for act in noun.acts:
            yield "POST", act.path, act, {}
        for deed in noun.deeds:
            yield "POST", deed.path, None, {}
        for ask in noun.asks:
            needed = {
                each.name: _argument(each.name) for each in ask.arguments if each.required or each.name == "outcome"
            }
            yield "GET", ask.path, None, needed
    yield "POST", "history/<position>/replacements", None, {}
    yield "POST", "history/<position>/retractions", None, {}
    yield "POST", "requests", None, {}
    yield "GET", "feed", None, {}
    for method, path in CHANGES:
        yield method, path, None, {}


def _argument(name: str) -> str:
    if name == "strategy":
        return "2026"
    asked = {"valid_at": "2999-01-01", "outcome": "growth", "from": "2029-12-01", "bar": "50"}
    return asked.get(name, "1")


def _body(act: Act | None, path: str) -> dict[str, Any]:
    deeds: dict[str, dict[str, Any]] = {
        "tokens": {"name": "matrix", "scopes": ["alignment"]},
        "people/anna/sign-ins": {"subject": "a1b2"},
        "me/messages": {"language": "de"},
    }
    if path in deeds or path.endswith(("/revocations", "/ends")):
        return deeds.get(path, {})
    if path == "requests":
        return {"facts": [{"type": "unit.renamed", "unit": "sales", "name": "x"}]}
    if act is None:
        return {"reason": "a slip", **({"name": "Sales", "kind": "team"} if path.endswith("replacements") else {})}
    taken = set(schema_of(act.command, act.schema_fields)().fields) - set(ENVELOPE)
    said = {name: value for name, value in BODIES.get(act.topic, {}).items() if name in taken}
    if said or act.topic in BODIES:
        return said
    required = {name for name, field in schema_of(act.command, act.schema_fields)().fields.items() if field.required}
    return {name: word(name).example for name in sorted(required)}


DEEDS = {deed.path for noun in NOUNS for deed in noun.deeds}


def _verdict(api: Api, actor: str, method: str, path: str, act: Act | None, arguments: dict[str, str]) -> str:
    deed = method == "POST" and path in DEEDS
    for name, place in PLACES.items():
        path = path.replace(f"<path:{name}>", place).replace(f"<{name}>", place)
    api.token = api.tokens[actor]
    if "changes" in path.split("/") and arguments:
        arguments = {**arguments, "from": "2999-01-01", "to": "2999-01-01"}
    if method == "DELETE":
        response = api.client.delete(f"{api.root}/{path}", headers=api.headers())
    elif path.startswith("webhooks"):
        # An address that nobody calls.
        response = (
            api.post(path, {"url": "ftp://example.org"} if path == "webhooks" else {})
            if method == "POST"
            else api.get(path)
        )
    elif method == "GET":
        response = api.client.get(f"{api.root}/{path}".rstrip("/"), query_string=arguments, headers=api.headers())
    else:
        # A version that never is: what is allowed ends there and changes nothing.
        more = {"If_Match": '"v999999"'} if act is None or act.changes else {}
        # Neither does what is said to have been known before anything was.
        early = {} if deed else {"reason": "matrix", "known": "1999-01-01T00:00:00Z", "at": NOW}
        said = _body(act, path)
        if "facts" in said:
            said = {"facts": [{**each, **early} for each in said["facts"]]}
        response = api.post(path, said if "facts" in said else {**said, **early}, **more)
    if response.mimetype in {"text/plain", "text/html", "text/calendar", "application/pdf"}:
        return "sees"
    if response.mimetype == BATCH:
        seen, newest = len(response.get_json(force=True)), int(response.headers["Avow-Position"])
        return "sees all" if seen == newest else "sees some" if seen else "sees none"
    body: Any = response.get_json(force=True)
    match response.status_code:
        case 200 if isinstance(body["answer"], list):
            return f"sees {len(body['answer'])}"
        case 200:
            return "sees"
        case 401:
            return "who?"
        case 403:
            return "-"
        case 404 if body["rule"] == "no-such-organisation":
            return "none"
        case 201 | 404 | 409 | 412 | 422 if body.get("rule") != "fields-not-valid":
            return "may"
        case status:
            return f"{status} {body.get('rule')} {body.get('detail')}"


def matrix(api: Api) -> str:
    """The whole matrix as text."""
    lines = [f"{'':64}" + " ".join(f"{actor:>13}" for actor in ACTORS)]
    for method, path, act, arguments in routes():
        shown = path.replace("<path:", "<") or "."
        verdicts = [_verdict(api, actor, method, path, act, arguments) for actor in ACTORS]
        lines.append(f"{f'{method:4} {shown}':64}" + " ".join(f"{verdict:>13}" for verdict in verdicts))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def test_every_route_opens_to_whom_it_should() -> None:
    assert matrix(stage()) == MATRIX.read_text(encoding="utf-8")


def rules_of(app: Flask) -> set[tuple[str, str]]:
    """Every route of the application below an organisation: its method and path."""
    return {
        (method, rule.rule.removeprefix("/v1/organisations/<organisation>").lstrip("/"))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if rule.rule.startswith("/v1/")
    }


def test_the_matrix_leaves_no_route_out() -> None:
    assert rules_of(create_app(in_memory())) == {(method, path) for method, path, _, _ in routes()}


def test_every_act_and_view_has_a_policy_and_an_address() -> None:
    topics = {act.topic for noun in NOUNS for act in noun.acts}
    assert topics == set(permissions.COMMANDS) - {"organisation.founded"} - permissions.BY_AVOW_ALONE


def test_what_its_owner_alone_says_no_scope_opens() -> None:
    judged = {f"concern.{each}" for each in ("raised", "confirmed", "reopened", "withdrawn")}
    said = {"commitment.accepted", "commitment.confirmed", "conversation.restated", "review.answered"}
    assert judged | said | {"condition.judged", "condition.agreed"} <= permissions.OWNERS_ALONE
    requesters = REQUESTERS_TO_SAY - {"request.made"}
    assert requesters | {"proposal.withdrawn"} <= permissions.OWNERS_ALONE


def test_a_route_without_a_policy_is_not_built() -> None:
    nameless = Noun(name="x", description="", acts=(Act(path="x", topic="paint.dried", leads_to="x"),))
    with pytest.raises(PolicyMissing, match=r"paint\.dried"):
        blueprint_of(nameless, None, None)  # type: ignore[arg-type]  # neither is asked before the policy is missed


def test_a_question_without_a_policy_is_not_built() -> None:
    nameless = Noun(name="x", description="", asks=(Ask(path="x", view="paint", find=nothing, title="X."),))
    with pytest.raises(PolicyMissing, match="paint"):
        blueprint_of(nameless, None, None)  # type: ignore[arg-type]  # neither is asked before the policy is missed


def nothing(_: Inquiry) -> Found:
    """Nothing."""
    return Found(answer=None)


def test_a_route_beside_the_tables_is_found() -> None:
    """The control arm: what leaves no route out misses one that was added past it."""
    app = create_app(in_memory())
    app.add_url_rule("/v1/organisations/<organisation>/paint", "paint", lambda organisation: organisation)
    assert rules_of(app) - {(method, path) for method, path, _, _ in routes()} == {("GET", "paint")}


def test_whoever_left_acts_no_more() -> None:
    api = stage()
    assert api.as_("anna").get("me").status_code == 200
    assert api.as_("administrator").change("people/anna", "departures").status_code == 201
    assert api.as_("anna").get("me").status_code == 401


def test_a_lead_sees_their_sub_tree_and_a_member_their_own_unit() -> None:
    api = stage()
    seen = {
        (who, unit): api.as_(who).get(f"alignment?strategy=2026&unit={unit}").status_code
        for who in ("lead", "anna", "bob")
        for unit in ("sales", "north")
    }
    assert seen == {
        ("lead", "sales"): 200,
        ("lead", "north"): 200,  # leads the one, sits in the other
        ("anna", "sales"): 200,
        ("anna", "north"): 403,
        ("bob", "sales"): 403,
        ("bob", "north"): 200,
    }


def test_who_owes_something_is_named_to_few() -> None:
    api = stage()
    path = "alignment/figures/acknowledgement/none?strategy=2026"
    opened = {who: api.as_(who).get(path).status_code for who in ("sponsor", "auditor", "strategist", "administrator")}
    assert opened == {"sponsor": 200, "auditor": 200, "strategist": 403, "administrator": 403}
    under_lead = api.as_("lead").get(f"{path}&unit=sales").status_code
    assert (under_lead, api.as_("anna").get(f"{path}&unit=sales").status_code) == (200, 403)


def test_a_token_without_roles_has_those_of_its_person() -> None:
    api = stage()
    roles = [api.as_(who).get("me").get_json()["answer"]["roles"] for who in ("anna", "lead")]
    assert roles == [["member"], ["lead", "member"]]


if __name__ == "__main__":
    MATRIX.write_text(matrix(stage()), encoding="utf-8")
    sys.stdout.write(f"{MATRIX.name}: {len(list(routes()))} routes, {len(ACTORS)} actors\n")
