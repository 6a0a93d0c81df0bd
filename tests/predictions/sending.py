"""Sending predictions as a script does."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from httpx import Response

from tests.queue.desk import Caller, box_mask


def said(asset: object, *objects: dict[str, Any], **more: object) -> dict[str, Any]:
    """One line: what is predicted of one image."""
    ref = asset if isinstance(asset, dict) else {"id": str(asset)}
    return {"asset": ref, "objects": list(objects), **more}


def car(top: int, left: int, confidence: float | None = None, **more: object) -> dict[str, Any]:
    found = {"class": "car", "mask": box_mask(top, left), **more}
    return found if confidence is None else {**found, "confidence": confidence}


@dataclass
class Sender(Caller):
    @property
    def path(self) -> str:
        return f"/projects/{self.desk.project_id}"

    def lines(self, *lines: dict[str, Any] | str, query: str = "?model=detector") -> Response:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        return self.raw([text.encode()], query)

    def raw(self, chunks: Iterable[bytes], query: str = "?model=detector") -> Response:
        return self.client.post(
            f"/api/v1{self.path}/predictions{query}",
            content=iter(chunks),
            headers={**self.person.headers, "Content-Type": "application/x-ndjson"},
        )

    def report(self, *lines: dict[str, Any] | str, query: str = "?model=detector") -> Any:
        answer = self.lines(*lines, query=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def models(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"{self.path}/prediction-models").json()["items"]
        return found

    def choose(self, model_id: object, min_confidence: float = 0) -> Response:
        return self.client.put(
            f"/api/v1{self.path}/prelabels",
            json={"model_id": model_id, "min_confidence": min_confidence},
            headers=self.person.headers,
        )

    def objects_of(self, asset: object) -> list[dict[str, Any]]:
        """What is predicted of an image now, over all models."""
        found = self.get(f"{self.path}/predictions?asset_id={asset}").json()["items"]
        versions = [self.get(f"/label-versions/{each['version_id']}").json() for each in found]
        return [each for version in versions for each in version["objects"]]
