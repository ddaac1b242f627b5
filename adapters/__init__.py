"""Everything that touches the outside: PostgreSQL, HTTP, the command line, files, cryptography."""
