"""What RFC 8725 has a verifier refuse, each by itself, over HTTP and with the rule's own name."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.oidc.conftest import Trusting, trusting
from tests.support.issuer import ED25519, P256, P384, RSA, WEAK, LocalIssuer, PrivateKey, encoded, published, token
from tests.support.provider import Provider

HEADER = {"alg": "RS256", "typ": "at+jwt", "kid": "rsa"}


@pytest.mark.parametrize(
    ("key", "alg", "kid"),
    [
        (RSA, "RS256", "rsa"),
        (RSA, "PS256", "rsa"),
        (RSA, "PS256", "rsa-for-pss"),
        (P256, "ES256", "p256"),
        (P384, "ES384", "p384"),
        (ED25519, "EdDSA", "ed25519"),
        (ED25519, "Ed25519", "ed25519"),
    ],
)
def test_methods_with_a_public_key_are_accepted(
    acme: Trusting, issuer: LocalIssuer, key: PrivateKey, alg: str, kid: str
) -> None:
    assert acme.ask(issuer.sign(key, alg=alg, kid=kid))[0] == 200


@pytest.mark.parametrize("alg", ["none", "None", "nOnE", ""])
def test_an_unsigned_token_is_refused(acme: Trusting, issuer: LocalIssuer, alg: str) -> None:
    header = {**HEADER, "alg": alg}
    unsigned = token(header, issuer.claims(), None)
    assert acme.refusal(f"{unsigned}AA") == "algorithm-not-accepted"
    assert acme.refusal(unsigned) == "algorithm-not-accepted"
    assert acme.refusal(token(HEADER, issuer.claims(), None)) == "access-token-not-readable"


@pytest.mark.parametrize("form", ["PEM", "DER", "n"])
def test_a_public_key_is_no_shared_secret(acme: Trusting, issuer: LocalIssuer, form: str) -> None:
    public = RSA.public_key()
    secret = {
        "PEM": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "DER": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "n": published(RSA, "rsa")["n"].encode(),
    }[form]
    assert acme.refusal(token({**HEADER, "alg": "HS256"}, issuer.claims(), secret)) == "algorithm-not-accepted"


def test_a_shared_secret_that_is_published_is_none(acme: Trusting, issuer: LocalIssuer) -> None:
    secret = base64.urlsafe_b64decode("c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA==")
    header = {**HEADER, "kid": "shared"}
    assert acme.refusal(token({**header, "alg": "HS256"}, issuer.claims(), secret)) == "algorithm-not-accepted"
    assert acme.refusal(token(header, issuer.claims(), RSA)) == "signing-key-unfit"


@pytest.mark.parametrize(
    ("key", "alg", "kid"),
    [
        (RSA, "RS256", "p256"),
        (P256, "ES256", "rsa"),
        (RSA, "RS256", "rsa-for-pss"),
        (RSA, "RS256", "for-encryption"),
        (RSA, "RS256", "twice"),
        (P384, "ES256", "p384"),
        (ED25519, "ES256", "ed25519"),
    ],
)
def test_a_key_is_used_for_what_it_is_for(
    acme: Trusting, issuer: LocalIssuer, key: PrivateKey, alg: str, kid: str
) -> None:
    assert acme.refusal(issuer.sign(key, alg=alg, kid=kid)) == "signing-key-unfit"


@pytest.mark.parametrize("alg", ["RS384", "RS512", "ES512", "ES256K", "HS512", "RSA1_5", "x", 7, None, ["RS256"]])
def test_the_list_of_methods_is_fixed(acme: Trusting, issuer: LocalIssuer, alg: Any) -> None:
    refused = token({**HEADER, "alg": alg}, issuer.claims(), RSA)
    assert acme.refusal(refused) == "algorithm-not-accepted"


@pytest.mark.parametrize("kid", ["another", "", " rsa", "RSA", 7, None, {}, "../keys", "x" * 201])
def test_a_key_that_is_not_published_is_refused(acme: Trusting, issuer: LocalIssuer, kid: Any) -> None:
    assert acme.refusal(token({**HEADER, "kid": kid}, issuer.claims(), RSA)) == "signing-key-unknown"
    assert acme.refusal(token({"alg": "RS256", "typ": "at+jwt"}, issuer.claims(), RSA)) == "signing-key-unknown"


def test_a_weak_key_is_refused(acme: Trusting, issuer: LocalIssuer) -> None:
    assert acme.refusal(issuer.sign(WEAK, kid="weak")) == "signing-key-unfit"
    assert "RSA key of 1024 bits" in acme.api.get("me").get_json()["detail"]


def test_another_s_signature_is_refused(acme: Trusting, issuer: LocalIssuer) -> None:
    good = issuer.sign()
    head, body, signed = good.split(".")
    assert acme.refusal(issuer.sign(WEAK)) == "signature-not-valid"
    changed = encoded(json.dumps(issuer.claims(sub="bob")).encode())
    assert acme.refusal(f"{head}.{changed}.{signed}") == "signature-not-valid"
    assert acme.refusal(f"{head}.{body}.{signed[:-8]}") == "signature-not-valid"
    assert acme.refusal(issuer.sign(P256, alg="ES256", kid="p256")[:-4]) == "signature-not-valid"
    zeros = encoded(bytes(64))
    assert acme.refusal(token({**HEADER, "alg": "ES256", "kid": "p256"}, issuer.claims(), None) + zeros) == (
        "signature-not-valid"
    )


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk", "x5c", "x5t"])
def test_keys_that_a_token_brings_along_are_never_looked_at(acme: Trusting, issuer: LocalIssuer, name: str) -> None:
    stranger = published(WEAK, "mine")
    with LocalIssuer([stranger]) as elsewhere:
        brought = {"jku": f"{elsewhere.name}/keys", "x5u": f"{elsewhere.name}/keys", "jwk": stranger, "x5c": ["MIIB"]}
        header = {**HEADER, name: brought.get(name, "abc")}
        assert acme.refusal(token({**header, "kid": "mine"}, issuer.claims(), WEAK)) == "signing-key-unknown"
        assert acme.refusal(token(header, issuer.claims(), WEAK)) == "signature-not-valid"
        assert acme.ask(token(header, issuer.claims(), RSA))[0] == 200
        assert elsewhere.asked == []


@pytest.mark.parametrize("more", [{"crit": ["exp"], "exp": 1}, {"crit": []}, {"b64": False, "crit": ["b64"]}])
def test_an_extension_that_is_demanded_is_refused(acme: Trusting, issuer: LocalIssuer, more: dict[str, Any]) -> None:
    assert acme.refusal(token({**HEADER, **more}, issuer.claims(), RSA)) == "header-not-understood"


@pytest.mark.parametrize("iss", ["https://elsewhere.example.org", "", None, 7, ["http://127.0.0.1"]])
def test_another_issuer_is_refused(acme: Trusting, issuer: LocalIssuer, iss: Any) -> None:
    assert acme.refusal(issuer.sign(iss=iss)) == "issuer-not-trusted"


def test_an_issuer_s_name_is_compared_to_the_letter(acme: Trusting, issuer: LocalIssuer) -> None:
    for name in (
        f"{issuer.name}/",
        issuer.name.upper(),
        f" {issuer.name}",
        issuer.name.replace("127.0.0.1", "localhost"),
    ):
        assert acme.refusal(issuer.sign(iss=name)) == "issuer-not-trusted"


@pytest.mark.parametrize("aud", ["another", "Avow", "avow ", [], ["another"], "", [["avow"]], {"avow": 1}, 7])
def test_a_token_for_somebody_else_is_refused(acme: Trusting, issuer: LocalIssuer, aud: Any) -> None:
    assert acme.refusal(issuer.sign(aud=aud)) in {"audience-not-ours", "claim-not-readable"}
    assert acme.ask(issuer.sign(aud=["another", "avow"]))[0] == 200


@pytest.mark.parametrize("claim", ["exp", "iat", "sub", "aud"])
def test_what_has_to_be_said_is_said(acme: Trusting, issuer: LocalIssuer, claim: str) -> None:
    without: Any = {claim: None}
    assert acme.refusal(issuer.sign(**without)) == "claim-missing"
    assert f"`{claim}`" in acme.api.get("me").get_json()["detail"]


def test_an_expired_token_is_refused_but_clocks_may_differ_a_little(acme: Trusting, issuer: LocalIssuer) -> None:
    now = int(time.time())
    assert acme.ask(issuer.sign(exp=now - 50))[0] == 200
    for exp in (now - 70, 0, -1, -(10**30)):
        assert acme.refusal(issuer.sign(exp=exp)) == "access-token-expired"
    strict = trusting(issuer.name, skew=0)
    assert strict.refusal(issuer.sign(exp=now - 1)) == "access-token-expired"


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_token_from_the_future_is_refused(acme: Trusting, issuer: LocalIssuer, claim: str) -> None:
    now = int(time.time())
    later: Any
    soon: Any
    soon, later = {claim: now + 50}, {claim: now + 70}
    assert acme.ask(issuer.sign(**soon))[0] == 200
    assert acme.refusal(issuer.sign(**later)) == "access-token-not-yet-valid"


@pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
@pytest.mark.parametrize("value", ["9999999999", True, [1], {"at": 1}])
def test_a_time_is_a_number(acme: Trusting, issuer: LocalIssuer, claim: str, value: Any) -> None:
    assert acme.refusal(issuer.sign(**{claim: value})) == "claim-not-readable"


@pytest.mark.parametrize("exp", [b"1e400", b"NaN", b"Infinity", b"9" * 60])
def test_a_time_is_a_number_that_there_is(acme: Trusting, issuer: LocalIssuer, exp: bytes) -> None:
    claims = json.dumps(issuer.claims(exp=7)).encode().replace(b'"exp": 7', b'"exp": ' + exp)
    assert acme.refusal(token(HEADER, claims, RSA)) in {"access-token-not-readable", "claim-not-readable"}


@pytest.mark.parametrize("typ", ["JWT", "jwt", "id_token", "dpop+jwt", "secevent+jwt", "logout+jwt", "", 7, None])
def test_a_token_of_another_kind_is_refused(acme: Trusting, issuer: LocalIssuer, typ: Any) -> None:
    assert acme.refusal(token({**HEADER, "typ": typ}, issuer.claims(), RSA)) == "access-token-of-another-type"
    bare = {name: value for name, value in HEADER.items() if name != "typ"}
    assert acme.refusal(token(bare, issuer.claims(), RSA)) == "access-token-of-another-type"
    for good in ("AT+JWT", "application/at+jwt"):
        assert acme.ask(token({**HEADER, "typ": good}, issuer.claims(), RSA))[0] == 200


def test_where_types_are_not_told_apart_id_tokens_are(issuer: LocalIssuer) -> None:
    old = trusting(issuer.name, typ="JWT")
    header = {**HEADER, "typ": "JWT"}
    assert old.ask(token(header, issuer.claims(), RSA))[0] == 200
    for claim in ("nonce", "at_hash", "c_hash"):
        assert old.refusal(token(header, issuer.claims(**{claim: "x"}), RSA)) == "access-token-of-another-type"


def test_a_huge_token_is_not_looked_at(acme: Trusting, issuer: LocalIssuer) -> None:
    assert acme.refusal(issuer.sign(more="x" * 9000)) == "access-token-too-long"


def test_tokens_within_tokens_and_encrypted_ones_are_refused(acme: Trusting, issuer: LocalIssuer) -> None:
    good = issuer.sign()
    nested = token({**HEADER, "cty": "JWT"}, good.encode(), RSA)
    assert acme.refusal(nested) in {"access-token-encrypted", "access-token-not-readable"}
    assert acme.refusal(token({**HEADER, "cty": "JWT"}, issuer.claims(), RSA)) == "access-token-encrypted"
    assert acme.refusal(token({**HEADER, "enc": "A256GCM"}, issuer.claims(), RSA)) == "access-token-encrypted"
    assert acme.refusal("eyJh.eyJh.eyJh.eyJh.eyJh") == "access-token-encrypted"


def test_what_can_be_read_in_two_ways_is_refused(acme: Trusting, issuer: LocalIssuer) -> None:
    twice = json.dumps(issuer.claims()).encode()[:-1] + b', "sub": "bob"}'
    assert acme.refusal(token(HEADER, twice, RSA)) == "access-token-not-readable"
    header = json.dumps(HEADER).encode()[:-1] + b', "alg": "none"}'
    assert acme.refusal(token(header, issuer.claims(), RSA)) == "access-token-not-readable"


@pytest.mark.parametrize("claims", [b"[]", b'"x"', b"{", b"\xff{}", b"null", b"[" * 3000, b'{"a":' * 900])
def test_what_is_no_object_is_refused(acme: Trusting, claims: bytes) -> None:
    assert acme.refusal(token(HEADER, claims, RSA)) == "access-token-not-readable"


@pytest.mark.parametrize("text", ["a.b", "a.b.c", "..", ".", "a b.c.d", "eyJhbGciOiJSUzI1NiJ9..x", "é.é.é", "a=.b=.c="])
def test_what_is_no_token_is_refused(acme: Trusting, text: str) -> None:
    acme.api.token = text.encode().decode("latin-1")
    assert acme.api.get("me").get_json()["rule"] == "access-token-not-readable"


@pytest.mark.parametrize("sub", ["", " ", "\t", 7, None, ["anna"], "x" * 256, {"anna": 1}])
def test_a_subject_is_somebody(acme: Trusting, issuer: LocalIssuer, sub: Any) -> None:
    assert acme.refusal(issuer.sign(sub=sub)) in {"claim-not-readable", "claim-missing"}


def test_a_real_provider_s_token_is_refused_once_it_is_tampered_with(provider: Provider) -> None:
    acme = trusting(provider.issuer)
    good = provider.sign_in("anna").access
    head, body, signed = good.split(".")
    assert acme.ask(good)[0] == 200
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    keys: Any = httpx.get(f"{provider.issuer}/oauth/jwks.json", trust_env=False).json()["keys"]
    unsigned = encoded(json.dumps({**header, "alg": "none"}).encode())
    assert acme.refusal(f"{unsigned}.{body}.{signed}") == "algorithm-not-accepted"
    symmetric = {**header, "alg": "HS256"}
    claims = base64.urlsafe_b64decode(body + "==")
    assert acme.refusal(token(symmetric, claims, keys[0]["n"].encode())) == "algorithm-not-accepted"
    assert acme.refusal(token(header, claims, RSA)) == "signature-not-valid"
    assert acme.refusal(token({**header, "jwk": published(RSA, header["kid"])}, claims, RSA)) == "signature-not-valid"
    forged = encoded(claims.replace(b'"anna"', b'"bob"'))
    assert acme.refusal(f"{head}.{forged}.{signed}") == "signature-not-valid"
