"""The command `avow`: what an operator does with an installation, from one terminal."""

from adapters.cli.main import main

__all__ = ["main"]
