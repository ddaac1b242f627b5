"""Headers that tell browsers to do less: no framing, no guessing of types, no referrer, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib

from flask import Flask, Response

NOTHING = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": NOTHING,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


def policy_for(style: str) -> str:
    """The policy of a page with this one style sheet in it, and no script."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"{NOTHING}; style-src 'sha256-{digest}'"


def harden(app: Flask, *, tls: bool) -> None:
    """Give every response these headers; those of its own stay. `tls`: a proxy that speaks TLS stands before Avow."""
    headers = {**HEADERS, "Strict-Transport-Security": STRICT_TRANSPORT} if tls else HEADERS

    def give(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(give)
