"""One organisation with something of everything, so that each route can be walked on real
objects. Every object is made afresh when a route asks for it: the call before may have used it up.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from maskwright.accounts.domain import Permission, Role, Scope
from maskwright.accounts.service import invitations, project_roles, tokens
from maskwright.comments import service as comments
from maskwright.comments.schemas import ThreadIn
from maskwright.exports import service as exports
from maskwright.exports.domain import ExportFormat
from maskwright.exports.schemas import ExportCreate
from maskwright.gold.run_scores import score_tasks
from maskwright.kernel.ids import new_id
from maskwright.projects import service as projects
from maskwright.projects.domain import ProjectState
from maskwright.projects.schemas import ProjectPatch
from maskwright.quality.service.applying import apply_rules
from maskwright.queue import desk as managers_desk
from maskwright.queue import service as queue
from maskwright.workforce.schemas import TeamCreate
from maskwright.workforce.service import teams
from tests.queue.desk import HEIGHT, WIDTH, Caller, Desk, an_object, box_mask, ready_asset
from tests.support.world import Person, World

API = "/api/v1"

#: What the auditor's role is made of: he sees what people do, and changes nothing.
LOOKING = (Permission.VIEW_QUALITY, Permission.VIEW_PEOPLE, Permission.VIEW_AUDIT)


@dataclass
class Things:
    """What one call is about.

    path  values of the path's parameters
    seen  ids that nobody outside of the organisation may read in an answer
    """

    path: dict[str, object] = field(default_factory=dict)
    fence: int = 0
    class_id: str = ""
    projects: list[UUID] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


class Estate:
    """The organisation, three of its members, and somebody who has no business there."""

    def __init__(self, world: World, client: TestClient) -> None:
        self.world, self.client = world, client
        self.owner = world.person(Role.OWNER)
        self.manager = world.colleague(self.owner, Role.MANAGER)
        self.labeler = world.colleague(self.owner, Role.LABELER)
        self.auditor = world.with_permissions(self.owner, *LOOKING)
        self.stranger = world.person(Role.OWNER)
        self._makers: dict[str, Callable[[Things, Person], object]] = {
            "project_id": self._project,
            "asset_id": self._asset,
            "class_id": self._class,
            "attachment_id": self._attachment,
            "lease_id": self._lease,
            "version_id": self._version,
            "earlier_id": self._earlier_version,
            "export_id": self._export,
            "task_id": lambda things, person: self._claimed(things)[1]["task"]["id"],
            "batch_id": self._batch,
            "model_id": self._model,
            "question_id": self._question,
            "thread_id": self._thread,
            "user_id": lambda things, person: world.colleague(self.owner, Role.LABELER).id,
            "role_id": lambda things, person: world.custom_role(self.owner, Permission.LABEL),
            "invitation_id": lambda things, person: self._invitation()[0],
            "token": lambda things, person: self._invitation()[1],
            "reset_token": lambda things, person: "nonsense",
            "unsubscribe_token": lambda things, person: "nonsense",
            "token_id": self._token,
            "team_id": lambda things, person: self._team(),
            "gold_id": lambda things, person: self._gold(things)[0],
            "attempt_id": lambda things, person: self._gold(things)[1],
            "dispute_id": self._dispute,
            "rule_id": lambda things, person: self._rule(things)[1],
            "firing_id": self._firing,
            "kind": lambda things, person: "exam",
            "report": lambda things, person: "people",
            "rendition": lambda things, person: "original",
            "level": lambda things, person: 0,
            "x": lambda things, person: 0,
            "y": lambda things, person: 0,
        }

    def things_for(self, parameters: list[str], caller: Person | None) -> Things:
        """Fresh objects of the organisation for these path parameters. What belongs to one person
        (a token) is the caller's own, or the labeler's where the caller is from outside."""
        inside = caller in (self.manager, self.labeler, self.auditor)
        holder = caller if caller is not None and inside else self.labeler
        things = Things(seen={str(self.owner.organization_id), str(self.owner.id)})
        for name in parameters:
            things.path[name] = self._makers[name](things, holder)
        return things

    def kept_out(self, things: Things, person: Person) -> bool:
        """Keep somebody out of the projects that these are of; False where they are of none."""
        with self.world.work_of(self.owner) as work:
            for project_id in things.projects:
                project_roles.give_role(work, project_id, person.id, None, None)
        return bool(things.projects)

    def archived_project(self) -> UUID:
        project_id = self.world.project(self.manager)
        with self.world.work_of(self.manager) as work:
            projects.change_project(work, project_id, ProjectPatch(state=ProjectState.ARCHIVED))
        return project_id

    def _desk(self, things: Things) -> Desk:
        project_id = self.world.project(self.manager)
        classes = self.world.classes(self.manager, project_id, "car")
        things.seen.add(str(project_id))
        things.projects.append(project_id)
        things.class_id = str(classes["car"])
        return Desk(self.world, self.manager, project_id, classes, [], [])

    def _project(self, things: Things, holder: Person) -> UUID:
        desk = self._desk(things)
        desk.add_images(2)
        things.seen |= {str(desk.assets[0]), str(desk.tasks[0])}
        return desk.project_id

    def _asset(self, things: Things, holder: Person) -> UUID:
        desk = self._desk(things)
        blobs = self.world.resources.blobs
        with self.world.work_of(self.manager) as work:
            asset = ready_asset(self.manager.organization_id, desk.project_id)
            asset.original_key = f"{desk.project_id}/original"
            asset.tiles = {
                "key": f"{desk.project_id}/tiles",
                "tile_size": 512,
                "levels": [{"level": 0, "width": WIDTH, "height": HEIGHT}],
            }
            asset.deep = {
                "key": f"{desk.project_id}/deep",
                "low": 0,
                "high": 9,
                "min": 0,
                "max": 9,
                "offset": 0.0,
                "scale": 1.0,
                "tiles": asset.tiles,
            }
            work.session.add(asset)
            work.session.flush()
            queue.add_task(work, asset)
        blobs.put(asset.original_key, b"pixels", content_type=asset.media_type)
        # The head of a pyramid, where its only tile lies, and the tile.
        pyramid = bytes(16) + struct.pack("<QQ", 32, 36) + b"tile"
        blobs.put(asset.tiles["key"], pyramid, content_type="application/octet-stream")
        return asset.id

    def _class(self, things: Things, holder: Person) -> str:
        """Of the project that the path names before it."""
        return things.class_id

    def _gold(self, things: Things) -> tuple[str, str]:
        """A gold, and the labeler's attempt at it, of which he is told."""
        desk = self._desk(things)
        manager = Caller(self.client, self.manager, desk)
        labeler = Caller(self.client, self.labeler, desk)
        desk.add_images(1)
        claimed = manager.claim()
        assert manager.submit(claimed, []).status_code == 200
        project = f"/projects/{desk.project_id}"
        gold = [claimed["asset"]["id"]]
        assert manager.post(f"{project}/golds", {"asset_ids": gold}).json()["made"] == 1
        address = f"{API}{project}/gold/settings"
        settings = {"first_tasks": 1, "shows_feedback": True}
        self.client.put(address, json=settings, headers=self.manager.headers)
        desk.add_images(1)
        task_id = labeler.claim()
        assert labeler.submit(task_id, []).status_code == 200
        with self.world.work_of(self.owner) as work:
            assert score_tasks(work, [UUID(task_id["task"]["id"])]) == 1
        [found] = manager.get(f"{project}/gold/attempts").json()["items"]
        things.seen |= {found["gold_id"], found["id"]}
        return found["gold_id"], found["id"]

    def _dispute(self, things: Things, holder: Person) -> str:
        _, attempt_id = self._gold(things)
        answer = self.client.post(
            f"{API}/gold-attempts/{attempt_id}/dispute",
            json={"text": "There is no car."},
            headers=self.labeler.headers,
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def _rule(self, things: Things) -> tuple[Caller, str]:
        """A rule that is met by whoever hands in anything within a minute, and its manager."""
        desk = self._desk(things)
        manager = Caller(self.client, self.manager, desk)
        made = manager.post(
            f"/projects/{desk.project_id}/quality-rules",
            {
                "name": "Too quick",
                "metric": "task_seconds",
                "threshold": 60,
                "last": 1,
                "at_least": 1,
                "action": "pause",
            },
        )
        assert made.status_code == 201, made.text
        return manager, made.json()["id"]

    def _firing(self, things: Things, holder: Person) -> str:
        manager, _ = self._rule(things)
        desk = manager.desk
        desk.add_images(1)
        labeler = Caller(self.client, self.labeler, desk)
        assert labeler.submit(labeler.claim(), []).status_code == 200
        with self.world.work_of(self.owner) as work:
            assert apply_rules(work, desk.project_id, self.labeler.id) == 1
        [entry] = manager.get(f"/projects/{desk.project_id}/rule-history").json()["items"]
        things.seen |= {entry["id"]}
        return str(entry["id"])

    def _attachment(self, things: Things, holder: Person) -> object:
        address = f"{API}/assets/{self._asset(things, holder)}/attachments"
        file = {"file": ("notes.txt", b"as the doctor wrote")}
        answer = self.client.post(address, files=file, headers=self.manager.headers)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def _claimed(self, things: Things) -> tuple[Caller, dict[str, Any]]:
        """The labeler holds a lease, whoever calls."""
        desk = self._desk(things)
        desk.add_images(1)
        caller = Caller(self.client, self.labeler, desk)
        claimed = caller.claim()
        things.fence = claimed["lease"]["fence"]
        return caller, claimed

    def _lease(self, things: Things, holder: Person) -> object:
        return self._claimed(things)[1]["lease"]["id"]

    def _version(self, things: Things, holder: Person) -> object:
        caller, claimed = self._claimed(things)
        answer = caller.submit(claimed, [an_object(UUID(things.class_id), box_mask(5, 5))])
        assert answer.status_code == 200, answer.text
        return answer.json()["label_version"]["id"]

    def _batch(self, things: Things, holder: Person) -> UUID:
        project_id = self._desk(things).project_id
        with self.world.work_of(self.manager) as work:
            return managers_desk.create_batch(
                work, project_id, name="Night", priority=1, due_at=None
            ).id

    def _model(self, things: Things, holder: Person) -> UUID:
        desk = self._desk(things)
        desk.add_images(1)
        manager = Caller(self.client, self.manager, desk)
        path = f"/projects/{desk.project_id}"
        said = {"asset": {"id": str(desk.assets[0])}, "objects": []}
        manager.post(f"{path}/predictions", {"model": "detector", "predictions": [said]})
        [model] = manager.get(f"{path}/prediction-models").json()["items"]
        return UUID(model["id"])

    def _question(self, things: Things, holder: Person) -> object:
        """Of a project of its own, which takes the place of the one in the path."""
        caller, claimed = self._claimed(things)
        assert caller.on(claimed, "ask", text="Which one?").status_code == 204
        path = f"/projects/{caller.desk.project_id}"
        things.path["project_id"] = caller.desk.project_id
        return caller.get(f"{path}/questions").json()["items"][0]["id"]

    def _earlier_version(self, things: Things, holder: Person) -> object:
        """Of the same image as the version that stands before it in the path."""
        return things.path["version_id"]

    def _export(self, things: Things, holder: Person) -> UUID:
        project_id = self._desk(things).project_id
        with self.world.work_of(self.manager) as work:
            wanted = ExportCreate(format=ExportFormat.COCO_INSTANCES)
            return exports.create_export(work, project_id, wanted).id

    def _thread(self, things: Things, holder: Person) -> UUID:
        """A conversation that the caller began, where he belongs here and has a say."""
        holder = self.labeler if holder is self.auditor else holder
        asset_id = self._asset(things, holder)
        with self.world.work_of(holder) as work:
            [thread] = comments.begin_threads(work, asset_id, [ThreadIn(text="Look here")])
        return thread.id

    def _invitation(self) -> tuple[UUID, str]:
        with self.world.work_of(self.manager) as work:
            made = invitations.invite(work, email=None, role=Role.LABELER, days=7)
        return made.invitation.id, made.secret

    def _team(self) -> UUID:
        with self.world.work_of(self.manager) as work:
            return teams.create_team(work, TeamCreate(name=f"Team {new_id()}")).id

    def _token(self, things: Things, holder: Person) -> UUID:
        with self.world.work_of(holder) as work:
            made = tokens.make_token(work, name="ci", scopes=[Scope.READ], expires_at=None)
        return made[0].id
