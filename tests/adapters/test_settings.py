"""Settings come from the environment; what is wrong with one is said by name, and no password is repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.settings import Oidc, Settings, SettingsWrong


def test_nothing_need_be_set() -> None:
    settings = Settings.read({})
    assert (settings.host, settings.port, settings.database_url) == ("127.0.0.1", 8000, None)
    assert settings.data == Path(".avow").absolute()
    assert settings.postgres_folder == settings.data / "postgres"
    assert settings.key_file == settings.data / "key-encryption-key"


def test_everything_can_be_set_and_blanks_count_as_unset() -> None:
    settings = Settings.read(
        {
            "AVOW_DATA": "/var/lib/avow",
            "AVOW_HOST": "0.0.0.0",  # noqa: S104
            "AVOW_PORT": " 9000 ",
            "AVOW_DATABASE_URL": "postgresql://avow@db/avow",
            "AVOW_KEY_ENCRYPTION_KEY_FILE": "/run/secrets/key",
            "AVOW_WORKERS": "",
        }
    )
    assert (settings.port, settings.workers) == (9000, 2)
    assert settings.database_url == "postgresql://avow@db/avow"
    assert settings.key_file == Path("/run/secrets/key")


@pytest.mark.parametrize("port", ["eight", "-1", "65536", "80.5", "²"])
def test_a_port_is_a_number_in_range(port: str) -> None:
    with pytest.raises(SettingsWrong, match=r"AVOW_PORT is .*; it takes a whole number from 0 to 65535"):
        Settings.read({"AVOW_PORT": port})


def test_a_wrong_database_url_is_not_repeated() -> None:
    with pytest.raises(SettingsWrong, match="AVOW_DATABASE_URL cannot be read") as refused:
        Settings.read({"AVOW_DATABASE_URL": "postgres//me:hunter2@db"})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("name", ["POSTGRES_ENABLE_DB_FUNCTIONS", "AVOW_POSTGRES_ENABLE_DB_FUNCTIONS"])
def test_the_switch_that_loses_events_is_refused(name: str) -> None:
    with pytest.raises(SettingsWrong, match="loses events"):
        Settings.read({name: "Y"})
    Settings.read({name: "no"})


ISSUER = {"AVOW_OIDC_ISSUER": "https://login.example.org/realms/acme", "AVOW_OIDC_AUDIENCE": "avow"}


def test_issuers_are_named_with_the_audience_that_avow_is_to_them() -> None:
    found = Settings.read(ISSUER).oidc
    assert found == Oidc(issuers=("https://login.example.org/realms/acme",), audience="avow", typ="at+jwt", skew=60)
    two = {**ISSUER, "AVOW_OIDC_ISSUER": " https://a.example.org  https://b.example.org "}
    assert Settings.read(two).oidc == Oidc(issuers=("https://a.example.org", "https://b.example.org"), audience="avow")
    assert Settings.read({}).oidc is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AVOW_OIDC_ISSUER", "http://login.example.org", "not reached by https"),
        ("AVOW_OIDC_ISSUER", "https://login.example.org?x=1", "a query or a fragment"),
        ("AVOW_OIDC_ISSUER", "login.example.org", "AVOW_OIDC_ISSUER names"),
        ("AVOW_OIDC_ISSUER", "", "AVOW_OIDC_AUDIENCE is set, and AVOW_OIDC_ISSUER"),
        ("AVOW_OIDC_AUDIENCE", "", "AVOW_OIDC_AUDIENCE is not set"),
        ("AVOW_OIDC_TOKEN_TYPE", "any", "at.jwt or JWT"),
        ("AVOW_OIDC_SKEW", "301", "a whole number from 0 to 300"),
    ],
)
def test_half_of_an_issuer_is_refused(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsWrong, match=said):
        Settings.read({**ISSUER, name: value})
