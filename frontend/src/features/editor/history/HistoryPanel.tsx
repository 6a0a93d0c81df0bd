import './history.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Editor, TimelineStep } from '@/editor'
import { locale, plural, say, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { X } from '@/ui/icons'
import { exactTime } from '@/ui/time'
import type { Desk } from '../desk'
import { useLaterEditorValue } from '../hooks'
import type { OpenTask } from '../session/open-task'
import { VersionList } from './VersionList'

/** Steps drawn around the one in force; more on demand, for a list of thousands is slow to draw. */
const SHOWN_AROUND = 150

interface HistoryPanelProps {
  desk: Desk
  task: OpenTask
  onClose: () => void
}

/** Every step of this image, to go back and forth in, and its saved versions. */
export function HistoryPanel({ desk, task, onClose }: HistoryPanelProps) {
  return (
    <aside className="panel" aria-label={t('History')} data-region>
      <header className="history__top">
        <h2 className="history__title">{t('History')}</h2>
        <IconButton
          label={t('Back to classes and objects')}
          size="sm"
          icon={<X />}
          onPress={onClose}
        />
      </header>
      <StepList editor={desk.editor} />
      <VersionList desk={desk} task={task} />
    </aside>
  )
}

function StepList({ editor }: { editor: Editor }) {
  const revision = useLaterEditorValue(editor, (snapshot) => snapshot.revision)
  const { position } = useLaterEditorValue(editor, (snapshot) => snapshot.timeline)
  const [isWhole, setWhole] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the steps change with the revision
  const steps = useMemo(() => editor.timeline.steps(), [editor, revision, position])
  const from = isWhole ? 0 : Math.max(0, position - SHOWN_AROUND)
  const to = isWhole ? steps.length : Math.min(steps.length, position + SHOWN_AROUND)
  // The place in history is what a row stands for.
  const shown = steps.slice(from, to).map((step, index) => ({ step, count: from + index + 1 }))
  const goTo = (count: number) => editor.timeline.goTo(count)
  return (
    <ol className="history__steps" aria-label={t('Steps')}>
      {from === 0 ? (
        <StepRow label={t('Image opened')} count={0} position={position} onGo={goTo} />
      ) : (
        <MoreRow onPress={() => setWhole(true)}>
          {plural(from, 'Show {n} earlier step', 'Show {n} earlier steps')}
        </MoreRow>
      )}
      {shown.map(({ step, count }) => (
        <StepRow
          key={count}
          label={say(step.label)}
          step={step}
          count={count}
          position={position}
          onGo={goTo}
        />
      ))}
      {to < steps.length && (
        <MoreRow onPress={() => setWhole(true)}>
          {plural(steps.length - to, 'Show {n} later step', 'Show {n} later steps')}
        </MoreRow>
      )}
    </ol>
  )
}

interface StepRowProps {
  label: string
  step?: TimelineStep
  /** How many steps are in force when this one is the last. */
  count: number
  position: number
  onGo: (count: number) => void
}

function StepRow({ label, step, count, position, onGo }: StepRowProps) {
  const row = useRef<HTMLLIElement>(null)
  const isCurrent = count === position
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const time = step === undefined ? null : new Date(step.atMs)
  return (
    <li ref={row}>
      <button
        type="button"
        className="history__step"
        aria-current={isCurrent ? 'step' : undefined}
        data-undone={count > position || undefined}
        onClick={() => onGo(count)}
      >
        <span className="history__label">{label}</span>
        {count > position && <span className="visually-hidden">{t('undone')}</span>}
        {time !== null && (
          <time
            className="history__time"
            dateTime={time.toISOString()}
            title={exactTime(time.getTime())}
          >
            {CLOCK.format(time)}
          </time>
        )}
      </button>
    </li>
  )
}

function MoreRow({ children, onPress }: { children: string; onPress: () => void }) {
  return (
    <li>
      <Button size="sm" variant="quiet" onPress={onPress}>
        {children}
      </Button>
    </li>
  )
}

const CLOCK = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
