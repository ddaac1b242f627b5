"""What the OpenAPI document's operations refer to: shapes, headers, arguments, problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_smorest import Api  # type: ignore[import-untyped]

from adapters.http.cursors import MOST, PAGE
from adapters.http.presenting import SCHEMA_OF_PRIVATE
from adapters.oidc.issuer import DISCOVERY

Document = dict[str, Any]  # Any: JSON
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}

MEANINGS: Mapping[int, str] = {
    304: "The caller has this answer already (If-None-Match).",
    400: "The request cannot be read: a header, a cursor or the JSON is malformed.",
    401: "No token, or one that opens nothing.",
    403: "No policy lets this caller do or see this.",
    404: "There is no such record, or no such organisation for this token.",
    409: "It conflicts with what is recorded.",
    410: "The organisation was closed; its keys are destroyed.",
    412: "The record moved on since its author saw it.",
    413: "The body is larger than 1 MiB.",
    415: "The body is not JSON.",
    422: "A field is not valid, or a rule is not met.",
    428: "If-Match is missing.",
    429: "This token has used up its requests; Retry-After says when there are more.",
    503: "The store does not answer, or the outcome is unknown; repeat later with the same key.",
    504: "The read model did not come to the position in time.",
}


def problems(statuses: tuple[int, ...]) -> Document:
    """The replies that are problem details, by status; whoever needs a token may also have asked too much."""
    all_of_them = {*statuses, *((429,) if 401 in statuses else ())}
    return {str(status): {"description": MEANINGS[status], "content": PROBLEM} for status in sorted(all_of_them)}


def components(api: Api, issuers: Sequence[str] = ()) -> None:
    """What the document's operations refer to; `issuers` are those whose access tokens are believed."""
    spec = api.spec.components
    spec.security_scheme(
        "token",
        {
            "type": "http",
            "scheme": "bearer",
            "description": "An access token of an OpenID Connect issuer (a signed JWT), or an opaque token of Avow's "
            "own, issued for one organisation.",
        },
    )
    for number, issuer in enumerate(issuers, 1):
        spec.security_scheme(
            "signIn" if len(issuers) == 1 else f"signIn{number}",
            {
                "type": "openIdConnect",
                "openIdConnectUrl": issuer.rstrip("/") + DISCOVERY,
                "description": "Where to get an access token: authorization code with PKCE.",
            },
        )
    for name, schema in SCHEMAS.items():
        spec.schema(name, schema)
    for name, parameter in PARAMETERS.items():
        spec.parameter(name, parameter["in"], {key: value for key, value in parameter.items() if key != "in"})
    for name, header in HEADERS.items():
        spec.header(name, header)
    spec.response(
        "Recorded",
        {
            "description": "Recorded. `Location` is the address of the record.",
            "headers": {
                "Location": {"description": "The record's address.", "schema": {"type": "string"}},
                "Avow-Repeated": {
                    "description": "true: this key was used before, and this is what came of it then.",
                    "schema": {"type": "string"},
                },
                **{name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", "Avow-Position")},
            },
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}},
        },
    )
    kept = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Receipt", "Confided")]}
    spec.response(
        "RecordedOrConfided",
        {
            "description": "Recorded; or, in a confidential review, put into the ballot box. Of that nothing is "
            "recorded, and the reply is the same whatever was answered.",
            "headers": {"Location": {"description": "The address of the record, or of the ballot.", "schema": TEXT}},
            "content": {"application/json": {"schema": kept}},
        },
    )


TEXT: Document = {"type": "string"}
INSTANT: Document = {"type": "string", "format": "date-time"}
DAY_OR_INSTANT: Document = {"anyOf": [INSTANT, {"type": "string", "format": "date"}]}

