import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { labelVersionQuery } from '@/api/assets'
import type { LateWork } from '@/api/late-work'
import { ontologyQuery } from '@/api/ontologies'
import type { Id } from '@/api/types'
import {
  changesBetween,
  colorsOf,
  type DrawnVersion,
  KINDS,
  Picture,
  paintVersion,
} from '@/features/differences'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { RadioGroup } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { formatNumber } from '@/ui/quantities'
import { Loading } from '@/ui/Spinner'
import type { OpenTask } from '../session/open-task'

type Mode = 'changes' | 'late' | 'shown'

const MODES: readonly { value: Mode; label: string }[] = [
  { value: 'changes', label: t('Differences') },
  { value: 'late', label: t('Kept work') },
  { value: 'shown', label: t('On screen now') },
]

interface LateWorkDialogProps {
  projectId: Id
  task: OpenTask
  late: LateWork
  onTakeOver: () => void
  onClose: () => void
}

/** The kept work beside what is on screen, and what taking it over would change. */
export function LateWorkDialog({
  projectId,
  task,
  late,
  onTakeOver,
  onClose,
}: LateWorkDialogProps) {
  const version = useQuery(labelVersionQuery(late.version_id))
  // As it was when the dialog opened: nothing can be drawn while it is open.
  const [shown] = useState(() => ({ number: 0, objects: task.currentLabel().objects }))
  return (
    <Dialog title={t('Work that is kept of this image')} isOpen onClose={onClose} size="lg">
      <DialogBody>
        <ProblemMessage error={version.error} onRetry={() => void version.refetch()} />
        {version.isPending && <Loading />}
        {version.data !== undefined && (
          <Comparison projectId={projectId} task={task} shown={shown} kept={version.data} />
        )}
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Back to labeling')}</Button>
        <Button variant="primary" isDisabled={version.data === undefined} onPress={onTakeOver}>
          {t('Take it over')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

interface ComparisonProps {
  projectId: Id
  task: OpenTask
  shown: DrawnVersion
  kept: DrawnVersion
}

function Comparison({ projectId, task, shown, kept }: ComparisonProps) {
  const { asset, ontology_version } = task.next
  const [mode, setMode] = useState<Mode>('changes')
  const ontology = useQuery(ontologyQuery(projectId, ontology_version))
  const colors = useMemo(() => colorsOf(ontology.data?.classes ?? []), [ontology.data])
  const changes = useMemo(() => changesBetween(shown, kept, asset), [shown, kept, asset])
  const pictureOf = () => {
    if (mode === 'changes') return changes.picture
    return paintVersion(mode === 'late' ? kept : shown, asset, colors)
  }
  return (
    <div className="late-work">
      <div className="late-work__frame">
        <img className="late-work__image" src={asset.image_url} alt={asset.name} />
        <Picture
          label={MODES.find(({ value }) => value === mode)?.label ?? ''}
          opacity={0.7}
          paint={pictureOf}
          with={[mode, colors]}
        />
      </div>
      <div className="late-work__below">
        <RadioGroup
          label={t('What to show')}
          isLabelHidden
          look="segments"
          options={MODES}
          value={mode}
          onChange={setMode}
        />
        {mode === 'changes' && (
          <ul className="late-work__legend" aria-label={t('What taking it over would change')}>
            {KINDS.map(({ id, name, color }) => (
              <li key={id}>
                <span className="difference-legend__color" style={{ background: color }} />
                {name} {t('{pixels} px', { pixels: formatNumber(changes.pixels[id]) })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
