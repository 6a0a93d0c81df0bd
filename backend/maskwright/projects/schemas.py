"""Projects on the wire."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from maskwright.accounts.domain import Actor, Permission
from maskwright.projects.domain import Counts, Coverage, ProjectState
from maskwright.projects.models import Project

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Prose = Annotated[str, StringConstraints(max_length=100_000)]
LeaseSeconds = Annotated[int, Field(ge=60, le=24 * 3600)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProjectCreate(_Body):
    name: Name
    description: Prose = ""
    instructions: Prose = ""
    lease_seconds: LeaseSeconds | None = None
    coverage: Coverage | None = None
    is_anonymous: bool | None = None


class ProjectPatch(_Body):
    name: Name | None = None
    description: Prose | None = None
    instructions: Prose | None = None
    state: ProjectState | None = None
    lease_seconds: LeaseSeconds | None = None
    coverage: Coverage | None = None
    is_anonymous: bool | None = None


class CountsOut(BaseModel):
    """`assets` is the sum of the others; `submitted` is that of `in_review` and `done`."""

    assets: int
    to_label: int
    in_progress: int
    questions: int
    submitted: int
    in_review: int
    done: int
    skipped: int
    processing: int
    failed: int

    @classmethod
    def of(cls, counts: Counts) -> "CountsOut":
        return cls(assets=counts.assets, submitted=counts.submitted, **asdict(counts))


class ProjectOut(BaseModel):
    id: UUID
    name: str
    description: str
    instructions: str
    state: ProjectState
    lease_seconds: int
    coverage: Coverage
    is_anonymous: bool = Field(description="reviewers and labelers don't see who did what")
    ontology_version: int | None
    counts: CountsOut
    cover_url: str | None
    created_at: datetime
    updated_at: datetime
    permissions: list[Permission] = Field(description="what the caller may do in this project")

    @classmethod
    def of(
        cls, project: Project, counts: Counts, cover_url: str | None, caller: Actor
    ) -> "ProjectOut":
        return cls(
            permissions=sorted(caller.permissions),
            id=project.id,
            name=project.name,
            description=project.description,
            instructions=project.instructions,
            state=project.state,
            lease_seconds=project.lease_seconds,
            coverage=project.coverage,
            is_anonymous=project.is_anonymous,
            ontology_version=project.ontology_version,
            counts=CountsOut.of(counts),
            cover_url=cover_url,
            created_at=project.created_at,
            updated_at=project.updated_at,
        )
