"""Every read of practices, each through the Scope of whoever asks."""
