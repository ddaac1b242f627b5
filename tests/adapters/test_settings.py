"""Settings come from the environment; what is wrong with one is said by name, and no password is repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.settings import Settings, SettingsWrong


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
