"""Sealing: people's text encrypted under keys that live apart from the events."""
