"""The HTTP API: schema, command, handler, status; every no is a problem detail, made in one place."""
