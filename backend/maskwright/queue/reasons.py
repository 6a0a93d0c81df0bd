"""Why somebody gets a task: the same facts that the claim goes by, in words. No I/O."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from maskwright.queue.desk_queries import QueuedTask


class ReasonCode(StrEnum):
    REWORK = "rework"
    TAKEN_BACK = "taken-back"
    ANSWERED = "answered"
    UNFINISHED = "unfinished"
    ASSIGNED = "assigned"
    TEAM = "team"
    SKILL = "skill"
    RESERVED = "reserved"
    REVIEW = "review"
    REGION = "region"
    BATCH = "batch"
    PRIORITY = "priority"
    DEADLINE = "deadline"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Reason:
    """One of them; the first one of a list weighs most."""

    code: ReasonCode
    sentence: str


def reasons_for(task: QueuedTask, viewer_id: UUID | None) -> list[Reason]:
    """Why `viewer_id` gets this task; for a manager who looks on, why anybody does."""
    return [*_personal(task, viewer_id), *_turn(task)]


def _personal(task: QueuedTask, viewer_id: UUID | None) -> list[Reason]:
    found: list[Reason] = []
    is_mine = task.reserved_for is not None and task.reserved_for == viewer_id
    if task.round > 1 and task.stage == "label":
        whose = "you" if is_mine else task.reserved_name or "its author"
        if task.was_taken_back:
            sentence = f"{whose[0].upper()}{whose[1:]} took it back to correct it."
            found.append(Reason(ReasonCode.TAKEN_BACK, sentence))
        else:
            found.append(Reason(ReasonCode.REWORK, f"It was sent back to {whose} to be mended."))
    if task.answer is not None and task.question is not None and is_mine:
        sentence = f"You asked “{task.question}”. The answer: “{task.answer}”"
        found.append(Reason(ReasonCode.ANSWERED, sentence))
    if task.reserved_for is not None and not found:
        whose = "you" if is_mine else task.reserved_name or "somebody"
        found.append(Reason(ReasonCode.RESERVED, f"It is kept for {whose} for a while."))
    if task.is_begun and not found:
        found.append(Reason(ReasonCode.UNFINISHED, "You began it and have not finished it."))
    if task.assignee_id is not None:
        whose = "you" if task.assignee_id == viewer_id else task.assignee_name or "somebody"
        found.append(Reason(ReasonCode.ASSIGNED, f"It is assigned to {whose}."))
    elif task.team_name is not None:
        found.append(Reason(ReasonCode.TEAM, f"It is assigned to the team {task.team_name}."))
    if task.skill is not None:
        found.append(Reason(ReasonCode.SKILL, f"It needs the skill “{task.skill}”."))
    if task.stage == "review":
        found.append(Reason(ReasonCode.REVIEW, "It is somebody else's label, to be reviewed."))
    if task.is_regional:
        sentence = (
            "People disagree about a part of this image. You are asked about that only; what is "
            "shown around it, they agree on."
        )
        found.append(Reason(ReasonCode.REGION, sentence))
    return found


def _turn(task: QueuedTask) -> list[Reason]:
    found: list[Reason] = []
    if task.batch_name is not None:
        found.append(Reason(ReasonCode.BATCH, f"It belongs to the batch “{task.batch_name}”."))
    if task.due_at is not None:
        found.append(Reason(ReasonCode.DEADLINE, f"It is due on {_day(task.due_at)}."))
    if task.priority != 0:
        height = "raised" if task.priority > 0 else "lowered"
        sentence = f"Its priority is {height} to {task.priority}."
        found.append(Reason(ReasonCode.PRIORITY, sentence))
    sentence = (
        f"It has waited since {_day(task.queued_at)}; of equal priority the oldest goes first."
    )
    found.append(Reason(ReasonCode.WAITING, sentence))
    return found


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
