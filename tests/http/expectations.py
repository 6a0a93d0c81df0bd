"""Who gets what from each route. A route without a line here fails the test: see
`test_every_route_authorises.py`.

Nobody is asked to sign in (401). Somebody of another organisation finds nothing (404), or, where
a route speaks of his own organisation, his own things. A member who lacks the permission is told
so (403).
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from maskwright.kernel.ids import new_id
from tests.http.estate import API, Things

Body = Callable[[Things], Any]


@dataclass(frozen=True)
class Expectation:
    """The status that each of them gets.

    body     the JSON to send; it must be right, so that only authorisation can refuse the call
    request  further parts of the request
    streams  the answer does not end by itself: it is only looked at where it is a refusal
    """

    nobody: int
    stranger: int
    labeler: int
    manager: int
    auditor: int
    body: Body | None = None
    request: Callable[[Things], dict[str, Any]] | None = None
    streams: bool = False


def public(status: int, body: Body | None = None) -> Expectation:
    """The same for everybody, signed in or not."""
    return Expectation(status, status, status, status, status, body)


def every_member(status: int = 200, body: Body | None = None, **more: Any) -> Expectation:
    """On an object of the organisation: for all who belong to it."""
    return Expectation(401, 404, status, status, status, body, **more)


def workers(status: int = 200, body: Body | None = None, **more: Any) -> Expectation:
    """The same for who labels: the auditor only looks on."""
    return Expectation(401, 404, status, status, 403, body, **more)


def lookers(status: int = 200, **more: Any) -> Expectation:
    """On an object of the organisation: for who may look at what others do."""
    return Expectation(401, 404, 403, status, status, **more)


def own_lookers() -> Expectation:
    """The same where it speaks of the caller's own organisation."""
    return Expectation(401, 200, 403, 200, 200)


def managers(status: int = 200, body: Body | None = None, **more: Any) -> Expectation:
    """On an object of the organisation: for who may manage it."""
    return Expectation(401, 404, 403, status, 403, body, **more)


def ones_own(status: int = 200, body: Body | None = None) -> Expectation:
    """Speaks of the caller's own organisation, whichever that is: for all who have one."""
    return Expectation(401, status, status, status, status, body)


def own_managers(status: int = 200, body: Body | None = None, **more: Any) -> Expectation:
    """The same for who may manage it; the stranger owns his."""
    return Expectation(401, status, 403, status, 403, body, **more)


def its_holder(status: int, body: Body, **more: Any) -> Expectation:
    """A lease is its holder's, who is the labeler here; his manager does not act for him."""
    return Expectation(401, 404, status, 404, 403, body, **more)


def browsers_only(body: Body | None = None) -> Expectation:
    """All of them come with an API token, which is not enough."""
    return Expectation(401, 403, 403, 403, 403, body)


def json(**values: Any) -> Body:
    return lambda things: values


def with_fence(**values: Any) -> Body:
    return lambda things: {"fence": things.fence, **values}


def _idempotency_key(things: Things) -> dict[str, Any]:
    return {"headers": {"Idempotency-Key": "walk"}}


def _one_file(things: Things) -> dict[str, Any]:
    return {"files": {"files": ("photo.png", b"not an image, which is told per file")}}


def _one_text(things: Things) -> dict[str, Any]:
    return {"files": {"file": ("notes.txt", b"Look at the left kidney first.")}}


def _one_image(things: Things) -> dict[str, Any]:
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    return {"files": {"file": ("typical.png", content.getvalue())}}


_ACCEPTING = json(name="Bo", email="bo@example.com", password="a good long password")
_SIGNING_IN = json(email="nobody@example.com", password="wrong")
_A_RULE = {
    "name": "Low golds",
    "metric": "gold_iou",
    "threshold": 0.7,
    "last": 5,
    "at_least": 1,
    "action": "pause",
}
_A_CLASS = {"name": "bus", "color": "#aa8844"}

