"""Alembic's entry: runs on the connection that `run` hands in, in its transaction.

SQLite can roll back DDL; Alembic only believes it when told so, and a killed upgrade then leaves the old schema.
PostgreSQL: two processes that upgrade at once take turns; the second finds nothing to do.
"""

from alembic import context
from sqlalchemy import text

from jobbot.platform.storage.database import ADVISORY_LOCK

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
context.configure(connection=connection, transaction_per_migration=False, transactional_ddl=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
