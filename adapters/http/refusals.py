"""What HTTP itself refuses: tokens, headers, bodies, cursors. Same look as the rules of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class HttpRefusal(Refusal):
    """A refusal that knows its own status, and the headers that belong to it."""

    status: ClassVar[int]

    @property
    def headers(self) -> Mapping[str, str]:
        """What the reply carries beside its body."""
        return {}


@dataclass(eq=False)
class TokenMissing(HttpRefusal):
    """A request without a bearer token."""

    status = 401
    where = "Authorization"
    rule = "this needs a token"
    way_out = "send the header Authorization: Bearer TOKEN, an access token of your issuer or one of Avow's own"

    @property
    def headers(self) -> Mapping[str, str]:
        """How to authenticate."""
        return {"WWW-Authenticate": 'Bearer realm="avow"'}


@dataclass(eq=False)
class TokenNotValid(HttpRefusal):
    """A bearer token that is unknown, expired or revoked; which of them is not told."""

    status = 401
    where = "Authorization"
    rule = "this token opens nothing: it is unknown, has expired or was revoked"
    way_out = "use a token that holds; administrators issue tokens, and operators do with `avow token`"

    @property
    def headers(self) -> Mapping[str, str]:
        """What was wrong with the authentication."""
        return {"WWW-Authenticate": 'Bearer realm="avow", error="invalid_token"'}


@dataclass(eq=False)
class NoSuchOrganisation(HttpRefusal):
    """There is no such organisation, or the token is for another one: nobody is told which."""

    status = 404
    kind = RefusalKind.UNKNOWN
    where = "organisation"
    rule = "there is no such organisation for this token"
    way_out = (
        "check the organisation's key in the address; a token of Avow's own opens the one organisation it was issued "
        "for, an issuer's those in which an administrator said whose it is"
    )


@dataclass(eq=False)
class RouteUnknown(HttpRefusal):
    """An address at which there is nothing."""

    status = 404
    kind = RefusalKind.UNKNOWN
    rule = "there is nothing at this address"
    way_out = "/docs lists every address"


@dataclass(eq=False)
class MethodNotOffered(HttpRefusal):
    """An address that is asked in a way it does not answer."""

    method: str
    offered: str
    status = 405
    rule = "this address does not answer {method}"
    way_out = "it answers {offered}; what is recorded is never changed or deleted, only corrected"

    @property
    def headers(self) -> Mapping[str, str]:
        """The methods that are answered."""
        return {"Allow": self.offered}


@dataclass(eq=False)
class MediaTypeNotRead(HttpRefusal):
    """A body that does not say it is JSON."""

    sent: str
    status = 415
    where = "Content-Type"
    rule = "a body of type {sent} is not read here"
    way_out = "send JSON, and the header Content-Type: application/json"


@dataclass(eq=False)
class BodyTooLarge(HttpRefusal):
    """A body beyond the limit; it is not read."""

    limit: int
    status = 413
    rule = "the body is larger than {limit} bytes"
    way_out = "one request records facts of one record; bring in whole histories with `avow import`"


@dataclass(eq=False)
class BodyTooSlow(HttpRefusal):
    """A body that was held back: whoever sent it may not be allowed to any more by the time that it is there."""

    seconds: float
    status = 400
    rule = "the body was not there whole within {seconds:g} seconds; nothing was recorded"
    way_out = "send the request again with its body at once"


@dataclass(eq=False)
class BodyNotJson(HttpRefusal):
    """A body that cannot be read as JSON text in UTF-8."""

    why: str
    status = 400
    kind = RefusalKind.INVALID
    rule = "the body is not JSON: {why}"
    way_out = "send one JSON object, encoded in UTF-8, nested at most 16 deep, without repeated names"


@dataclass(eq=False)
class FieldsNotValid(HttpRefusal):
    """Fields that cannot be read as what they should be; `problems` names each with what is wrong."""

    field: str
    problem: str
    problems: Mapping[str, str]
    status = 422
    kind = RefusalKind.INVALID
    rule = "{field}: {problem}"
    way_out = "mend what `data.problems` lists; /docs describes every field"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # whichever field it was


@dataclass(eq=False)
class HeaderMalformed(HttpRefusal):
    """A header that cannot be read."""

    header: str
    why: str
    status = 400
    kind = RefusalKind.INVALID
    rule = "the header {header} {why}"
    way_out = "send it as /docs describes it"

    def __post_init__(self) -> None:
        self.where = self.header  # type: ignore[misc]  # whichever header it was


@dataclass(eq=False)
class VersionNotStated(HttpRefusal):
    """A change of a record without saying which version of it its author saw."""

    status = 428
    where = "If-Match"
    rule = "a change of a record says which version of it you saw"
    way_out = "GET the record, and send its ETag as the header If-Match"


@dataclass(eq=False)
class IdempotencyKeyReused(HttpRefusal):
    """A key that was used for another request."""

    status = 422
    kind = RefusalKind.INVALID
    where = "Idempotency-Key"
    rule = "this key was used for another request"
    way_out = "repeat a request with the very same body, or give a new request a new key"


@dataclass(eq=False)
class CursorNotValid(HttpRefusal):
    """A cursor that was made up, or belongs to another question, organisation or caller."""

    status = 400
    kind = RefusalKind.INVALID
    where = "cursor"
    rule = "this cursor does not belong to this question"
    way_out = "ask again without a cursor, and follow the links rel=next as they are"


@dataclass(eq=False)
class NothingThereYet(HttpRefusal):
    """A read that would wait for what nobody has recorded."""

    wanted: int
    newest: int
    status = 422
    kind = RefusalKind.INVALID
    where = "at_least"
    rule = "nothing is recorded at position {wanted} yet, so there is nothing to wait for"
    way_out = "wait for a position that a request was recorded at, {newest} at most"


@dataclass(eq=False)
class EventUnknown(HttpRefusal):
    """A position at which nothing is recorded, or was not yet at the known time asked about."""

    position: str
    newest: int
    status = 404
    kind = RefusalKind.UNKNOWN
    where = "position"
    rule = "there is no event at position {position!r}, as far as was known then"
    way_out = "name a position from 1 to {newest}; GET …/history lists the events"


@dataclass(eq=False)
class NotBegunThen(HttpRefusal):
    """A record that there is, but was not at the moment asked about."""

    what: str
    reference: str
    status = 404
    kind = RefusalKind.UNKNOWN
    where = "valid_at"
    rule = "there was no {what} {reference!r} yet at that moment, as far as was known then"
    way_out = "ask for a later moment, or leave valid_at and known_at out for the present"


@dataclass(eq=False)
class RequestMalformed(HttpRefusal):
    """A request that the server's framework cannot make sense of."""

    why: str
    code_of_status: int
    rule = "the request cannot be read: {why}"
    way_out = "/docs describes what can be asked"
    status = 400


@dataclass(eq=False)
class NobodyBehindToken(HttpRefusal):
    """A question about oneself with a token that is nobody's."""

    status = 403
    kind = RefusalKind.FORBIDDEN
    rule = "this token is no person's, so there is nobody who could owe anything"
    way_out = "ask with a token that was issued for a person"


@dataclass(eq=False)
class TextForErased(HttpRefusal):
    """Own words for somebody whose key was destroyed."""

    status = 409
    rule = "somebody whom this is about was erased; no text can be kept for them any more"
    way_out = "leave out the words in `reason`, `result` and the like, or speak about somebody else"


@dataclass(eq=False)
class NotOnRecordThen(HttpRefusal):
    """A record that there is, asked about at an instant, or as known at one, at which there was none yet."""

    what: str
    reference: str
    instant: str
    status = 404
    rule = "the {what} {reference!r} was not on record at `{instant}`, as far as was known then"
    way_out = "ask about a later instant, or as it was known later; GET …/history shows when it came on record"

    def __post_init__(self) -> None:
        self.where = self.instant  # type: ignore[misc]  # `from`, `to` or `valid_at`
