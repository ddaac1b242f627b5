"""Settings: what the environment says, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from adapters.calling import Network, networks_of
from adapters.mail import Server
from adapters.oidc.fetching import unsafe
from adapters.wording import LANGUAGES
from application.messages import USUAL, Usual

TOKEN_TYPES = ("at+jwt", "JWT")
"""What the header `typ` of an access token can be: as RFC 9068 has it, or as issuers did before."""


class SettingsWrong(Exception):  # noqa: N818 — an answer with a way out
    """A setting cannot be followed; the message names it and says what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oidc:
    """Whose access tokens are believed: the issuers as tokens spell them, and the audience that Avow is to them.

    `typ` is the header of that name that they bear, `skew` how many seconds the clocks may differ.
    """

    issuers: tuple[str, ...]
    audience: str
    typ: str = "at+jwt"
    skew: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this process runs.

    Without `database_url` an embedded PostgreSQL keeps its data in the folder `data`.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str | None = None
    key_encryption_key_file: Path | None = None
    erased_file: Path | None = None
    rewrap_days: int = 6
    """After how many days the worker re-wraps all keys; 0 leaves it to whoever runs `avow rewrap`."""
    log_key_file: Path | None = None
    log_name: str = ""
    witnesses_file: Path | None = None
    workers: int = 2
    threads: int = 4
    pool: int = 10
    webhook_networks: tuple[Network, ...] = ()
    """Networks in which webhooks may call private addresses, by plain HTTP too."""
    streams: int = 2
    """Streams of the feed that each worker process holds open at most; each takes one of its threads. 0: none."""
    rate: int = 1200
    """Requests that one token may make a minute, of each worker process; 0 is without limit."""
    mail: Server | None = None
    """The SMTP server that messages are handed to; None where none are sent."""
    address: str = ""
    """Where people reach Avow, for the links in messages."""
    mail_usual: Usual = USUAL
    """In which language and from which hour on messages go to whoever chose nothing else."""
    mail_simulated: bool = False
    """Whether people of organisations with a simulated clock are written to, too."""
    oidc: Oidc | None = None
    """None where nobody signs in elsewhere: then this is a demonstration, for this machine alone."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """The settings in an environment; an empty value counts as unset. Raises SettingsWrong."""
        said = {name: value.strip() for name, value in environment.items() if value.strip()}
        _refuse_unsafe_switch(said)
        threads = _number(said, "AVOW_THREADS", 4, 1, 256)
        return cls(
            data=Path(said.get("AVOW_DATA", ".avow")).expanduser().absolute(),
            host=said.get("AVOW_HOST", "127.0.0.1"),
            port=_number(said, "AVOW_PORT", 8000, 0, 65_535),
            database_url=_database_url(said),
            key_encryption_key_file=_path(said, "AVOW_KEY_ENCRYPTION_KEY_FILE"),
            erased_file=_path(said, "AVOW_ERASED_FILE"),
            rewrap_days=_number(said, "AVOW_REWRAP_DAYS", 6, 0, 7),
            log_key_file=_path(said, "AVOW_LOG_KEY_FILE"),
            log_name=_log_name(said),
            witnesses_file=_path(said, "AVOW_WITNESSES"),
            workers=_number(said, "AVOW_WORKERS", 2, 1, 64),
            threads=threads,
            webhook_networks=_networks(said, "AVOW_WEBHOOK_NETWORKS"),
            # One thread is always left to whoever asks.
            streams=_number(said, "AVOW_STREAMS", min(2, threads - 1), 0, threads - 1),
            pool=_number(said, "AVOW_POOL", 10, 1, 1_000),
            rate=_number(said, "AVOW_RATE", 1_200, 0, 1_000_000),
            oidc=_oidc(said),
            mail=_mail(said),
            address=_address(said),
            mail_usual=_usual(said),
            mail_simulated=_switch(said, "AVOW_MAIL_SIMULATED"),
        )

    @property
    def postgres_folder(self) -> Path:
        """Where the embedded PostgreSQL keeps its data."""
        return self.data / "postgres"

    @property
    def key_file(self) -> Path:
        """Where the key-encryption key stands: as set, or in the data folder."""
        return self.key_encryption_key_file or self.data / "key-encryption-key"

    @property
    def erased_list(self) -> Path:
        """Where the list of erased people stands: as set, or in the data folder."""
        return self.erased_file or self.data / "erased-people.jsonl"

    @property
    def log_key(self) -> Path:
        """Where the transparency log's key stands: as set, or in the data folder."""
        return self.log_key_file or self.data / "log-key"


def _path(said: Mapping[str, str], name: str) -> Path | None:
    value = said.get(name)
    return Path(value).expanduser().absolute() if value else None


def _networks(said: Mapping[str, str], name: str) -> tuple[Network, ...]:
    try:
        return networks_of(said.get(name, ""))
    except ValueError:
        raise SettingsWrong(f"{name} is {said[name]!r}; it takes networks such as 10.1.0.0/16, ::1/128") from None


def _log_name(said: Mapping[str, str]) -> str:
    name = said.get("AVOW_LOG_NAME", "")
    if "+" in name or len(name.split()) > 1 or len(name) > 200:
        raise SettingsWrong(f"AVOW_LOG_NAME is {name!r}; it takes a name such as log.example.org, without spaces or +")
    return name


