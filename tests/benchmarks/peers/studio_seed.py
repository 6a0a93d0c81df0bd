"""Makes what the benchmark needs inside of Label Studio; run by the Python it is installed in.

Prints JSON: the projects, the people's tokens, and a result of one brush mask as its editor sends
it. Not imported by anything of ours: `studio.py` runs it as a script.
"""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings.label_studio")
sys.path.insert(0, os.getcwd())  # noqa: PTH109 - the folder of the application, as manage.py has it
django.setup()

import numpy as np  # noqa: E402 - only after Django is set up
from django.contrib.auth import get_user_model  # noqa: E402
from label_studio_sdk.converter.brush import mask2rle  # noqa: E402
from organizations.models import Organization  # noqa: E402
from projects.models import Project  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402
from tasks.models import Task  # noqa: E402

CONFIG = """
<View>
  <Image name="image" value="$image"/>
  <{tool} name="tag" toName="image"><Label value="thing" background="#aa3322"/></{tool}>
</View>
"""


def main(people: int, tasks: int, wanted: list[dict[str, str]]) -> None:
    first, *others = (
        get_user_model().objects.create_user(email=f"peer{n}@example.com", password="correct horse")
        for n in range(people)
    )
    organization = Organization.create_organization(created_by=first, title="Bench")
    for user in others:
        organization.add_user(user)
    for user in (first, *others):
        user.active_organization = organization
        user.save()
    organization.jwt.legacy_api_tokens_enabled = True
    organization.jwt.save()
    projects = [project_of(organization, first, tasks, **one) for one in wanted]
    tokens = [Token.objects.get_or_create(user=user)[0].key for user in (first, *others)]
    print(json.dumps({"projects": projects, "tokens": tokens, "result": [brush_mask()]}))


def project_of(organization: Any, owner: Any, tasks: int, image: str, tool: str) -> int:
    """A project; `{n}` in the image's address is the task's number."""
    project = Project.objects.create(
        title="Bench",
        label_config=CONFIG.replace("{tool}", tool),
        organization=organization,
        created_by=owner,
        maximum_annotations=1,
    )
    Task.objects.bulk_create(
        (
            Task(project=project, data={"image": image.replace("{n}", str(n))}, inner_id=n + 1)
            for n in range(tasks)
        ),
        batch_size=1000,
    )
    project.update_tasks_states(
        maximum_annotations_changed=False,
        overlap_cohort_percentage_changed=False,
        tasks_number_changed=True,
    )
    return int(project.id)


def brush_mask() -> dict[str, object]:
    """A blob on forty per cent of a 1280x720 image."""
    height, width = 720, 1280
    rows, columns = np.mgrid[0:height, 0:width]
    angle = np.arctan2(rows - height / 2, (columns - width / 2) * height / width)
    distance = np.hypot(rows - height / 2, (columns - width / 2) * height / width)
    radius = 0.357 * height * (1 + 0.06 * np.sin(5 * angle) + 0.02 * np.sin(17 * angle))
    blob = ((distance < radius) * 255).astype(np.uint8)
    return {
        "id": "blob",
        "type": "brushlabels",
        "from_name": "tag",
        "to_name": "image",
        "original_width": width,
        "original_height": height,
        "image_rotation": 0,
        "value": {"format": "rle", "rle": mask2rle(blob), "brushlabels": ["thing"]},
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
