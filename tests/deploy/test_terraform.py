"""The shipped infrastructure: what it says of the product is so, and Terraform finds no fault with it.

Terraform itself is asked where it is at hand, with the AWS provider in a folder that TF_PLUGIN_DIR names.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from complianceai.entry.serving import GRACE_SECONDS
from tests.deploy.settings import KNOWN

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "deploy" / "terraform"
PLAYED = Path(__file__).with_name("played.tftest.hcl")
# The cloud that Terraform can play knows no values that are never written down: a text stands in for them.
EPHEMERAL = re.compile(
    r'(?ms)^ephemeral .*?^}\n|ephemeral\.(?:\w+\.)+\w+(?:\["\w+"\])?(?:\.random_password|\.secret_string)'
)
FILES = sorted(SHIPPED.glob("*.tf"))
TEXT = "\n".join(file.read_text("utf-8") for file in FILES)

needs_terraform = pytest.mark.skipif(
    shutil.which("terraform") is None, reason="terraform is not on this machine"
)
needs_provider = pytest.mark.skipif(
    shutil.which("terraform") is None or "TF_PLUGIN_DIR" not in os.environ,
    reason="terraform, or the folder of its AWS provider (TF_PLUGIN_DIR), is not on this machine",
)


def _terraform(folder: Path, *words: str) -> str:
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    done = subprocess.run(
        ["terraform", f"-chdir={folder}", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _made_ready(folder: Path) -> Path:
    """A folder with the shipped files, in which Terraform has its provider."""
    for file in FILES:
        shutil.copy(file, folder)
    _terraform(folder, "init", "-no-color", "-backend=false", f"-plugin-dir={os.environ['TF_PLUGIN_DIR']}")
    return folder


def _block(start: str, text: str = TEXT) -> str:
    """The lines from one that begins so to the brace that ends it."""
    found = re.search(rf"(?ms)^( *){re.escape(start)}.*?^\1[}})]", text)
    assert found is not None, start
    return found[0]


@needs_terraform
def test_the_files_are_laid_out_as_terraform_lays_them_out() -> None:
    assert _terraform(SHIPPED, "fmt", "-check", "-recursive") == ""
    assert subprocess.run(["terraform", "fmt", "-check", str(PLAYED)], check=False).returncode == 0


@needs_provider
def test_terraform_finds_the_files_valid(tmp_path: Path) -> None:
    assert "The configuration is valid" in _terraform(_made_ready(tmp_path), "validate", "-no-color")


@needs_provider
def test_everything_is_planned_in_a_cloud_that_is_played(tmp_path: Path) -> None:
    _made_ready(tmp_path)
    for file in tmp_path.glob("*.tf"):
        file.write_text(EPHEMERAL.sub(lambda hit: "" if "\n" in hit[0] else '"played"', file.read_text()))
    (tmp_path / "tests").mkdir()
    shutil.copy(PLAYED, tmp_path / "tests")
    assert "3 passed, 0 failed" in _terraform(tmp_path, "test", "-no-color")


@pytest.mark.parametrize("name", ["settings", "secrets"])
def test_what_the_tasks_are_given_are_settings(name: str) -> None:
    given = re.findall(r"(?m)^ +([A-Z_]+) +=", _block(f"{name} = merge({{"))
    assert len(given) >= 3
    assert set(given) <= KNOWN | {"AWS_REGION", "TMPDIR"}


def test_no_secret_stands_in_the_files_or_in_the_state() -> None:
    assert not re.search(r"(?m)^\s*(password|auth_token|secret_string)\s*=", TEXT)
    assert len(re.findall(r"secret_string_wo\s+=|password_wo\s+=", TEXT)) == 5


def test_the_roll_out_finds_its_services_and_containers() -> None:
    asked = (ROOT / "deploy" / "roll-out").read_text("utf-8")
    assert "SERVICES=(complianceai-web complianceai-worker)" in asked
    assert '"name": "complianceai", "command": ["migrate"]' in asked
    assert re.findall(r"(?m)^    (\w+) = \{", _block("services = {")) == ["web", "worker"]
    assert 'name                               = "complianceai-${each.key}"' in _block(
        'resource "aws_ecs_service" "main"'
    )


def test_a_task_is_given_longer_to_stop_than_the_product_takes() -> None:
    [allowed] = re.findall(r"stopTimeout +=\s+(\d+)", TEXT)
    assert int(allowed) > GRACE_SECONDS + 10


def test_every_variable_and_output_says_what_it_is_and_every_variable_is_used() -> None:
    blocks = re.findall(r'(?ms)^(variable|output) "(\w+)" \{(.*?)^\}', TEXT)
    assert len(blocks) >= 20
    for kind, name, inside in blocks:
        assert re.search(r'description = ".{15,}\."', inside), name
        assert kind == "output" or re.search(rf"var\.{name}\b", TEXT), name


@pytest.mark.parametrize(
    "start",
    ["aws_s3_bucket_public_access_block", "aws_s3_bucket_versioning", "aws_s3_bucket_policy",
     "aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_lifecycle_configuration"],
)  # fmt: skip
def test_every_bucket_is_private_encrypted_and_keeps_what_was_removed(start: str) -> None:
    assert re.search(r"for_each\s+= (aws_s3_bucket\.kept|local\.buckets)\n", _block(f'resource "{start}" '))
