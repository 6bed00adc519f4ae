"""The database engine, its sessions, migrations, cache, files and audit chain."""
