"""The composition root: the one place where the parts are put together. Tests use it, with other parts handed in."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

import msgspec

import application.catalogue
from adapters.calling import HttpReceivers, Network
from adapters.cloud_events import event_of
from adapters.crypto.box import SealedBox
from adapters.crypto.key_files import KeyFile
from adapters.crypto.keys import KEY_BYTES, KeyEncryptionKey, KeyFileUnusable, KeyStore, Ring
from adapters.crypto.log_key import LogKey
from adapters.crypto.vault import KeyVault
from adapters.erased import ErasedList, key_digest
from adapters.mapper import EventMapper
from adapters.memory.box import MemoryBoxKeys, MemoryBoxStore
from adapters.memory.keys import MemoryKeyStore
from adapters.memory.messages import MemoryMessages
from adapters.memory.reads import MemoryTrail
from adapters.memory.recorder import MemoryRecorder
from adapters.memory.searching import MemorySearch
from adapters.memory.sign_ins import MemorySignIns
from adapters.memory.staging import MemoryStaging
from adapters.memory.tokens import MemoryTokens
from adapters.memory.transparency import MemoryLog
from adapters.memory.webhooks import MemoryWebhooks
from adapters.oidc.issuer import Issuer
from adapters.oidc.verifying import AccessTokens
from adapters.postgres.box import PostgresBoxKeys, PostgresBoxStore
from adapters.postgres.connections import Database
from adapters.postgres.embedded import EmbeddedServer
from adapters.postgres.keys import PostgresKeyStore
from adapters.postgres.messages import PostgresMessages
from adapters.postgres.read_model import PostgresReadModel
from adapters.postgres.reads import PostgresTrail
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.searching import PostgresSearch
from adapters.postgres.sign_ins import PostgresSignIns
from adapters.postgres.staging import PostgresStaging
from adapters.postgres.tokens import PostgresTokens
from adapters.postgres.transparency import PostgresLog
from adapters.postgres.webhooks import PostgresWebhooks
from adapters.recurrence import RuleRecurrences
from adapters.resampling import SciPyResampling
from adapters.settings import Settings
from adapters.stop_tokens import stop_token
from application.ballots import Ballots
from application.box import BallotBox
from application.boxes import BoxKeeper
from application.callers import Callers
from application.delivering import Deliverer
from application.feed import Feed
from application.ledger import Ledger
from application.messages import USUAL, Mail, MessageOffice, Usual
from application.messaging import Postman
from application.ports import LedgerRecorder, Recurrences, Vault
from application.projections.model import ReadModel
from application.projections.stored import StoredStates
from application.projector import Projector
from application.questions import Questions
from application.reads import Trail
from application.reminding import Reminding
from application.reporting import Reporting
from application.resampling import Resampling
from application.schedules import ScheduleKeeper
from application.searching import KnowledgeSearch
from application.signing_in import SignInOffice, SignInStore
from application.staging import Staging
from application.states import Definition, States
from application.tokens import Credential, TokenOffice, TokenStore
from application.transparency import TransparencyLog
from application.webhooks import Receivers, WebhookOffice, WebhookStore
from domain.kernel import Recorded
from domain.reminder import MessageKind

__all__ = [
    "Installation", "access_tokens", "application", "database", "holds_history", "in_memory", "key_encryption_key",
    "on_postgres",
]  # fmt: skip


@dataclass(frozen=True)
class Installation:
    """Avow, put together. `model` is None where answers come from the definition itself (in memory).

    `access` believes the access tokens of issuers; None where none is configured.
    """

    ledger: Ledger
    states: States
    questions: Questions
    vault: Vault
    tokens: TokenOffice
    callers: Callers
    sign_ins: SignInOffice
    log: TransparencyLog
    reports: Reporting
    trail: Trail
    webhooks: WebhookOffice
    box: BallotBox
    ballots: Ballots
    boxes: BoxKeeper
    recurrences: Recurrences
    resampling: Resampling
    schedules: ScheduleKeeper
    messages: MessageOffice
    staging: Callable[[UUID], Staging]
    search: KnowledgeSearch
    model: ReadModel | None = None
    access: AccessTokens | None = None
    open_parts: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self.open_parts.close()

    def projector(self) -> Projector | None:
        """A worker that keeps the stored answers up to date; None where none are stored."""
        if self.model is None:
            return None
        return Projector(self.ledger.ledger_recorder, self.ledger.mapper, self.model)

    def deliverer(self) -> Deliverer:
        """A worker that calls whoever subscribed to what is recorded."""

        def told(recorded: Recorded) -> bytes:
            simulated = self.ledger.is_simulated(recorded.event.organisation)
            return msgspec.json.encode(event_of(self.ledger, recorded, simulated=simulated))

        return Deliverer(self.webhooks, Feed(self.ledger), self.callers, self._credential, told)

    def postman(self, mail: Mail | None, address: str, *, simulated: bool = False) -> Postman:
        """A worker that writes to people about what is theirs to do; `address` is where Avow is reached."""

        def token(organisation: UUID, person: UUID, kind: MessageKind | None) -> str:
            return stop_token(self.messages, organisation, person, kind)

        reminding = Reminding(self.questions, self.recurrences)
        return Postman(
            self.ledger, self.messages, reminding, mail, lambda path: address.rstrip("/") + path, token, simulated
        )

    def _credential(self, organisation: UUID, id: UUID) -> Credential | None:
        """The token or the sign-in of this id, as long as it holds."""
        for token in self.tokens.store.issued(organisation):
            if token.id == id:
                return token.credential if token.holds(self.webhooks.now()) else None
        for each in self.sign_ins.store.listed(organisation):
            if each.id == id and each.ended_at is None:
                return Credential(id=id, organisation=organisation, name="this sign-in", person=each.person)
        return None


@contextmanager
def database(settings: Settings, *, guarded: bool = False) -> Iterator[str]:
    """The DSN of the database that the settings name, the embedded one running meanwhile.

    `guarded`, the embedded one is started again should it end.

    Raises UpgradeNeeded, StoreUnavailable.
    """
    if settings.database_url is not None:
        yield settings.database_url
        return
    with EmbeddedServer(settings.postgres_folder) as server:
        stop = threading.Event()
        guard = threading.Thread(target=server.guard, args=(stop,), name="postgres-guard", daemon=True)
        if guarded:
            guard.start()
        try:
            yield server.dsn
        finally:
            stop.set()
            if guarded:
                guard.join()


def key_encryption_key(settings: Settings, dsn: str) -> KeyFile:
    """The file of the key that wraps all others, made where nothing was recorded yet. Raises KeyFileUnusable.

    Were another one made beside keys that are there, what is recorded from then on could not be read together with
    what was recorded before.
    """
    with suppress(FileNotFoundError):
        return KeyFile(settings.key_file)
    if holds_history(dsn):
        raise KeyFileUnusable(
            f"{settings.key_file} is not there, and the database holds keys that are wrapped under it; put it back "
            "from where you keep it apart, or name its place in AVOW_KEY_ENCRYPTION_KEY_FILE"
        )
    KeyEncryptionKey.read_or_make(settings.key_file)
    return KeyFile(settings.key_file)


def holds_history(dsn: str) -> bool:
    """Whether any organisation has a history in a migrated database; it needs no key."""
    with on_postgres(dsn, KeyEncryptionKey(secrets.token_bytes(KEY_BYTES)), pool=1) as avow:
        return bool(avow.ledger.ledger_recorder.organisations())


def access_tokens(settings: Settings) -> AccessTokens | None:
    """What believes access tokens, as the settings say; None where no issuer is configured."""
    said = settings.oidc
    if said is None:
        return None
    return AccessTokens([Issuer(each) for each in said.issuers], said.audience, said.typ, said.skew, _now)


def on_postgres(
    dsn: str,
    key: Ring,
    *,
    pool: int = 10,
    erased: Path | None = None,
    log_key: LogKey | None = None,
    access: AccessTokens | None = None,
    networks: Sequence[Network] = (),
    usual: Usual = USUAL,
) -> Installation:
    """Avow on a migrated database. Connections are opened when needed: make it after a process has forked.

    `erased` is the file of the list of erased people; without one none is kept. Without a log's key checkpoints are
    signed by one that lasts as long as this installation. In `networks` webhooks may call private addresses.
    """
    parts = ExitStack()
    writer = parts.enter_context(Database(dsn, "avow_writer", size=pool))
    reader = parts.enter_context(Database(dsn, "avow_reader", size=pool))
    projecting = parts.enter_context(Database(dsn, "avow_projector", size=2))
    keys = PostgresKeyStore.of(dsn)
    parts.callback(keys.close)
    tokens = PostgresTokens.of(dsn)
    parts.callback(tokens.close)
    recorder = PostgresRecorder(writer)
    parts.callback(recorder.close)
    box_store, box_keys = PostgresBoxStore.of(dsn), PostgresBoxKeys.of(dsn)
    parts.callback(box_store.close)
    parts.callback(box_keys.close)
    box, office = SealedBox(box_store, box_keys, key), _office(tokens)
    ledger, vault = _ledger(recorder, keys, key, box)
    ballots = Ballots(ledger, box)
    sign_ins = _sign_ins(PostgresSignIns(writer), vault, access)
    messages = MessageOffice(PostgresMessages(writer), vault, _now, usual)
    ledger.keepers = office, ballots, sign_ins, messages
    if erased is not None:
        ledger.erased_people = ErasedList(erased, key_digest(ledger))
    model = PostgresReadModel(projecting, reader)
    states = StoredStates(ledger, model)
    questions = Questions(ledger, states)
    log = TransparencyLog(recorder, PostgresLog(writer), log_key or LogKey.fresh(), _now)
    ledger.reporter = reports = Reporting(questions, log)
    return Installation(
        ledger=ledger,
        states=states,
        questions=questions,
        vault=vault,
        tokens=office,
        callers=Callers(ledger),
        sign_ins=sign_ins,
        log=log,
        reports=reports,
        trail=PostgresTrail(writer, reader),
        webhooks=_webhooks(PostgresWebhooks(writer, projecting), vault, HttpReceivers(networks)),
        box=box,
        ballots=ballots,
        boxes=BoxKeeper(ballots),
        recurrences=(recurrences := RuleRecurrences()),
        resampling=SciPyResampling(),
        schedules=ScheduleKeeper(ledger, questions, recurrences),
        messages=messages,
        staging=lambda organisation: PostgresStaging(writer, organisation),
        search=PostgresSearch(reader),
        model=model,
        access=access,
        open_parts=parts,
    )


def in_memory(
    clock: Callable[[], datetime] | None = None,
    *,
    access: AccessTokens | None = None,
    networks: Sequence[Network] = (),
    usual: Usual = USUAL,
) -> Installation:
    """Avow without a database, for what need not last; answers come from the definition."""
    recorder = MemoryRecorder(clock) if clock is not None else MemoryRecorder()
    key, office = KeyEncryptionKey(secrets.token_bytes(KEY_BYTES)), _office(MemoryTokens())
    box = SealedBox(MemoryBoxStore(), MemoryBoxKeys(), key)
    ledger, vault = _ledger(recorder, MemoryKeyStore(), key, box)
    ballots = Ballots(ledger, box)
    sign_ins = _sign_ins(MemorySignIns(), vault, access)
    messages = MessageOffice(MemoryMessages(), vault, _now, usual)
    ledger.keepers = office, ballots, sign_ins, messages
    states, running = Definition(ledger), set[UUID]()
    questions, log = Questions(ledger, states), TransparencyLog(recorder, MemoryLog(), LogKey.fresh(), _now)
    ledger.reporter = reports = Reporting(questions, log)
    return Installation(
        ledger=ledger,
        states=states,
        questions=questions,
        vault=vault,
        tokens=office,
        callers=Callers(ledger),
        sign_ins=sign_ins,
        log=log,
        reports=reports,
        trail=MemoryTrail(),
        webhooks=_webhooks(MemoryWebhooks(), vault, HttpReceivers(networks)),
        box=box,
        ballots=ballots,
        boxes=BoxKeeper(ballots),
        recurrences=(recurrences := RuleRecurrences()),
        resampling=SciPyResampling(),
        schedules=ScheduleKeeper(ledger, questions, recurrences),
        messages=messages,
        staging=lambda organisation: MemoryStaging(recorder, organisation, running),
        search=MemorySearch(states),
        access=access,
    )


def _ledger(recorder: LedgerRecorder, keys: KeyStore, ring: Ring, box: BallotBox) -> tuple[Ledger, Vault]:
    vault = KeyVault(keys, ring)
    return Ledger(recorder, EventMapper(), vault, uuid4, box), vault


def _office(store: TokenStore) -> TokenOffice:
    return TokenOffice(store, lambda: secrets.token_urlsafe(32), uuid4, _now)


def _sign_ins(store: SignInStore, vault: Vault, access: AccessTokens | None) -> SignInOffice:
    return SignInOffice(store, vault.digest, uuid4, _now, access.names if access is not None else ())


def _webhooks(store: WebhookStore, vault: Vault, receivers: Receivers) -> WebhookOffice:
    return WebhookOffice(store, vault, receivers, uuid4, _now)


def _now() -> datetime:
    return datetime.now(UTC)
