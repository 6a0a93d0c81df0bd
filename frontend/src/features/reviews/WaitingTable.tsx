import { Link } from '@tanstack/react-router'
import type { WaitingReview } from '@/api/reviews'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Checkbox } from '@/ui/Field'
import { ImageOff } from '@/ui/icons'
import { formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'

interface WaitingTableProps {
  projectId: Id
  /** Who looks at it. */
  userId: Id
  rows: readonly WaitingReview[]
  steps: readonly { name: string }[]
  chosen: ReadonlySet<Id>
  /** Left out for those who may not approve. */
  onChoose?: (chosen: ReadonlySet<Id>) => void
}

export function WaitingTable({
  projectId,
  userId,
  rows,
  steps,
  chosen,
  onChoose,
}: WaitingTableProps) {
  const mayOpen = (row: WaitingReview) =>
    onChoose !== undefined &&
    row.author?.id !== userId &&
    (row.holder_id === null || row.holder_id === userId)
  const columns: Column<WaitingReview>[] = [
    {
      id: 'image',
      name: t('Image'),
      cell: (row) => (
        <span className="reviews-image">
          {row.asset.thumbnail_url === null ? (
            <ImageOff aria-hidden="true" />
          ) : (
            <img className="reviews-image__thumbnail" src={row.asset.thumbnail_url} alt="" />
          )}
          {mayOpen(row) ? (
            <Link
              className="reviews-image__name"
              to="/projects/$projectId/review"
              params={{ projectId }}
              search={{ task: row.task_id }}
              title={t('Review {name}', { name: row.asset.name })}
            >
              {row.asset.name}
            </Link>
          ) : (
            <span className="reviews-image__name" title={row.asset.name}>
              {row.asset.name}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'author',
      name: t('Labelled by'),
      cell: ({ author }) => author?.name ?? t('Several people'),
    },
    {
      id: 'objects',
      name: t('Objects'),
      align: 'end',
      cell: ({ objects }) => formatNumber(objects),
    },
    {
      id: 'step',
      name: t('Step'),
      cell: ({ step }) => steps[step - 1]?.name ?? t('Step {step}', { step }),
    },
    { id: 'round', name: t('Round'), align: 'end', cell: ({ round }) => round },
    {
      id: 'since',
      name: t('Handed in'),
      align: 'end',
      cell: ({ handed_in_at }) => <RelativeTime at={handed_in_at} />,
    },
    {
      id: 'holder',
      name: t('With'),
      cell: ({ holder, holder_id }) =>
        holder_id === userId ? t('you') : (holder ?? t('Nobody yet')),
    },
  ]
  if (onChoose !== undefined) columns.unshift(choiceColumn(rows, chosen, onChoose))
  return (
    <Table
      label={t('Labels that wait for review')}
      columns={columns}
      rows={rows}
      rowKey={({ task_id }) => task_id}
    />
  )
}

function choiceColumn(
  rows: readonly WaitingReview[],
  chosen: ReadonlySet<Id>,
  onChoose: (chosen: ReadonlySet<Id>) => void,
): Column<WaitingReview> {
  const free = rows.filter(({ holder }) => holder === null).map(({ task_id }) => task_id)
  const areAllChosen = free.length > 0 && free.every((id) => chosen.has(id))
  return {
    id: 'choice',
    name: (
      <Checkbox
        isSelected={areAllChosen}
        isDisabled={free.length === 0}
        onChange={(isChosen) => onChoose(new Set(isChosen ? free : []))}
      >
        <span className="visually-hidden">{t('Select all that nobody looks at now')}</span>
      </Checkbox>
    ),
    width: '2.5rem',
    cell: ({ task_id, asset, holder }) => (
      <Checkbox
        isSelected={chosen.has(task_id)}
        isDisabled={holder !== null}
        onChange={(isChosen) => {
          const next = new Set(chosen)
          if (isChosen) next.add(task_id)
          else next.delete(task_id)
          onChoose(next)
        }}
      >
        <span className="visually-hidden">{t('Select {asset}', { asset: asset.name })}</span>
      </Checkbox>
    ),
  }
}
