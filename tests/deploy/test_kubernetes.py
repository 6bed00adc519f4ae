"""The manifests for Kubernetes: whole, closed, and true to the product."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from complianceai.entry.cli import app
from complianceai.entry.serving import GRACE_SECONDS
from tests.deploy.settings import KNOWN

FOLDER = Path(__file__).parents[2] / "deploy" / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))
KINDS = {
    "Namespace", "ServiceAccount", "ConfigMap", "Job", "Deployment", "Service", "Ingress", "NetworkPolicy",
    "PodDisruptionBudget", "HorizontalPodAutoscaler",
}  # fmt: skip


def _documents(*names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        yield from yaml.safe_load_all((FOLDER / name).read_text("utf-8"))


ALL = list(_documents(*KUSTOMIZATION["resources"]))
RUNNING = {each["metadata"]["name"]: each for each in ALL if each["kind"] in {"Job", "Deployment"}}


def _pod(name: str) -> dict[str, Any]:
    pod: dict[str, Any] = RUNNING[name]["spec"]["template"]["spec"]
    return pod


def _container(name: str) -> dict[str, Any]:
    [container] = _pod(name)["containers"]
    return dict(container)


def _one(kind: str, name: str) -> dict[str, Any]:
    [found] = [each for each in ALL if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def test_every_file_is_named_and_every_kind_is_there() -> None:
    files = {file.name for file in FOLDER.glob("*.yaml")}
    assert files == {*KUSTOMIZATION["resources"], "kustomization.yaml", "secret.example.yaml"}
    assert {each["kind"] for each in ALL} == KINDS
    assert set(RUNNING) == {"migrate", "web", "worker"}


def test_what_is_given_is_a_setting() -> None:
    [secret] = _documents("secret.example.yaml")
    assert set(_one("ConfigMap", "settings")["data"]) <= KNOWN
    assert {key.upper() for key in secret["stringData"]} <= KNOWN
    assert not any(secret["stringData"].values())


@pytest.mark.parametrize("name", RUNNING)
def test_the_secret_is_read_from_where_the_settings_say(name: str) -> None:
    mounts = {each["name"]: each for each in _container(name)["volumeMounts"]}
    volumes = {each["name"]: each for each in _pod(name)["volumes"]}
    [secret] = _documents("secret.example.yaml")
    assert _container(name)["envFrom"] == [{"configMapRef": {"name": "settings"}}]
    assert mounts["secrets"]["mountPath"] == _one("ConfigMap", "settings")["data"]["SECRETS_DIR"]
    assert volumes["secrets"]["secret"]["secretName"] == secret["metadata"]["name"]
    assert mounts.keys() == volumes.keys()


@pytest.mark.parametrize("name", RUNNING)
def test_each_runs_the_image_by_a_command_that_there_is(name: str) -> None:
    commands = {command.name for command in app.registered_commands}
    container = _container(name)
    assert container["image"] == KUSTOMIZATION["images"][0]["name"] == "complianceai"
    assert "command" not in container  # the image's own entry stays
    assert container["args"][0] in commands


@pytest.mark.parametrize("name", RUNNING)
def test_each_runs_as_nobody_in_particular_and_writes_nowhere_but_to_its_volumes(name: str) -> None:
    pod, container = _pod(name), _container(name)
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"--uid {pod['securityContext']['runAsUser']} " in (FOLDER.parents[1] / "Dockerfile").read_text()
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    assert {"/data", "/tmp"} <= {each["mountPath"] for each in container["volumeMounts"]}  # noqa: S108


def test_the_web_is_asked_how_it_is_and_has_time_to_end() -> None:
    container = _container("web")
    probes = {
        kind: container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")
    }
    assert probes == {
        "startup": "/api/health/live", "liveness": "/api/health/live", "readiness": "/api/health/ready",
    }  # fmt: skip
    waiting = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert _pod("web")["terminationGracePeriodSeconds"] > waiting + GRACE_SECONDS
    assert RUNNING["web"]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


@pytest.mark.parametrize("name", ["web", "worker"])
def test_selectors_find_what_they_are_for(name: str) -> None:
    labels = RUNNING[name]["spec"]["template"]["metadata"]["labels"]
    assert RUNNING[name]["spec"]["selector"]["matchLabels"] == labels
    assert _one("PodDisruptionBudget", name)["spec"]["selector"]["matchLabels"] == labels
    assert _one("HorizontalPodAutoscaler", name)["spec"]["scaleTargetRef"]["name"] == name
    assert "replicas" not in RUNNING[name]["spec"]  # or every apply would undo the autoscaler


def test_the_way_in_leads_to_the_web_alone() -> None:
    labels = RUNNING["web"]["spec"]["template"]["metadata"]["labels"]
    service, [rule] = _one("Service", "web"), _one("Ingress", "web")["spec"]["rules"]
    assert service["spec"]["selector"] == labels
    assert service["spec"]["ports"][0]["targetPort"] == _container("web")["ports"][0]["name"]
    assert rule["http"]["paths"][0]["backend"]["service"] == {"name": "web", "port": {"name": "http"}}
    assert _one("ConfigMap", "settings")["data"]["PUBLIC_URL"] == f"https://{rule['host']}"
    assert _one("NetworkPolicy", "web")["spec"]["podSelector"]["matchLabels"] == labels
    everybody = _one("NetworkPolicy", "all")["spec"]
    assert everybody["podSelector"] == {}
    assert "ingress" not in everybody


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on this machine")
def test_kubectl_puts_them_together() -> None:
    done = subprocess.run(["kubectl", "kustomize", str(FOLDER)], capture_output=True, text=True, check=True)
    made = list(yaml.safe_load_all(done.stdout))
    assert len(made) == len(ALL)
    for each in made:
        assert each["metadata"]["labels"]["app.kubernetes.io/name"] == "complianceai"
        assert each["kind"] == "Namespace" or each["metadata"]["namespace"] == "complianceai"
    assert done.stdout.count("image: registry.example/complianceai:first") == len(RUNNING)
