"""Alembic's environment: runs on the connection that the program hands over."""

from alembic import context

from app.migrations.modeles import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
