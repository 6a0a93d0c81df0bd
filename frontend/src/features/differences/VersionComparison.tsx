import './differences.css'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { labelVersionQuery } from '@/api/assets'
import { ontologyQuery } from '@/api/ontologies'
import { differenceQuery } from '@/api/reviews'
import type { Id, LabelVersion } from '@/api/types'
import { t } from '@/i18n'
import { RadioGroup } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Loading } from '@/ui/Spinner'
import { colorsOf } from './colors'
import { DifferenceLegend } from './DifferenceLegend'
import type { DifferenceKind } from './kinds'
import { Picture } from './Picture'
import { type ImageSize, paintDifference, paintVersion } from './paint'

type Mode = 'differences' | 'wipe'

const MODES = [
  { value: 'differences', label: t('Differences') },
  { value: 'wipe', label: t('Slide A/B') },
] as const

interface VersionComparisonProps {
  projectId: Id
  imageUrl: string
  image: ImageSize
  earlier: LabelVersion
  later: LabelVersion
}

/** Two versions of an image's label: what changed between them, or one behind the other. */
export function VersionComparison(props: VersionComparisonProps) {
  const { projectId, imageUrl, image, earlier, later } = props
  const [mode, setMode] = useState<Mode>('differences')
  const [opacity, setOpacity] = useState(75)
  const [wipe, setWipe] = useState(50)
  const [hidden, setHidden] = useState<ReadonlySet<DifferenceKind>>(new Set())
  const difference = useQuery(differenceQuery(later.id, earlier.id))
  const before = useQuery(labelVersionQuery(earlier.id))
  const after = useQuery(labelVersionQuery(later.id))
  const ontology = useQuery(ontologyQuery(projectId, later.ontology_version))
  const colors = useMemo(() => colorsOf(ontology.data?.classes ?? []), [ontology.data])
  const error = difference.error ?? before.error ?? after.error ?? ontology.error
  if (error !== null) {
    return <ProblemMessage error={error} onRetry={() => void difference.refetch()} />
  }
  if (!difference.data || !before.data || !after.data || !ontology.data) return <Loading />
  const found = difference.data
  const earlierWords = t('Version {number}', { number: earlier.number })
  const laterWords = t('Version {number}', { number: later.number })
  return (
    <section
      className="version-comparison"
      aria-label={t('{one} and {other}', { one: earlierWords, other: laterWords })}
    >
      <div className="version-comparison__frame">
        <img className="version-comparison__image" src={imageUrl} alt="" />
        {mode === 'differences' ? (
          <Picture
            label={t('Differences')}
            opacity={opacity / 100}
            paint={() => paintDifference(found, image, hidden)}
            with={[found, hidden]}
          />
        ) : (
          <>
            <Picture
              label={earlierWords}
              opacity={opacity / 100}
              clip={`inset(0 ${100 - wipe}% 0 0)`}
              paint={() => paintVersion(before.data, image, colors)}
              with={[before.data, colors]}
            />
            <Picture
              label={laterWords}
              opacity={opacity / 100}
              clip={`inset(0 0 0 ${wipe}%)`}
              paint={() => paintVersion(after.data, image, colors)}
              with={[after.data, colors]}
            />
            <span className="version-comparison__curtain" style={{ left: `${wipe}%` }} />
          </>
        )}
      </div>
      <RadioGroup
        label={t('How to compare')}
        isLabelHidden
        look="segments"
        options={MODES}
        value={mode}
        onChange={setMode}
      />
      {mode === 'wipe' && (
        <Slider label={`A: ${earlierWords} · B: ${laterWords}`} value={wipe} onChange={setWipe} />
      )}
      <Slider label={t('Opacity')} value={opacity} onChange={setOpacity} />
      {mode === 'differences' && (
        <DifferenceLegend difference={found} hidden={hidden} onChange={setHidden} />
      )}
    </section>
  )
}

interface SliderProps {
  label: string
  value: number
  onChange: (percent: number) => void
}

function Slider({ label, value, onChange }: SliderProps) {
  const id = useId()
  return (
    <div className="version-comparison__slider">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        value={value}
        aria-valuetext={`${value} %`}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output htmlFor={id}>{value} %</output>
    </div>
  )
}
