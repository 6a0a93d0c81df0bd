"""The container deployment agrees with the settings. No container is started here."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import AliasChoices
from pydantic_settings import BaseSettings

from maskwright.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["setup", "api", "worker"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


def environment_names(settings: type[BaseSettings]) -> set[str]:
    """Every environment variable that a group of settings reads."""
    names: set[str] = set()
    prefix = settings.model_config.get("env_prefix", "")
    for name, field in settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseSettings):
            names |= environment_names(kind)
        elif isinstance(field.validation_alias, AliasChoices):
            names |= {str(choice) for choice in field.validation_alias.choices}
        else:
            names.add(f"{prefix}{name}".upper())
    return names


@pytest.mark.parametrize("service", OURS)
def test_every_variable_that_a_container_is_given_is_a_setting(service: str) -> None:
    assert set(SERVICES[service]["environment"]) <= environment_names(Settings)


def test_every_variable_that_an_image_sets_is_a_setting() -> None:
    named = set(re.findall(r"\bMASKWRIGHT_[A-Z0-9_]+(?==)", DOCKERFILE))
    assert named - {"MASKWRIGHT_API"} <= environment_names(Settings)
    assert "${MASKWRIGHT_API}" in (ROOT / "deploy/nginx/maskwright.conf.template").read_text()


@pytest.mark.parametrize("service", OURS)
def test_no_secret_has_a_default(service: str) -> None:
    for name, value in SERVICES[service]["environment"].items():
        is_optional = "S3" in name or name == "MASKWRIGHT_SMTP_URL"
        if re.search(r"PASSWORD|SECRET_KEY$|_URL$", name) and not is_optional:
            assert re.search(r"\$\{[A-Z_]+:\?", value), f"{name} could be left out"


@pytest.mark.parametrize("service", OURS)
def test_our_containers_are_unprivileged(service: str) -> None:
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["read_only"] is True
    target = SERVICES[service]["build"]["target"]
    stage = DOCKERFILE.split(f" AS {target}\n")[1].split("\nFROM ")[0]
    assert re.search(r"^USER \d+$", stage, re.MULTILINE)


@pytest.mark.parametrize("service", ["postgres", "redis"])
def test_servers_are_waited_for_until_they_are_healthy(service: str) -> None:
    assert "healthcheck" in SERVICES[service]
    assert SERVICES["setup"]["depends_on"][service] == {"condition": "service_healthy"}


@pytest.mark.parametrize("service", ["setup", "api", "worker", "web"])
def test_images_are_stages_of_the_dockerfile(service: str) -> None:
    build = SERVICES[service]["build"]
    assert (ROOT / build["dockerfile"]).is_file()
    assert f" AS {build['target']}\n" in DOCKERFILE


def test_files_that_the_images_copy_exist() -> None:
    for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE):
        *copied, _ = line.split()
        missing = [name for name in copied if not (ROOT / name).exists()]
        assert not missing
