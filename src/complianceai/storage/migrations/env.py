"""What Alembic runs for each command, on the connection that `storage/migrate.py` hands it."""

from alembic import context

from complianceai.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The embedded engine cannot alter a table in place: batch mode copies it.
    render_as_batch=True,
    compare_type=True,
    # The caller's transaction holds the lock that keeps two starting processes apart.
    transactional_ddl=False,
)
context.run_migrations()
