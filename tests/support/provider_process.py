"""Canaille, an OpenID provider, as a process of its own: `python provider_process.py`. Nothing of Avow is in it.

It prints its issuer and then obeys lines on its standard input: `rotate` signs with a new key from now on and still
publishes the old one, `retire` publishes the old one no more, `elliptic` signs access tokens with a P-256 key from now
on. It ends with its standard input. Access tokens are made by Authlib's own generator for RFC 9068, signed with
Canaille's keys.
"""

from __future__ import annotations

import os
import socket
import sys
from threading import Thread

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # on the loopback address

from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator  # type: ignore[import-untyped]
from canaille import create_app  # type: ignore[import-untyped]
from canaille.app import models  # type: ignore[import-untyped]
from canaille.backends import Backend  # type: ignore[import-untyped]
from canaille.oidc import provider  # type: ignore[import-untyped]
from canaille.oidc.jose import server_jwks  # type: ignore[import-untyped]
from joserfc.jwk import ECKey, KeySet, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

AUDIENCE, CLIENT, CALLBACK = "avow", "front-end", "http://127.0.0.1:9/callback"
PEOPLE = {"anna": "correct horse battery staple", "bob": "four random words again"}


class AccessTokens(JWTBearerTokenGenerator):  # type: ignore[misc]
    """For the audience that the client was registered with, about the user by their name."""

    def __init__(self) -> None:
        super().__init__(issuer="")

    def access_token_generator(self, client, grant_type, user, scope):  # type: ignore[no-untyped-def]
        self.issuer = provider.get_issuer()
        self.alg = "ES256" if isinstance(self.get_jwks().keys[0], ECKey) else "RS256"
        user.get_user_id = lambda: user.user_name
        return super().access_token_generator(client, grant_type, user, scope)

    def get_jwks(self) -> KeySet:
        return KeySet(server_jwks(include_inactive=False).keys[:1])

    def get_audiences(self, client, user, scope) -> list[str]:  # type: ignore[no-untyped-def]
        return [each.client_id for each in client.audience]


class Handler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing is printed."""


Jwk = dict[str, str | list[str]]


def new_key(kind: str = "RSA") -> Jwk:
    key = ECKey.generate_key("P-256") if kind == "EC" else RSAKey.generate_key(2048)
    key.ensure_kid()
    return key.as_dict(private=True)


def main() -> None:
    entrance = socket.create_server(("127.0.0.1", 0))
    name = f"127.0.0.1:{entrance.getsockname()[1]}"
    app = create_app(
        config={
            "ENV_FILE": None,
            "SECRET_KEY": os.urandom(16).hex(),
            "WTF_CSRF_ENABLED": False,
            "PREFERRED_URL_SCHEME": "http",
            "SERVER_NAME": name,
            "SESSION_COOKIE_SECURE": False,
            "CANAILLE": {
                "DATABASE": "memory",
                "JAVASCRIPT": False,
                "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
                "LOGGING": {"version": 1, "disable_existing_loggers": False},
            },
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [new_key()], "INACTIVE_JWKS": []},
        }
    )
    provider.authorization.register_token_generator("default", AccessTokens())
    with app.app_context():
        for user, password in PEOPLE.items():
            made = models.User(user_name=user, family_name=user.title(), emails=[f"{user}@example.org"])
            Backend.instance.save(made)
            Backend.instance.set_user_password(made, password)
        server = models.Client(client_id=AUDIENCE, client_name="Avow", redirect_uris=[CALLBACK])
        Backend.instance.save(server)
        front = models.Client(
            client_id=CLIENT,
            client_name="A front end",
            redirect_uris=[CALLBACK],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid"],
            token_endpoint_auth_method="none",
            audience=[server],
        )
        Backend.instance.save(front)
    http = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler, fd=entrance.fileno())
    Thread(target=http.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://{name}\n")
    sys.stdout.flush()
    obey(app.config["CANAILLE_OIDC"])


def obey(config: dict[str, list[Jwk]]) -> None:
    for line in sys.stdin:
        match line.strip():
            case "rotate":
                config["INACTIVE_JWKS"], config["ACTIVE_JWKS"] = config["ACTIVE_JWKS"], [new_key()]
            case "elliptic":
                # ID tokens go on being signed with RS256, as OpenID Connect demands.
                config["ACTIVE_JWKS"].insert(0, new_key("EC"))
            case _:
                config["INACTIVE_JWKS"] = []
        sys.stdout.write("done\n")
        sys.stdout.flush()


main()
