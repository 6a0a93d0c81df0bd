"""Statements before a claim, on its lane: where its caller stands, and his tasks."""

from uuid import UUID

from maskwright.courses.domain import Course, CourseKind, History
from maskwright.db.lane import Lane, Row
from maskwright.db.statements import Statement
from maskwright.kernel.ids import new_id

# A course that gives a skill is passed by whoever has it: who loses it has to pass again.
HISTORY_COLUMNS = """
SELECT c.kind, c.is_on, c.tasks, c.needed, c.tries, c.wait_hours, c.skill,
       nullif(c.for_skill, ''),
       CASE WHEN c.skill IS NULL THEN coalesce(bool_or(y.state = 'passed'), false)
            ELSE EXISTS (SELECT FROM member_skill k WHERE k.organization_id = c.organization_id
                           AND k.user_id = {user} AND k.skill = c.skill) END,
       (array_agg(y.id) FILTER (WHERE y.state = 'running'))[1],
       count(y.id) FILTER (WHERE y.state = 'failed' AND NOT y.is_forgiven)::integer,
       max(y.finished_at) FILTER (WHERE y.state = 'failed' AND NOT y.is_forgiven)
FROM course c
LEFT JOIN course_try y ON y.project_id = c.project_id AND y.kind = c.kind
    AND y.for_skill = c.for_skill AND y.user_id = {user}
WHERE c.project_id = {project} AND c.is_on
GROUP BY c.project_id, c.for_skill, c.kind
ORDER BY c.for_skill, c.kind DESC
"""
_HISTORY = Statement(
    "history_in_courses", "uuid uuid", HISTORY_COLUMNS.format(project="$1", user="$2")
)


def history_of(row: Row) -> tuple[Course, History]:
    kind, is_on, tasks, needed, tries, wait_hours, skill, for_skill, *rest = row
    course = Course(CourseKind(kind), is_on, tasks, needed, tries, wait_hours, skill, for_skill)
    return course, History(*rest)


def histories(lane: Lane, project_id: UUID, person_id: UUID) -> list[tuple[Course, History]]:
    """The project's courses in the order in which they come, those for skills after the others,
    and what the person did in each."""
    return [history_of(row) for row in lane.all(_HISTORY, project_id, person_id)]


_TASKS = Statement(
    "tasks_of_try",
    "uuid",
    """
    SELECT c.task_id, t.state IN ('open', 'in_progress', 'parked')
    FROM course_task c JOIN task t ON t.id = c.task_id
    WHERE c.try_id = $1 ORDER BY c.position
    """,
)


def tasks_of_try(lane: Lane, try_id: UUID) -> list[tuple[UUID, bool]]:
    """(task, whether it is still to be done) in order."""
    return [(task_id, is_left) for task_id, is_left in lane.all(_TASKS, try_id)]


# Golds that he did not have before come first, and of these in an order of his own; never one that
# he labelled himself. An exam has none of his training where there are others. A task's id begins
# with the time of the image's own, as with every gold.
#
# Two claims at once begin one try: the number is unique.
_BEGIN = Statement(
    "begin_try",
    "uuid uuid uuid text uuid int4 int4 text",
    """
    WITH chosen AS (
        SELECT g.id, g.asset_id, first.id AS first_task_id,
               row_number() OVER (ORDER BY had.times, md5(g.id::text || $3::text)) AS place
        FROM gold g
        JOIN asset a ON a.id = g.asset_id AND a.deleted_at IS NULL AND a.state = 'ready'
        JOIN task first ON first.asset_id = g.asset_id AND first.stage = 'label'
            AND first.slot = 1 AND first.step = 0 AND first.state IN ('submitted', 'done')
        CROSS JOIN LATERAL (
            SELECT count(*) AS times FROM task t WHERE t.gold_id = g.id AND t.assignee_id = $3
        ) had
        WHERE g.project_id = $1 AND g.state = 'active' AND NOT g.is_mixed
          AND g.for_skill = $8
          AND NOT EXISTS (
              SELECT FROM label l WHERE l.asset_id = g.asset_id AND l.author_id = $3
                AND NOT l.is_gold)
        ORDER BY had.times, md5(g.id::text || $3::text)
        LIMIT $6
    ), begun AS (
        INSERT INTO course_try (
            id, organization_id, project_id, kind, for_skill, user_id, number, state, tasks,
            needed)
        SELECT $5, $2, $1, $4, $8, $3,
               1 + (SELECT count(*) FROM course_try y
                    WHERE y.project_id = $1 AND y.kind = $4 AND y.for_skill = $8
                      AND y.user_id = $3),
               'running', n.tasks, ceil($7 * n.tasks / $6::float8)
        FROM (SELECT count(*) AS tasks FROM chosen) n WHERE n.tasks > 0
        ON CONFLICT (project_id, user_id, kind, for_skill, number) DO NOTHING
        RETURNING id
    ), made AS (
        INSERT INTO task (
            id, organization_id, project_id, asset_id, stage, slot, state, assignee_id, gold_id)
        SELECT (left(replace(first_task_id::text, '-', ''), 12) || '7'
                || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid,
               $2, $1, asset_id, 'label', 1000 + floor(random() * 2000000000)::integer, 'open',
               $3, chosen.id
        FROM chosen WHERE EXISTS (SELECT FROM begun)
        RETURNING id, gold_id
    )
    INSERT INTO course_task (task_id, organization_id, try_id, position)
    SELECT made.id, $2, begun.id, chosen.place
    FROM made JOIN chosen ON chosen.id = made.gold_id CROSS JOIN begun
    RETURNING task_id
    """,
)


def begin_try(
    lane: Lane, project_id: UUID, organization_id: UUID, person_id: UUID, course: Course
) -> UUID | None:
    """A try of this person, with its tasks; None where there is no gold for him, or another claim
    of his began one."""
    try_id = new_id()
    made = lane.all(
        _BEGIN,
        project_id,
        organization_id,
        person_id,
        course.kind.value,
        try_id,
        course.tasks,
        course.needed,
        course.for_skill or "",
    )
    return try_id if made else None
