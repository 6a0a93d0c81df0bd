import { useMemo } from 'react'
import type { ObjectDifference } from '@/api/reviews'
import { boundsOfMask, DifferenceLegend } from '@/features/differences'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { RadioGroup } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { formatNumber } from '@/ui/quantities'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/Toast'
import { VERSION_KINDS } from '@/ui/version-kinds'
import type { Desk } from '../desk'
import { SettingSlider } from '../display/SettingSlider'
import { savedVersion } from '../history/saved-version'
import { useReadable } from '../hooks'
import { classById } from '../ontology-classes'
import { focusCanvas } from '../questions/focus'
import type { Compared, Comparison, ComparisonMode } from './comparison'

const MODES: readonly { value: ComparisonMode; label: string }[] = [
  { value: 'off', label: t('Off') },
  { value: 'differences', label: t('Differences') },
  { value: 'wipe', label: t('Slide') },
  { value: 'blink', label: t('Blink') },
]

/** Which earlier version the label is compared with, and how. */
export function ComparisonSection({ desk, comparison }: { desk: Desk; comparison: Comparison }) {
  const { versions, earlierId, compared, problem } = useReadable(comparison.view)
  const look = useReadable(comparison.look)
  if (versions.length === 0) {
    return (
      <section className="review-section" aria-label={t('Compare')}>
        <h2 className="review-section__title">{t('Compare')}</h2>
        <ProblemMessage error={problem} />
        {problem === null && (
          <p className="review-section__note">{t('This is the first version of the label.')}</p>
        )}
      </section>
    )
  }
  return (
    <section className="review-section" aria-label={t('Compare')}>
      <h2 className="review-section__title">{t('Compare')}</h2>
      <Select
        label={t('With version')}
        isLabelHidden
        size="sm"
        placeholder={t('With an earlier version…')}
        options={versions.map((version) => ({
          value: version.id,
          label: t('Version {number}, {kind}', {
            number: version.number,
            kind: VERSION_KINDS[version.kind],
          }),
          description:
            version.author === null ? undefined : t('by {author}', { author: version.author.name }),
        }))}
        value={earlierId}
        onChange={(id) => void comparison.choose(id)}
      />
      <ProblemMessage error={problem} />
      {earlierId !== null && (
        <RadioGroup
          label={t('How to compare')}
          isLabelHidden
          look="segments"
          options={MODES}
          value={look.mode}
          onChange={(mode) => comparison.change({ mode })}
        />
      )}
      {compared !== null && look.mode === 'differences' && (
        <>
          <DifferenceLegend
            difference={compared.difference}
            hidden={look.hidden}
            onChange={(hidden) => comparison.change({ hidden })}
          />
          <SettingSlider
            label={t('Opacity')}
            value={look.opacity}
            min={0}
            max={1}
            step={0.05}
            words={`${Math.round(look.opacity * 100)} %`}
            onChange={(opacity) => comparison.change({ opacity })}
          />
        </>
      )}
      {compared !== null && look.mode !== 'off' && (
        <ChangedObjects desk={desk} compared={compared} />
      )}
      {compared !== null && <TakeVersion desk={desk} comparison={comparison} compared={compared} />}
    </section>
  )
}

interface TakeVersionProps {
  desk: Desk
  comparison: Comparison
  compared: Compared
}

/** In place of the label in review, as a step that can be undone: of several opinions, this one. */
function TakeVersion({ desk, comparison, compared }: TakeVersionProps) {
  const { earlier } = compared
  const take = () => {
    // The differences are those of what was handed in: over this version they would be wrong.
    comparison.change({ mode: 'off' })
    const leftOut = desk.workbench.restoreVersion(savedVersion(earlier))
    const words = t('Version {number} is the label now. Undo brings yours back.', {
      number: earlier.number,
    })
    const gone = plural(
      leftOut,
      '{n} object of classes that are gone stayed out.',
      '{n} objects of classes that are gone stayed out.',
    )
    toast(leftOut === 0 ? words : `${words} ${gone}`)
    focusCanvas()
  }
  return (
    <div>
      <Button size="sm" onPress={take}>
        {t('Take this version')}
      </Button>
    </div>
  )
}

const CHANGES: Readonly<Record<Exclude<ObjectDifference['change'], 'changed'>, string>> = {
  added: t('added'),
  removed: t('removed'),
  same: t('same'),
}

function changeWords(object: ObjectDifference): string {
  const { change, class_before, class_after, added_px, removed_px } = object
  if (change !== 'changed') return CHANGES[change]
  if (class_before !== class_after) return t('relabelled')
  return added_px + removed_px > 0 ? t('reshaped') : t('new answers')
}

function ChangedObjects({ desk, compared }: { desk: Desk; compared: Compared }) {
  const prepared = useReadable(desk.workbench.shown)
  const rows = prepared?.classes ?? []
  const changed = useMemo(
    () => compared.difference.objects.filter(({ change }) => change !== 'same'),
    [compared],
  )
  // Another person's objects are others, all of them: a list of that says nothing.
  if (isOfOther(compared)) return null
  if (changed.length === 0) {
    return <p className="review-section__note">{t('No object is another one than before.')}</p>
  }
  const nameOf = ({ class_after, class_before }: ObjectDifference) =>
    classById(rows, class_after ?? class_before ?? '')?.name ?? t('Object of a class that is gone')
  return (
    <ul className="changed-objects" aria-label={t('Changed objects')}>
      {changed.map((object) => (
        <li key={object.key}>
          <button
            type="button"
            className="changed-objects__row"
            onClick={() => show(desk, compared, object)}
          >
            <span className="changed-objects__name">{nameOf(object)}</span>
            <span>{changeWords(object)}</span>
            <span className="changed-objects__count">
              {object.added_px > 0 && `+${formatNumber(object.added_px)} `}
              {object.removed_px > 0 && `−${formatNumber(object.removed_px)} `}
              {object.added_px + object.removed_px > 0 && 'px'}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Whether no object is one of both versions, as between what two people drew. */
function isOfOther({ difference: { objects } }: Compared): boolean {
  const has = (kind: ObjectDifference['change']) => objects.some(({ change }) => change === kind)
  return has('added') && has('removed') && !has('same') && !has('changed')
}

/** Where it is now; of one that was removed, where it was. */
function show({ editor }: Desk, { earlier }: Compared, { key }: ObjectDifference): void {
  const { objects, size } = editor.store.getSnapshot()
  if (objects.some((object) => object.key === key)) {
    editor.select([key])
    editor.zoomToObject(key)
    return
  }
  const before = earlier.objects.find((object) => object.key === key)
  const bounds = before && size ? boundsOfMask(before.mask.counts, size) : null
  if (bounds !== null) editor.findings.show(bounds)
}
