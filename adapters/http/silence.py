"""Requests that leave no trace: neither a line in the log nor a day on the token.

Whoever answers in confidence looks at what they owe, reads the questionnaire, looks at their ballot and sends it. From
a trace of any of these it could be read who answered, or when; so answering, only looking and not coming at all leave
the same. It holds for attributed reviews too: an address that fell silent for some reviews alone would tell of them.
"""

from __future__ import annotations

from flask import request

BELOW = "/v1/organisations/<organisation>/"
SILENT = frozenset(
    {
        ("GET", BELOW + "me"),
        ("GET", BELOW + "me/owed"),
        ("GET", BELOW + "reviews"),
        ("GET", BELOW + "reviews/<path:review>"),
        ("GET", BELOW + "reviews/<path:review>/ballot"),
        ("POST", BELOW + "reviews/<path:review>/answers"),
    }
)


def leaves_no_trace() -> bool:
    """Whether the present request is one of those."""
    rule, method = request.url_rule, request.method
    return rule is not None and ("GET" if method == "HEAD" else method, rule.rule) in SILENT