SCHEMAS: Mapping[str, Document] = {
    "Problem": {
        "description": "A no, and the way out of it (RFC 9457).",
        "type": "object",
        "required": ["type", "title", "status", "detail", "rule", "way_out", "data"],
        "properties": {
            "type": {
                "type": "string",
                "description": "Where the rule is explained.",
                "examples": ["/problems/version-moved"],
            },
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong, this time."},
            "rule": {"type": "string", "description": "The rule's stable name."},
            "way_out": {"type": "string", "description": "What can be done about it."},
            "field": {"type": "string", "description": "The field, argument or header at fault."},
            "data": {"type": "object", "description": "The values that explain it."},
        },
    },
    "Receipt": {
        "description": "What was recorded: the position to wait for, and the version for the next change.",
        "type": "object",
        "required": ["id", "position", "version", "recorded_at"],
        "properties": {
            "id": {"type": "string", "description": "The record's id."},
            "position": {"type": "integer", "description": "Its place in the organisation's order of commit."},
            "version": {"type": "integer", "description": "The version of the record from now on."},
            "recorded_at": {"type": ["string", "null"], "format": "date-time", "description": "Its known time."},
        },
    },
    "Confided": {
        "description": "That answers were put into a ballot box. Nothing else is told.",
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string", "description": "The review's id."}},
        "additionalProperties": False,
    },
    "Asked": {
        "description": "What was asked: the two times, and all else that decides the answer.",
        "type": "object",
        "required": ["valid_at", "known_at"],
        "properties": {
            "valid_at": INSTANT,
            "known_at": {"type": ["string", "null"], "format": "date-time"},
            "clock": {"const": "simulated"},
        },
    },
    "Labels": {
        "description": "What units, goals, strategies and people are called now, by their ids, as far as the caller "
        "may see them. The name of somebody erased is `{erased: true}`.",
        "type": "object",
        "properties": {
            **{
                kind: {"type": "object", "additionalProperties": {"type": "string"}}
                for kind in ("units", "goals", "strategies")
            },
            "people": {"type": "object", "additionalProperties": SCHEMA_OF_PRIVATE},
        },
    },
    "NothingRecorded": {
        "description": "The organisation had no event by that moment.",
        "type": "object",
        "required": ["nothing_recorded"],
        "properties": {"nothing_recorded": {"type": "string"}},
        "additionalProperties": False,
    },
}

PARAMETERS: Mapping[str, Document] = {
    "ValidAt": {
        "in": "query",
        "name": "valid_at",
        "schema": DAY_OR_INSTANT,
        "description": "When it was so: an instant with its zone, or a date, which means the last microsecond of that "
        "day in the organisation's zone. Unstated: now.",
    },
    "KnownAt": {
        "in": "query",
        "name": "known_at",
        "schema": {
            "anyOf": [*DAY_OR_INSTANT["anyOf"], {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}]
        },
        "description": "As it was known when: an instant with its zone, a past date, or a position. Unstated: now.",
    },
    "AtLeast": {
        "in": "query",
        "name": "at_least",
        "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
        "description": "Wait (five seconds at most) until the answer includes this position, such as the one that the "
        "receipt of a POST tells: to read what was just said.",
    },
    "AvowAtLeast": {
        "in": "header",
        "name": "Avow-At-Least",
        "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
        "description": "The same as `at_least`, as a header.",
    },
    "IfNoneMatch": {
        "in": "header",
        "name": "If-None-Match",
        "schema": {"type": "string"},
        "description": "The ETag of an earlier answer: 304 if nothing changed since.",
    },
    "Cursor": {
        "in": "query",
        "name": "cursor",
        "schema": {"type": "string"},
        "description": "From a link rel=next; it keeps the moment of the first page.",
    },
    "PageSize": {
        "in": "query",
        "name": "page_size",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
        "description": "How many entries a page has at most.",
    },
    "IfMatch": {
        "in": "header",
        "name": "If-Match",
        "required": True,
        "schema": {"type": "string", "pattern": '^"v[0-9]{1,9}"$', "examples": ['"v3"']},
        "description": "The ETag of the record as its author saw it.",
    },
    "IfMatchWhereItChanges": {
        "in": "header",
        "name": "If-Match",
        "schema": {"type": "string", "pattern": '^"v[0-9]{1,9}"$', "examples": ['"v3"']},
        "description": "The ETag of the record as its author saw it; needed for a record that is there already.",
    },
    "IdempotencyKey": {
        "in": "header",
        "name": "Idempotency-Key",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$", "examples": ["5f0c7a52"]},
        "description": "Your own name for this request: sent again, it is answered from what came of it before.",
    },
}

HEADERS: Mapping[str, Document] = {
    "ETag": {
        "description": 'Weak for derived answers; "v<version>" for a record\'s own present resource.',
        "schema": {"type": "string"},
    },
    "Avow-Position": {
        "description": "The position of the answer, or of what was recorded: the next question may give it as "
        "Avow-At-Least.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "Avow-Lag": {
        "description": "How many events the read model is behind.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "Link": {"description": "The next page, rel=next; absent on the last one.", "schema": {"type": "string"}},
}
