import type { TruthItem, TruthReport } from '@/api/gold'
import { plural, serverSaid, t } from '@/i18n'
import { type Column, Table } from '@/ui/Table'

export const goodItems = (report: TruthReport): TruthItem[] =>
  report.items.filter((item) => item.status !== 'refused')

type Problem = NonNullable<TruthItem['problem']>

function problemWords(problem: Problem): string {
  switch (problem) {
    case 'not-understood':
      return t('Not understood')
    case 'unknown-image':
      return t('The project has no such image, and none came with it')
    case 'ambiguous-image':
      return t('Several images have this name: use their external ids in a list')
    case 'not-ready':
      return t('The image is still being processed, or failed')
    case 'size-differs':
      return t('Of another size than the image')
    case 'unknown-class':
      return t('A class is not in the ontology')
    case 'bad-mask':
      return t('The mask can’t be read')
    case 'too-many':
      return t('Too many objects')
    case 'is-gold':
      return t('The image is a gold already')
    case 'twice':
      return t('There is another mask of this image')
    case 'no-mask':
      return t('No mask came with this image')
  }
}

function statusWords(item: TruthItem): string {
  switch (item.status) {
    case 'ready':
      return t('Becomes a gold')
    case 'later':
      return t('Becomes a gold once its own task is done')
    case 'new':
      return t('Image and gold are added')
    case 'refused':
      return item.problem === null ? t('Not used') : problemWords(item.problem)
  }
}

/** Of these the server's sentence says more than the words for it. */
const EXPLAINED: ReadonlySet<Problem> = new Set([
  'not-understood',
  'size-differs',
  'unknown-class',
  'bad-mask',
])

const COLUMNS: Column<TruthItem>[] = [
  { id: 'file', name: t('File'), cell: (item) => <span title={item.source}>{item.source}</span> },
  { id: 'image', name: t('Image'), cell: (item) => (item.image === item.source ? '' : item.image) },
  {
    id: 'objects',
    name: t('Objects'),
    align: 'end',
    cell: (item) => (item.status === 'refused' ? '–' : item.objects),
  },
  {
    id: 'status',
    name: t('What becomes of it'),
    cell: (item) => (
      <span className="truth-status" data-status={item.status}>
        {statusWords(item)}
        {item.problem !== null && EXPLAINED.has(item.problem) && (
          <span className="truth-status__detail">{serverSaid(item.detail)}</span>
        )}
        {item.trimmed > 0 && (
          <span className="truth-status__detail">
            {plural(
              item.trimmed,
              '{n} object lost pixels that another one has',
              '{n} objects lost pixels that others have',
            )}
          </span>
        )}
      </span>
    ),
  },
]

const SHOWN = 300

/** What becomes of each image's truth, faults first. */
export function TruthTable({ items }: { items: readonly TruthItem[] }) {
  const refused = items.filter((item) => item.status === 'refused')
  const good = items.filter((item) => item.status !== 'refused')
  const rows = [...refused, ...good].slice(0, SHOWN).map((item, place) => ({ ...item, place }))
  return (
    <section className="truth__items" aria-label={t('What becomes of the files')}>
      <p className="truth__summary">
        {plural(good.length, '{n} image becomes gold', '{n} images become gold')}
        {' · '}
        {plural(refused.length, '{n} not used', '{n} not used')}
        {items.length > SHOWN && ` · ${t('the first {n} are shown', { n: SHOWN })}`}
      </p>
      <Table
        label={t('What becomes of the files')}
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => `${row.place} ${row.source}`}
      />
    </section>
  )
}