def _oidc(said: Mapping[str, str]) -> Oidc | None:
    issuers = tuple(said.get("AVOW_OIDC_ISSUER", "").split())
    if not issuers:
        lonely = sorted(name for name in said if name.startswith("AVOW_OIDC_"))
        if lonely:
            raise SettingsWrong(f"{lonely[0]} is set, and AVOW_OIDC_ISSUER, which it belongs to, is not")
        return None
    for each in issuers:
        why = "it has a query or a fragment" if "?" in each or "#" in each else unsafe(each)
        if why is not None:
            raise SettingsWrong(
                f"AVOW_OIDC_ISSUER names {each!r}: {why}; it takes issuers such as https://login.example.org, with a "
                "space between two"
            )
    audience = said.get("AVOW_OIDC_AUDIENCE")
    if audience is None:
        raise SettingsWrong(
            "AVOW_OIDC_AUDIENCE is not set; it takes what access tokens for Avow have as `aud`, such as avow. Without "
            "it a token for any other service of the issuer would open Avow"
        )
    typ = said.get("AVOW_OIDC_TOKEN_TYPE", TOKEN_TYPES[0])
    if typ not in TOKEN_TYPES:
        raise SettingsWrong(f"AVOW_OIDC_TOKEN_TYPE is {typ!r}; it takes {' or '.join(TOKEN_TYPES)}")
    skew = _number(said, "AVOW_OIDC_SKEW", 60, 0, 300)
    return Oidc(issuers=issuers, audience=audience, typ=typ, skew=skew)


SECURITY = {"none": 25, "starttls": 587, "tls": 465}
"""How an SMTP server is spoken to, with the usual port of each."""


def _mail(said: Mapping[str, str]) -> Server | None:
    host = said.get("AVOW_SMTP_HOST")
    if host is None:
        lonely = sorted(name for name in said if name.startswith("AVOW_SMTP_"))
        if lonely:
            raise SettingsWrong(f"{lonely[0]} is set, and AVOW_SMTP_HOST, which it belongs to, is not")
        return None
    security = said.get("AVOW_SMTP_SECURITY", "starttls")
    if security not in SECURITY:
        raise SettingsWrong(f"AVOW_SMTP_SECURITY is {security!r}; it takes {', '.join(SECURITY)}")
    sender = said.get("AVOW_MAIL_FROM", "")
    if "@" not in parseaddr(sender)[1]:
        raise SettingsWrong(f"AVOW_MAIL_FROM is {sender!r}; it takes a sender such as Avow <avow@example.org>")
    if not said.get("AVOW_ADDRESS"):
        raise SettingsWrong("AVOW_ADDRESS is not set; messages need it, so that people can stop them")
    user, password = said.get("AVOW_SMTP_USER"), _secret(said, "AVOW_SMTP_PASSWORD_FILE")
    if (user is None) != (password is None):
        raise SettingsWrong("AVOW_SMTP_USER and AVOW_SMTP_PASSWORD_FILE belong together; set both or neither")
    if user is not None and security == "none":
        raise SettingsWrong("AVOW_SMTP_SECURITY is none, and a password would go over the wire in clear; set starttls")
    authorities = _path(said, "AVOW_SMTP_AUTHORITIES")
    return Server(
        host=host,
        port=_number(said, "AVOW_SMTP_PORT", SECURITY[security], 1, 65_535),
        security=security,
        user=user,
        password=password,
        sender=sender,
        authorities=str(authorities) if authorities is not None else None,
    )


def _secret(said: Mapping[str, str], name: str) -> str | None:
    path = _path(said, name)
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").rstrip("\n")
    except OSError as error:
        raise SettingsWrong(f"{name} names {path}, which cannot be read: {error.strerror}") from None


def _address(said: Mapping[str, str]) -> str:
    address = said.get("AVOW_ADDRESS", "")
    if address and not address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise SettingsWrong(f"AVOW_ADDRESS is {address!r}; it takes an address such as https://avow.example.org")
    return address


def _usual(said: Mapping[str, str]) -> Usual:
    language = said.get("AVOW_MAIL_LANGUAGE", "en")
    if language not in LANGUAGES:
        raise SettingsWrong(f"AVOW_MAIL_LANGUAGE is {language!r}; it takes {' or '.join(LANGUAGES)}")
    return Usual(language=language, hour=_number(said, "AVOW_MAIL_HOUR", 8, 0, 23), languages=LANGUAGES)


def _switch(said: Mapping[str, str], name: str) -> bool:
    value = said.get(name, "no")
    if value not in {"yes", "no"}:
        raise SettingsWrong(f"{name} is {value!r}; it takes yes or no")
    return value == "yes"


def _number(said: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = said.get(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
        raise SettingsWrong(f"{name} is {value!r}; it takes a whole number from {least} to {most}")
    return int(value)


def _database_url(said: Mapping[str, str]) -> str | None:
    url = said.get("AVOW_DATABASE_URL")
    if url is None:
        return None
    try:
        conninfo_to_dict(url)
    except ProgrammingError:
        # The value may hold a password: it is not repeated.
        raise SettingsWrong(
            "AVOW_DATABASE_URL cannot be read; it takes postgresql://user:password@host:port/database"
        ) from None
    return url


def _refuse_unsafe_switch(said: Mapping[str, str]) -> None:
    """The event-sourcing library's switch for writing without its lock: followers then miss events."""
    for name, value in said.items():
        if name.endswith("POSTGRES_ENABLE_DB_FUNCTIONS") and value.lower() in {"1", "y", "yes", "t", "true", "on"}:
            raise SettingsWrong(f"{name} is on; it loses events for those who follow the log. Unset it")
