"""Plans bought: by a mandate that renews itself or once for a period, changed, paused, ended, refunded."""
