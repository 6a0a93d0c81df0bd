import { useInfiniteQuery } from '@tanstack/react-query'
import { type WaitingFilter, type WaitingReview, waitingReviewsQuery } from '@/api/reviews'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Select } from '@/ui/Select'

const ANY = 'any'

interface ReviewFiltersProps {
  projectId: Id
  steps: readonly { name: string }[]
  filter: WaitingFilter
  onChange: (filter: WaitingFilter) => void
}

/** Narrows the list to a step of the workflow, and to one person's work. */
export function ReviewFilters({ projectId, steps, filter, onChange }: ReviewFiltersProps) {
  // Only people whose labels wait: others would lead to an empty list.
  const everything = useInfiniteQuery(waitingReviewsQuery(projectId, {}))
  const people = authorsOf(everything.data?.pages.flatMap((page) => page.items) ?? [])
  return (
    <div className="reviews-filters">
      {steps.length > 1 && (
        <Select
          label={t('Step')}
          size="sm"
          options={[
            { value: ANY, label: t('All steps') },
            ...steps.map(({ name }, index) => ({ value: String(index + 1), label: name })),
          ]}
          value={filter.step === undefined ? ANY : String(filter.step)}
          onChange={(value) =>
            onChange({ ...filter, step: value === ANY ? undefined : Number(value) })
          }
        />
      )}
      {(people.length > 1 || filter.author_id !== undefined) && (
        <Select
          label={t('Labelled by')}
          size="sm"
          options={[
            { value: ANY, label: t('Anybody') },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={filter.author_id ?? ANY}
          onChange={(value) =>
            onChange({ ...filter, author_id: value === ANY ? undefined : value })
          }
        />
      )}
    </div>
  )
}

function authorsOf(rows: readonly WaitingReview[]): { id: Id; name: string }[] {
  const authors = new Map(
    rows.flatMap(({ author }) => (author ? [[author.id, author] as const] : [])),
  )
  return [...authors.values()].sort((one, other) => one.name.localeCompare(other.name))
}
