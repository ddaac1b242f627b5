"""Why an access token is not believed. Each tells its rule, and nothing of the token but what its bearer can see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.http.refusals import HttpRefusal

AGAIN = "ask the issuer for a new access token; docs/identity.md says what it has to be like"


class AccessTokenRefused(HttpRefusal):
    """An access token that opens nothing; each of its kinds is one rule."""

    status = 401
    where = "Authorization"
    way_out = AGAIN

    @property
    def headers(self) -> Mapping[str, str]:
        """What was wrong with the authentication (RFC 6750): the rule's name, nothing of the token."""
        return {"WWW-Authenticate": f'Bearer realm="avow", error="invalid_token", error_description="{self.code}"'}


@dataclass(eq=False)
class AccessTokenTooLong(AccessTokenRefused):
    """A text far longer than any access token."""

    limit: int
    rule = "this access token has more than {limit} characters"


@dataclass(eq=False)
class AccessTokenNotReadable(AccessTokenRefused):
    """A text that is no signed token in the compact form, or holds a JSON that can be read in two ways."""

    why: str
    rule = "this access token cannot be read: {why}"


@dataclass(eq=False)
class AccessTokenEncrypted(AccessTokenRefused):
    """An encrypted token, or one within another: neither is read here."""

    rule = "this access token is encrypted, or is a token within a token"
    way_out = "let the issuer sign access tokens for this audience, and not encrypt them"


@dataclass(eq=False)
class AlgorithmNotAccepted(AccessTokenRefused):
    """A token signed by a method that is not on the list, or not at all (RFC 8725, 3.1 and 3.2)."""

    accepted: str
    rule = "this access token is not signed by one of {accepted}"
    way_out = "let the issuer sign access tokens for this audience with one of these"


@dataclass(eq=False)
class HeaderNotUnderstood(AccessTokenRefused):
    """A token whose header demands an extension that is not known here (RFC 7515, crit)."""

    rule = "the header of this access token demands an extension that is not known here"
    way_out = "let the issuer leave `crit` and `b64` out"


@dataclass(eq=False)
class AccessTokenOfAnotherType(AccessTokenRefused):
    """A token of another kind, such as an ID token (RFC 8725, 3.11)."""

    expected: str
    rule = "this is no access token: the header `typ` is not {expected}"
    way_out = "send the access token, not the ID token; where the issuer cannot set `typ`, see AVOW_OIDC_TOKEN_TYPE"


@dataclass(eq=False)
class IssuerNotTrusted(AccessTokenRefused):
    """A token of an issuer that is not among the configured ones (RFC 8725, 3.8)."""

    rule = "the issuer of this access token is not one that Avow was told to trust"
    way_out = "sign in where your organisation does; an operator names issuers in AVOW_OIDC_ISSUER"


@dataclass(eq=False)
class AudienceNotOurs(AccessTokenRefused):
    """A token that was issued for somebody else to accept (RFC 8725, 3.9)."""

    rule = "this access token is for another audience"
    way_out = "ask the issuer for an access token for Avow; an operator names the audience in AVOW_OIDC_AUDIENCE"


@dataclass(eq=False)
class SigningKeyUnknown(AccessTokenRefused):
    """A token that names no key, or one that its issuer does not publish."""

    rule = "this access token names no key that its issuer publishes"


@dataclass(eq=False)
class SigningKeyUnfit(AccessTokenRefused):
    """A key that its issuer publishes but that no token may be signed with."""

    why: str
    rule = "the key of this access token cannot be used: {why}"
    way_out = "tell whoever runs the issuer; it needs keys for signing, RSA of 2048 bits, P-256, P-384 or Ed25519"


@dataclass(eq=False)
class SignatureNotValid(AccessTokenRefused):
    """A signature that is not the issuer's."""

    rule = "the signature of this access token is not its issuer's"


@dataclass(eq=False)
class ClaimMissing(AccessTokenRefused):
    """A token that leaves out what has to be known of it."""

    claim: str
    rule = "this access token has no claim `{claim}`"


@dataclass(eq=False)
class ClaimNotReadable(AccessTokenRefused):
    """A claim that is not of its kind: a time that is no number, a subject that is no text."""

    claim: str
    rule = "the claim `{claim}` of this access token is not of its kind"


@dataclass(eq=False)
class AccessTokenExpired(AccessTokenRefused):
    """A token past its end."""

    rule = "this access token has expired"


@dataclass(eq=False)
class AccessTokenNotYetValid(AccessTokenRefused):
    """A token from the future: issued, or valid, only later than now."""

    claim: str
    rule = "this access token lies in the future (claim `{claim}`)"
    way_out = "wait a moment; if it lasts, the clocks of issuer and server differ, which `avow doctor` tells"


@dataclass(eq=False)
class IssuerUnavailable(HttpRefusal):
    """The issuer's keys cannot be read at present, so it cannot be told whether the token is its own."""

    seconds: int
    status = 503
    rule = "the issuer's keys cannot be read at present, so nobody can tell whether this token is its own"
    way_out = "send the request again in {seconds} s; tokens issued by Avow itself are accepted meanwhile"

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come back."""
        return {"Retry-After": str(self.seconds)}
