"""What every test may use; each part is explained where it lives."""

from hypothesis import settings

pytest_plugins = ["tests.support.engines", "tests.support.databases", "tests.support.browser"]

# A busy machine is no failure, and the same examples on every machine make a red run mean something.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")
