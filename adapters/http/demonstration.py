"""A demonstration: Avow where nobody signs in, for this machine alone, which says what it is on everything it sends."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, Response, request

from adapters.http.refusals import HttpRefusal
from adapters.oidc.fetching import LOOPBACK

HEADER = "Avow-Demo"
NOTICE = "Demonstration: nobody signs in here. For this machine alone, and not for people's real statements."
SIGNS_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")


@dataclass(eq=False)
class DemonstrationIsLocal(HttpRefusal):
    """A request from elsewhere to a demonstration."""

    status = 421
    where = "Host"
    rule = "this is a demonstration without sign-in, and answers this machine alone"
    way_out = "ask it as 127.0.0.1 or localhost without a proxy; to let others in, set AVOW_OIDC_ISSUER"


def demonstrate(app: Flask) -> None:
    """Let every response say that this is a demonstration, and answer requests of this machine alone.

    Whoever comes through a proxy, or by a name that a foreign page's server gave this machine, is sent away; whether it
    is alive anybody may ask.
    """

    def be_local() -> None:
        if request.path.startswith("/health/"):
            return
        name = urlsplit(f"//{request.host}").hostname
        if name not in LOOPBACK or any(each in request.headers for each in SIGNS_OF_A_PROXY):
            raise DemonstrationIsLocal

    def say_so(response: Response) -> Response:
        response.headers[HEADER] = NOTICE
        return response

    app.before_request(be_local)
    app.after_request(say_so)
