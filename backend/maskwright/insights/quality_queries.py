"""Every statement behind the reports about quality. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.insights.queries import Span

#: Who looks for disputed images begins at the worst; nobody reads a list to its thousandth row.
IMAGES_LISTED = 200

_VERDICTS = """
SELECT r.author_id, u.name, t.name AS team,
       count(*) FILTER (WHERE r.decision = 'approved') AS approved,
       count(*) FILTER (WHERE r.decision = 'rejected') AS rejected,
       count(*) FILTER (WHERE r.decision = 'corrected') AS corrected
FROM review_verdict r
LEFT JOIN user_account u ON u.id = r.author_id
LEFT JOIN team_member m ON m.organization_id = r.organization_id AND m.user_id = r.author_id
LEFT JOIN team t ON t.id = m.team_id
WHERE r.project_id = %(project)s AND r.id >= %(first)s AND r.id < %(last)s
  AND (%(people)s::uuid[] IS NULL OR r.author_id = ANY (%(people)s))
GROUP BY r.author_id, u.name, t.name
ORDER BY count(*) DESC, u.name, r.author_id
"""


@dataclass(frozen=True, slots=True)
class AuthorVerdicts:
    """What reviewers decided about one person's labels; of nobody's where several people's labels
    were made one."""

    author_id: UUID | None
    name: str | None
    team: str | None
    approved: int
    rejected: int
    corrected: int

    @property
    def reviewed(self) -> int:
        return self.approved + self.rejected + self.corrected


def verdicts(session: Session, span: Span) -> list[AuthorVerdicts]:
    """Whose labels were reviewed the most comes first."""
    with driver_connection(session).cursor(row_factory=class_row(AuthorVerdicts)) as cursor:
        return cursor.execute(_VERDICTS, span.parameters()).fetchall()


_CONSENSUS = """
SELECT c.asset_id, a.name, c.people, c.agreement, c.kappa, c.disputed_share, c.created_at
FROM image_consensus c JOIN asset a ON a.id = c.asset_id AND a.deleted_at IS NULL
WHERE c.project_id = %(project)s AND c.created_at >= %(begin)s AND c.created_at < %(end)s
  AND (%(people)s::uuid[] IS NULL OR EXISTS (
      SELECT FROM consensus_opinion o
      WHERE o.asset_id = c.asset_id AND o.person_id = ANY (%(people)s)))
ORDER BY c.agreement, c.asset_id
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ImageAgreement:
    asset_id: UUID
    name: str
    people: int
    agreement: float
    kappa: float
    disputed_share: float
    created_at: datetime


def consensus(session: Session, span: Span) -> list[ImageAgreement]:
    """Images that several people labelled, those that they agreed on least at the top."""
    with driver_connection(session).cursor(row_factory=class_row(ImageAgreement)) as cursor:
        return cursor.execute(_CONSENSUS, span.parameters(limit=IMAGES_LISTED)).fetchall()


# Each thing counts the same, so that a class is not told by its images of one object.
_CLASS_AGREEMENT = """
SELECT c.class_id, k.name, count(*) AS images, sum(c.things)::bigint AS things,
       sum(c.iou * c.things) / sum(c.things) AS iou,
       sum(c.kappa * c.things) / sum(c.things) AS kappa, min(c.iou) AS worst
FROM consensus_class c
JOIN image_consensus i ON i.asset_id = c.asset_id
JOIN asset a ON a.id = c.asset_id AND a.deleted_at IS NULL
JOIN ontology_class k ON k.id = c.class_id
WHERE c.project_id = %(project)s AND i.created_at >= %(begin)s AND i.created_at < %(end)s
  AND (%(people)s::uuid[] IS NULL OR EXISTS (
      SELECT FROM consensus_opinion o
      WHERE o.asset_id = c.asset_id AND o.person_id = ANY (%(people)s)))
GROUP BY c.class_id, k.name
ORDER BY iou, k.name
"""


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """How far people agreed on the objects of a class; `worst` is the IoU of one image."""

    class_id: UUID
    name: str
    images: int
    things: int
    iou: float
    kappa: float
    worst: float


def class_agreement(session: Session, span: Span) -> list[ClassAgreement]:
    """The classes of images that several people labelled, the least agreed on at the top."""
    with driver_connection(session).cursor(row_factory=class_row(ClassAgreement)) as cursor:
        return cursor.execute(_CLASS_AGREEMENT, span.parameters()).fetchall()
