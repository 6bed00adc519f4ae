"""Schemathesis finds nothing: every operation of the description, every check, as an owner, by a token, signed out."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from complianceai.entry.asgi import create_app
from complianceai.entry.settings import Settings
from complianceai.storage.database import Database
from complianceai.storage.migrate import migrate
from tests.cast import ASHA, PROFILE
from tests.security.serving import served, signed_up

# What would end the very sign-in that the run goes on with; the other runs try it.
ENDS: dict[str, list[str]] = {
    "owner": ["--exclude-path=/api/auth/logout", "--exclude-path=/api/auth/sessions/{session_id}"],
    "token": ["--exclude-path=/api/auth/tokens/{token_id}"],
    "nobody": [],
}
# A schema cannot say that a password is the right one, that figures agree, or that a date lies within the law. For the
# rest, what is no good is refused by its field, in the shape that the description gives of a refusal.
# What follows what is read from the description; to guess it from every address in every reply, of which a calendar has
# hundreds, takes minutes and finds nothing else.
SETTINGS = """
color = false
[parameters]
"path.company_id" = "{company}"
[phases.stateful.inference]
algorithms = ["dependency-analysis"]
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "422", "429"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "422", "429"]
[checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx"]
"""


@dataclass(frozen=True)
class Target:
    """The live application, a company in it, and how its owner is let in."""

    address: str
    company: str
    cookie: str
    token: str

    def settings(self, who: str) -> str:
        let_in = {
            "owner": f'[auth.openapi.session]\napi_key = "{self.cookie}"\n',
            "token": f'[auth.openapi.token]\nbearer = "{self.token}"\n',
            "nobody": "",
        }
        return SETTINGS.format(company=self.company) + let_in[who]


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    url = f"sqlite:///{tmp_path / 'whole.db'}"
    asyncio.run(_migrate(url))
    with served(url) as address, signed_up(address, *ASHA) as client:
        company = client.post("/api/companies", json={"profile": PROFILE}).json()["data"]["id"]
        wish = {"name": "Program", "may": ["read", "write", "account"]}
        token = client.post("/api/auth/tokens", json=wish).json()["data"]["token"]
        yield Target(address, company, client.cookies["complianceai"], token)


@pytest.mark.parametrize("who", ENDS)
def test_a_few_examples_of_each_operation_find_nothing(target: Target, tmp_path: Path, who: str) -> None:
    # What follows from one another is left to the long run: to find it out grows with the square of the operations.
    _find_nothing(target, tmp_path, who, examples=2, phases="examples,coverage,fuzzing")


@pytest.mark.slow
@pytest.mark.parametrize("who", ENDS)
def test_many_examples_of_each_operation_find_nothing(target: Target, tmp_path: Path, who: str) -> None:
    _find_nothing(target, tmp_path, who, examples=60)


def _find_nothing(
    target: Target, folder: Path, who: str, examples: int, phases: str = "examples,coverage,fuzzing,stateful"
) -> None:
    settings = folder / "schemathesis.toml"
    settings.write_text(target.settings(who))
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), f"--config-file={settings}", "run"),
        *(f"{target.address}/api/openapi.json", "--checks=all", f"--max-examples={examples}"),
        f"--phases={phases}",
        *("--generation-deterministic", "--continue-on-failure", "--suppress-health-check=all", "--no-color"),
        *ENDS[who],
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=3000)
    if done.returncode != 0:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


def test_the_description_tells_each_operation_s_refusals_and_how_to_sign_in() -> None:
    made = create_app(Settings(_env_file=None, database_url="sqlite:///never-opened.db")).openapi()
    assert set(made["components"]["securitySchemes"]) == {"session", "token"}
    operations = [
        (f"{method} {path}", told) for path, item in made["paths"].items() for method, told in item.items()
    ]
    for name, told in operations:
        assert {"422", "429", "500", "503"} <= set(told["responses"]), name
        if told.get("security"):
            assert {"401", "403"} <= set(told["responses"]), name
        if "requestBody" in told:
            assert {"400", "413"} <= set(told["responses"]), name
    assert "HTTPValidationError" not in str(made)