EXPECTATIONS: dict[tuple[str, str], Expectation] = {
    ("GET", "/healthz"): public(200),
    ("GET", "/readyz"): public(200),
    ("GET", "/metrics"): public(200),
    # accounts
    ("POST", f"{API}/session"): public(401, _SIGNING_IN),
    ("DELETE", f"{API}/session"): browsers_only(),
    ("GET", f"{API}/me"): ones_own(),
    ("PATCH", f"{API}/me"): browsers_only(json(name="Ann")),
    ("GET", f"{API}/me/preferences"): ones_own(),
    ("PATCH", f"{API}/me/preferences"): ones_own(
        200, json(shortcuts={"preset": "cvat", "changes": {"tool.brush": ["B"]}})
    ),
    ("GET", f"{API}/me/notifications"): ones_own(),
    ("POST", f"{API}/me/notifications/read"): ones_own(
        204, json(up_to="0192f0c0-0000-7000-8000-000000000000")
    ),
    ("POST", f"{API}/me/organization"): browsers_only(
        lambda things: {"organization_id": "0192f0c0-0000-7000-8000-000000000000"}
    ),
    ("GET", f"{API}/organization"): ones_own(),
    # The manager may not: an organisation's name is its owners'.
    ("PATCH", f"{API}/organization"): Expectation(401, 200, 403, 403, 403, json(name="Orchard")),
    ("GET", f"{API}/members"): own_lookers(),
    ("PATCH", f"{API}/members/{{user_id}}"): managers(200, json(role="ml")),
    ("DELETE", f"{API}/members/{{user_id}}"): managers(204),
    ("GET", f"{API}/invitations"): own_managers(),
    ("POST", f"{API}/invitations"): own_managers(201, json(role="labeler")),
    ("DELETE", f"{API}/invitations/{{invitation_id}}"): managers(204),
    ("POST", f"{API}/invitations/bulk"): own_managers(
        200, json(text="cy@example.com", role="labeler", only_check=True)
    ),
    ("POST", f"{API}/invitations/{{invitation_id}}/resend"): managers(200, json()),
    # Answered the same whoever asks, and whether there is such an account or not.
    ("POST", f"{API}/password-resets"): public(202, json(email="nobody@example.com")),
    ("GET", f"{API}/password-resets/by-token/{{reset_token}}"): public(404),
    ("POST", f"{API}/password-resets/by-token/{{reset_token}}"): public(
        404, json(password="a good long password")
    ),
    ("GET", f"{API}/me/notifications/choices"): ones_own(),
    ("PATCH", f"{API}/me/notifications/choices"): ones_own(200, json(kind="sent_back", mail="off")),
    ("GET", f"{API}/me/notifications/events"): Expectation(401, 200, 200, 200, 200, streams=True),
    ("POST", f"{API}/unsubscribe/{{unsubscribe_token}}"): public(404),
    # Whoever holds the link may see what it is for, and join.
    ("GET", f"{API}/invitations/by-token/{{token}}"): public(200),
    # The first one who accepts makes the account; the others don't know its password.
    ("POST", f"{API}/invitations/by-token/{{token}}/accept"): Expectation(
        200, 409, 409, 409, 409, _ACCEPTING
    ),
    ("GET", f"{API}/tokens"): ones_own(),
    ("POST", f"{API}/tokens"): ones_own(201, json(name="ci", scopes=["read"])),
    ("DELETE", f"{API}/tokens/{{token_id}}"): every_member(204),
    ("GET", f"{API}/audit"): own_lookers(),
    ("GET", f"{API}/audit.csv"): own_lookers(),
    ("GET", f"{API}/audit/actions"): own_lookers(),
    ("GET", f"{API}/roles"): own_lookers(),
    # Roles are the owners'.
    ("POST", f"{API}/roles"): Expectation(
        401, 201, 403, 403, 403, lambda things: {"name": f"Role {new_id()}", "permissions": []}
    ),
    ("PATCH", f"{API}/roles/{{role_id}}"): Expectation(
        401, 404, 403, 403, 403, json(permissions=["label"])
    ),
    ("DELETE", f"{API}/roles/{{role_id}}"): Expectation(401, 404, 403, 403, 403),
    # projects and ontologies
    ("GET", f"{API}/projects"): ones_own(),
    ("POST", f"{API}/projects"): own_managers(201, json(name="Street scenes")),
    ("GET", f"{API}/projects/{{project_id}}"): every_member(),
    ("PATCH", f"{API}/projects/{{project_id}}"): managers(200, json(name="Renamed")),
    # Refused to the manager only because the project is not archived.
    ("DELETE", f"{API}/projects/{{project_id}}"): managers(409),
    ("GET", f"{API}/projects/{{project_id}}/ontology"): every_member(),
    ("PUT", f"{API}/projects/{{project_id}}/ontology"): managers(
        200, lambda things: {"classes": [{"id": things.class_id, **_A_CLASS}]}
    ),
    ("GET", f"{API}/projects/{{project_id}}/ontology/versions"): every_member(),
    # assets
    ("GET", f"{API}/projects/{{project_id}}/assets"): every_member(),
    ("POST", f"{API}/projects/{{project_id}}/assets"): managers(request=_one_file),
    ("GET", f"{API}/projects/{{project_id}}/asset-fetches"): managers(),
    ("GET", f"{API}/projects/{{project_id}}/asset-fetches/counts"): managers(),
    ("GET", f"{API}/assets/{{asset_id}}"): every_member(),
    ("PATCH", f"{API}/assets/{{asset_id}}"): managers(200, json(name="photo.png")),
    ("DELETE", f"{API}/assets/{{asset_id}}"): managers(204),
    ("POST", f"{API}/assets/{{asset_id}}/reprocess"): managers(),
    ("GET", f"{API}/assets/{{asset_id}}/file/{{rendition}}"): every_member(),
    ("GET", f"{API}/assets/{{asset_id}}/tiles/{{level}}/{{x}}/{{y}}"): every_member(),
    ("GET", f"{API}/assets/{{asset_id}}/deep-tiles/{{level}}/{{x}}/{{y}}"): every_member(),
    # attachments
    ("POST", f"{API}/assets/{{asset_id}}/attachments"): managers(201, request=_one_text),
    ("GET", f"{API}/assets/{{asset_id}}/attachments"): every_member(),
    ("POST", f"{API}/projects/{{project_id}}/classes/{{class_id}}/references"): managers(
        201, request=_one_image
    ),
    ("GET", f"{API}/projects/{{project_id}}/class-references"): every_member(),
    ("POST", f"{API}/projects/{{project_id}}/attachments"): managers(201, request=_one_image),
    ("GET", f"{API}/projects/{{project_id}}/attachments"): every_member(),
    ("GET", f"{API}/attachments/{{attachment_id}}/file"): every_member(),
    ("DELETE", f"{API}/attachments/{{attachment_id}}"): managers(204),
    # labels
    ("GET", f"{API}/assets/{{asset_id}}/labels"): every_member(),
    ("GET", f"{API}/label-versions/{{version_id}}"): every_member(),
    # comments
    ("GET", f"{API}/assets/{{asset_id}}/comments"): every_member(),
    ("POST", f"{API}/assets/{{asset_id}}/comments"): workers(201, json(text="Look here")),
    ("GET", f"{API}/projects/{{project_id}}/comments"): every_member(),
    ("POST", f"{API}/comments/{{thread_id}}/replies"): workers(201, json(text="Indeed")),
    ("PATCH", f"{API}/comments/{{thread_id}}"): workers(200, json(state="resolved")),
    # queue
    ("POST", f"{API}/projects/{{project_id}}/queue/next"): workers(200, json()),
    ("POST", f"{API}/leases/{{lease_id}}/heartbeat"): its_holder(200, with_fence()),
    ("PATCH", f"{API}/leases/{{lease_id}}/draft"): its_holder(
        200, with_fence(client_id="tab", seq=1)
    ),
    ("POST", f"{API}/leases/{{lease_id}}/submit"): its_holder(
        200, with_fence(objects=[]), request=_idempotency_key
    ),
    ("POST", f"{API}/leases/{{lease_id}}/skip"): its_holder(204, with_fence(reason="blurred")),
    ("POST", f"{API}/leases/{{lease_id}}/release"): its_holder(204, with_fence()),
    ("GET", f"{API}/projects/{{project_id}}/queue"): every_member(),
    ("GET", f"{API}/projects/{{project_id}}/queue/skipped"): managers(),
    ("POST", f"{API}/projects/{{project_id}}/queue/return-skipped"): managers(
        200, json(task_ids=["0192f0c0-0000-7000-8000-000000000000"])
    ),
    ("GET", f"{API}/projects/{{project_id}}/my-work"): every_member(),
    ("GET", f"{API}/projects/{{project_id}}/my-work/handed-in"): every_member(),
    ("GET", f"{API}/projects/{{project_id}}/queue/tasks"): managers(),
    ("POST", f"{API}/projects/{{project_id}}/queue/count"): managers(
        200, json(pick={"text": "image"})
    ),
    ("POST", f"{API}/projects/{{project_id}}/queue/arrange"): managers(
        200, json(pick={"text": "image"}, set={"priority": 1})
    ),
    ("PATCH", f"{API}/projects/{{project_id}}/queue/settings"): managers(200, json(labeler_cap=10)),
    ("GET", f"{API}/projects/{{project_id}}/queue/caps"): managers(),
    ("PUT", f"{API}/projects/{{project_id}}/queue/caps"): managers(200, json(caps=[])),
    ("POST", f"{API}/leases/{{lease_id}}/revoke"): managers(204),
    ("POST", f"{API}/leases/{{lease_id}}/ask"): its_holder(204, with_fence(text="Which one?")),
    ("GET", f"{API}/tasks/{{task_id}}/why"): workers(),
    # Nobody finds it but who handed it in; that he does is tested with the reviews.
    ("POST", f"{API}/tasks/{{task_id}}/take-back"): Expectation(401, 404, 404, 404, 403),
    ("POST", f"{API}/tasks/{{task_id}}/resume"): Expectation(401, 404, 200, 404, 403),
    # The task is one of labeling; that a review is found is tested with the reviews.
    ("POST", f"{API}/tasks/{{task_id}}/review"): Expectation(401, 404, 403, 404, 403),
    ("GET", f"{API}/projects/{{project_id}}/batches"): every_member(),
    ("GET", f"{API}/projects/{{project_id}}/batches/csv"): every_member(),
    ("POST", f"{API}/projects/{{project_id}}/batches"): managers(201, json(name="Night")),
    ("PATCH", f"{API}/batches/{{batch_id}}"): managers(200, json(priority=2)),
    ("DELETE", f"{API}/batches/{{batch_id}}"): managers(204),
    ("GET", f"{API}/skills"): own_managers(),
    ("PUT", f"{API}/members/{{user_id}}/skills"): managers(200, json(skills=["x-ray"])),
    ("GET", f"{API}/projects/{{project_id}}/questions"): every_member(),
    ("POST", f"{API}/projects/{{project_id}}/questions/{{question_id}}/answer"): managers(
        200, json(text="Both.")
    ),
    ("GET", f"{API}/projects/{{project_id}}/late-work"): workers(),
    # The version that was made is no late work.
    ("POST", f"{API}/projects/{{project_id}}/late-work/{{version_id}}/adopt"): Expectation(
        401, 404, 409, 409, 403
    ),
    # predictions
    ("POST", f"{API}/projects/{{project_id}}/predictions"): managers(200, json(predictions=[])),
    ("GET", f"{API}/projects/{{project_id}}/predictions"): every_member(),
    ("GET", f"{API}/projects/{{project_id}}/prediction-models"): every_member(),
    ("DELETE", f"{API}/prediction-models/{{model_id}}"): managers(204),
    ("PUT", f"{API}/projects/{{project_id}}/prelabels"): managers(200, json(model_id=None)),
    # exports
    ("POST", f"{API}/projects/{{project_id}}/exports"): managers(
        202, json(format="coco-instances")
    ),
    ("GET", f"{API}/projects/{{project_id}}/exports"): managers(),
    ("GET", f"{API}/exports/{{export_id}}"): managers(),
    ("POST", f"{API}/exports/{{export_id}}/cancel"): managers(),
    ("DELETE", f"{API}/exports/{{export_id}}"): managers(204),
    # Refused to the manager only because it is not made yet.
    ("GET", f"{API}/exports/{{export_id}}/download"): managers(409),
    # reviews
    ("GET", f"{API}/projects/{{project_id}}/workflow"): every_member(),
    ("PUT", f"{API}/projects/{{project_id}}/workflow"): managers(200, json(version=0, steps=[])),
    ("GET", f"{API}/projects/{{project_id}}/reviews"): lookers(),
    ("POST", f"{API}/projects/{{project_id}}/reviews/approve"): managers(
        200, json(task_ids=["0192f0c0-0000-7000-8000-000000000000"])
    ),
    # A lease is its holder's, who labels here, and may not review.
    ("POST", f"{API}/leases/{{lease_id}}/verdict"): Expectation(
        401, 404, 403, 404, 403, with_fence(decision="approved")
    ),
    ("GET", f"{API}/assets/{{asset_id}}/verdicts"): every_member(),
    # Nobody labelled it yet.
    ("GET", f"{API}/assets/{{asset_id}}/consensus"): every_member(404),
    ("GET", f"{API}/label-versions/{{version_id}}/difference-from/{{earlier_id}}"): every_member(),
    # roles in a project
    ("GET", f"{API}/projects/{{project_id}}/people"): lookers(),
    ("PUT", f"{API}/projects/{{project_id}}/people/{{user_id}}"): managers(
        200, json(role="reviewer")
    ),
    ("DELETE", f"{API}/projects/{{project_id}}/people/{{user_id}}"): managers(200),
    # gold
    ("GET", f"{API}/projects/{{project_id}}/gold/settings"): lookers(),
    ("PUT", f"{API}/projects/{{project_id}}/gold/settings"): managers(200, json(percent=5)),
    ("GET", f"{API}/projects/{{project_id}}/golds"): lookers(),
    ("POST", f"{API}/projects/{{project_id}}/golds"): managers(
        200, json(asset_ids=["0192f0c0-0000-7000-8000-000000000000"])
    ),
    ("POST", f"{API}/projects/{{project_id}}/golds/files"): managers(
        request=lambda things: {"files": [("masks", ("classes.json", b'{"1": "car"}'))]}
    ),
    ("PATCH", f"{API}/golds/{{gold_id}}"): managers(204, json(is_mixed=False)),
    ("POST", f"{API}/golds/{{gold_id}}/retire"): managers(204, json(reason="blurred")),
    ("POST", f"{API}/golds/{{gold_id}}/replace"): managers(204, json()),
    ("GET", f"{API}/projects/{{project_id}}/gold/people"): lookers(),
    ("GET", f"{API}/projects/{{project_id}}/gold/attempts"): lookers(),
    ("GET", f"{API}/gold-attempts/{{attempt_id}}"): every_member(),
    # An objection is its attempt's author's.
    ("POST", f"{API}/gold-attempts/{{attempt_id}}/dispute"): Expectation(
        401, 404, 201, 404, 404, json(text="The shadow is no car.")
    ),
    ("GET", f"{API}/projects/{{project_id}}/gold/disputes"): lookers(),
    ("POST", f"{API}/gold-disputes/{{dispute_id}}/resolve"): managers(
        200, json(resolution="kept", answer="It is.")
    ),
    ("GET", f"{API}/projects/{{project_id}}/gold/mine"): every_member(),
    ("GET", f"{API}/leases/{{lease_id}}/feedback"): Expectation(401, 404, 200, 404, 404),
    # quality
    ("GET", f"{API}/projects/{{project_id}}/pauses"): lookers(),
    ("PUT", f"{API}/projects/{{project_id}}/pauses/{{user_id}}"): managers(
        204, json(reason="Please read the instructions again.")
    ),
    ("DELETE", f"{API}/projects/{{project_id}}/pauses/{{user_id}}"): managers(204),
    ("GET", f"{API}/projects/{{project_id}}/quality-rules"): lookers(),
    ("POST", f"{API}/projects/{{project_id}}/quality-rules"): managers(201, json(**_A_RULE)),
    ("POST", f"{API}/projects/{{project_id}}/quality-rules/try"): lookers(
        200, body=json(**_A_RULE)
    ),
    ("PUT", f"{API}/quality-rules/{{rule_id}}"): managers(200, json(**_A_RULE)),
    ("DELETE", f"{API}/quality-rules/{{rule_id}}"): managers(204),
    ("GET", f"{API}/projects/{{project_id}}/rule-history"): lookers(),
    ("GET", f"{API}/projects/{{project_id}}/rule-history/csv"): lookers(),
    ("POST", f"{API}/rule-firings/{{firing_id}}/undo"): managers(),
    # courses
    ("GET", f"{API}/projects/{{project_id}}/courses"): lookers(),
    ("PUT", f"{API}/projects/{{project_id}}/courses/{{kind}}"): managers(200, json(is_on=False)),
    ("DELETE", f"{API}/projects/{{project_id}}/courses/{{kind}}"): managers(
        404, request=lambda things: {"params": {"for_skill": "none such"}}
    ),
    ("POST", f"{API}/projects/{{project_id}}/courses/begin"): workers(404, json(skill="none such")),
    ("GET", f"{API}/projects/{{project_id}}/course-tries"): lookers(),
    ("POST", f"{API}/projects/{{project_id}}/courses/{{kind}}/people/{{user_id}}/pass"): managers(
        204
    ),
    ("POST", f"{API}/projects/{{project_id}}/courses/{{kind}}/people/{{user_id}}/another-try"): (
        managers(204)
    ),
    ("GET", f"{API}/projects/{{project_id}}/course-standing"): every_member(),
    # workforce
    ("GET", f"{API}/teams"): own_lookers(),
    ("POST", f"{API}/teams"): own_managers(201, json(name="Pixel Farm")),
    ("PATCH", f"{API}/teams/{{team_id}}"): managers(200, json(kind="vendor")),
    ("GET", f"{API}/teams/{{team_id}}/members"): lookers(),
    ("PUT", f"{API}/teams/{{team_id}}/members/{{user_id}}"): managers(204, json(is_lead=True)),
    ("DELETE", f"{API}/teams/{{team_id}}/members/{{user_id}}"): managers(204),
    ("GET", f"{API}/teams/{{team_id}}/rates"): managers(),
    ("POST", f"{API}/teams/{{team_id}}/rates"): managers(200, json(hourly="9.50", currency="EUR")),
    ("GET", f"{API}/me/time"): ones_own(),
    # Who does no work has no time to report.
    ("POST", f"{API}/me/time"): Expectation(
        401,
        200,
        200,
        200,
        403,
        json(client_id="0192f0c0-0000-7000-8000-000000000000", seq=1, segments=[]),
    ),
    ("GET", f"{API}/projects/{{project_id}}/time"): lookers(),
    ("GET", f"{API}/projects/{{project_id}}/time.csv"): lookers(),
    ("GET", f"{API}/projects/{{project_id}}/insights/{{report}}"): lookers(),
    ("GET", f"{API}/projects/{{project_id}}/insights/{{report}}/csv"): lookers(),
    # events
    ("GET", f"{API}/projects/{{project_id}}/events"): every_member(streams=True),
}
