import './gold.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { assetQuery } from '@/api/assets'
import { type GoldComparison, goldComparisonQuery, objectToGold } from '@/api/gold'
import { ontologyQuery } from '@/api/ontologies'
import type { Id, OntologyNode } from '@/api/types'
import { type DifferenceKind, KINDS, paintDifference } from '@/features/differences'
import { formatNumber, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Message, ProblemMessage } from '@/ui/Message'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { percent, pixels, scoreWords } from './words'

const NOTHING_HIDDEN: ReadonlySet<DifferenceKind> = new Set()

function meaning(kind: DifferenceKind): string {
  switch (kind) {
    case 'added':
      return t('Drawn too much')
    case 'removed':
      return t('Missing')
    case 'relabelled':
      return t('Of another class')
  }
}

interface AttemptDialogProps {
  projectId: Id
  attemptId: Id
  /** Its author may say that the gold is wrong. */
  mayObject: boolean
  onClose: () => void
}

/** What somebody drew for a gold, beside what was expected. */
export function AttemptDialog({ projectId, attemptId, mayObject, onClose }: AttemptDialogProps) {
  const found = useQuery(goldComparisonQuery(attemptId))
  return (
    <Dialog title={t('Compared with the gold')} isOpen onClose={onClose} size="lg">
      <DialogBody>
        <ProblemMessage error={found.error} onRetry={() => void found.refetch()} />
        {found.isPending && <Loading />}
        {found.data !== undefined && (
          <div className="gold-attempt">
            <AttemptPicture comparison={found.data} />
            <p className="gold-attempt__score">{scoreWords(found.data.attempt)}</p>
            <ClassTable projectId={projectId} comparison={found.data} />
            {mayObject && <Objection comparison={found.data} />}
          </div>
        )}
      </DialogBody>
    </Dialog>
  )
}

function AttemptPicture({ comparison }: { comparison: GoldComparison }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { data: asset } = useQuery(assetQuery(comparison.attempt.asset_id))
  const { difference } = comparison
  const width = asset?.width ?? null
  const height = asset?.height ?? null
  useEffect(() => {
    const element = canvas.current
    if (element === null || width === null || height === null) return
    const picture = paintDifference(difference, { width, height }, NOTHING_HIDDEN)
    element.width = picture.width
    element.height = picture.height
    element.getContext('2d')?.putImageData(picture, 0, 0)
  }, [difference, width, height])
  if (asset === undefined || asset.image_url === null) return null
  return (
    <>
      <div className="gold-attempt__frame">
        <img className="gold-attempt__image" src={asset.image_url} alt={asset.name} />
        <canvas
          ref={canvas}
          className="gold-attempt__picture"
          role="img"
          aria-label={t('Differences from the gold')}
        />
      </div>
      <ul className="gold-attempt__legend" aria-label={t('Differences from the gold')}>
        {KINDS.map(({ id, color }) => (
          <li key={id}>
            <span className="difference-legend__color" style={{ background: color }} />
            {meaning(id)}: {formatNumber(difference[id].pixels)} px
          </li>
        ))}
      </ul>
    </>
  )
}

type ClassScore = GoldComparison['attempt']['classes'][number]

function ClassTable({ projectId, comparison }: { projectId: Id; comparison: GoldComparison }) {
  const { data: ontology } = useQuery(ontologyQuery(projectId))
  const names = namesOf(ontology?.classes ?? [])
  const columns: Column<ClassScore>[] = [
    { id: 'class', name: t('Class'), cell: (row) => names.get(row.class_id) ?? '–' },
    { id: 'iou', name: t('IoU'), align: 'end', cell: (row) => percent(row.iou) },
    { id: 'edges', name: t('Edges apart'), align: 'end', cell: (row) => pixels(row.distance_px) },
    { id: 'missed', name: t('Missed'), align: 'end', cell: (row) => row.missed },
    { id: 'made-up', name: t('Made up'), align: 'end', cell: (row) => row.made_up },
  ]
  return (
    <Table
      label={t('Score by class')}
      columns={columns}
      rows={comparison.attempt.classes}
      rowKey={(row) => row.class_id}
    />
  )
}

function Objection({ comparison }: { comparison: GoldComparison }) {
  const [text, setText] = useState('')
  const [isGiven, setGiven] = useState(comparison.attempt.is_disputed)
  const objecting = useMutation({
    mutationFn: () => objectToGold(comparison.attempt.id, text),
    onSuccess: () => setGiven(true),
  })
  if (isGiven) {
    return <Message tone="info" title={t('You objected to this gold. A manager looks at it.')} />
  }
  return (
    <form
      className="gold-attempt__objection"
      onSubmit={(event) => {
        event.preventDefault()
        objecting.mutate()
      }}
    >
      <TextField
        label={t('Is the gold wrong? Say what should be different.')}
        value={text}
        onChange={setText}
        isMultiline
        rows={2}
        maxLength={1000}
      />
      <Button type="submit" isDisabled={text.trim() === ''} isPending={objecting.isPending}>
        {t('Object to the gold')}
      </Button>
      <ProblemMessage error={objecting.error} />
    </form>
  )
}

/** Classes by id, however deep they lie. */
export function namesOf(nodes: readonly OntologyNode[]): Map<Id, string> {
  const names = new Map<Id, string>()
  for (const node of nodes) {
    if (node.type === 'class' && node.id !== undefined) names.set(node.id, node.name)
    for (const [id, name] of namesOf(node.children)) names.set(id, name)
  }
  return names
}
