"""The archive: events, sources and immutable versions, behind one protocol for SQLite and PostgreSQL."""
