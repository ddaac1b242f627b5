"""What the HTTP API is handed by the composition root."""

from __future__ import annotations

from typing import Protocol

from adapters.oidc.verifying import AccessTokens
from application.ballots import Ballots
from application.callers import Callers
from application.ledger import Ledger
from application.messages import MessageOffice
from application.ports import Recurrences, Vault
from application.questions import Questions
from application.reads import Trail
from application.reporting import Reporting
from application.resampling import Resampling
from application.searching import KnowledgeSearch
from application.signing_in import SignInOffice
from application.states import States
from application.tokens import TokenOffice
from application.transparency import TransparencyLog
from application.webhooks import WebhookOffice


class Services(Protocol):
    """The application's parts that a request may need; `adapters.bootstrap` puts them together."""

    @property
    def ledger(self) -> Ledger:
        """The one way in."""
        ...

    @property
    def states(self) -> States:
        """The states that answers are derived from."""
        ...

    @property
    def questions(self) -> Questions:
        """Asks them as of a moment."""
        ...

    @property
    def vault(self) -> Vault:
        """Opens private texts, and keeps the organisation's secret."""
        ...

    @property
    def tokens(self) -> TokenOffice:
        """Recognises bearer tokens."""
        ...

    @property
    def callers(self) -> Callers:
        """Knows who is behind a token at present."""
        ...

    @property
    def sign_ins(self) -> SignInOffice:
        """Knows which subject of an issuer is which person."""
        ...

    @property
    def access(self) -> AccessTokens | None:
        """Believes access tokens of issuers; None where no issuer is configured."""
        ...

    @property
    def trail(self) -> Trail:
        """Who opened what is sensitive."""
        ...

    @property
    def webhooks(self) -> WebhookOffice:
        """Who is called when something is recorded."""
        ...

    @property
    def search(self) -> KnowledgeSearch:
        """Finds knowledge by its words."""
        ...

    @property
    def ballots(self) -> Ballots:
        """What participants confide; apart from the history."""
        ...

    @property
    def reports(self) -> Reporting:
        """Asks what reports tell, and told."""
        ...

    @property
    def messages(self) -> MessageOffice:
        """What people chose about their messages, and what became of them."""
        ...

    @property
    def recurrences(self) -> Recurrences:
        """Works out when something recurs."""
        ...

    @property
    def resampling(self) -> Resampling:
        """Tells how sure a difference between groups is."""
        ...

    @property
    def log(self) -> TransparencyLog:
        """The signed checkpoints over each history, and their proofs."""
        ...
