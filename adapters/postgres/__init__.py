"""The store: PostgreSQL 15 or newer, the embedded one by default. See docs/decisions/0003-store.md."""
