"""Stored read models: what each stream was, laid out in valid and known time, so that no question replays a history."""
