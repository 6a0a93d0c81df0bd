import { useMemo } from 'react'
import type { Editor, ThresholdView } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { Choice } from './Choice'
import { RangeSetting } from './RangeSetting'

const LEVELS = 256
const HEIGHT = 24
const CUT_OFF = 4

const CHANNELS = [
  { value: 'gray', label: t('Grey'), title: t('Brightness') },
  { value: 'red', label: 'R', title: t('The red channel') },
  { value: 'green', label: 'G', title: t('The green channel') },
  { value: 'blue', label: 'B', title: t('The blue channel') },
] as const

const SCOPES = [
  { value: 'image', label: t('Whole image'), title: t('Draws all that is in range') },
  {
    value: 'selection',
    label: t('Trim selected'),
    title: t('Keeps of the selected objects only what is in range'),
  },
] as const

/** A range of levels over the image's histogram. */
export function ThresholdBar({ editor }: { editor: Editor }) {
  const view = useEditorValue(editor, ({ areas }) => areas.threshold)
  const { channel, low, high, scope } = view
  return (
    <>
      <Choice
        label={t('Channel')}
        value={channel}
        options={CHANNELS}
        onChange={(value) => editor.areas.setThreshold({ channel: value })}
      />
      <Histogram view={view} />
      <RangeSetting
        label={t('From|level')}
        value={low}
        max={LEVELS - 1}
        words={String(low)}
        onChange={(value) => editor.areas.setThreshold({ low: value, high: Math.max(value, high) })}
      />
      <RangeSetting
        label={t('to')}
        value={high}
        max={LEVELS - 1}
        words={String(high)}
        onChange={(value) => editor.areas.setThreshold({ high: value, low: Math.min(value, low) })}
      />
      <Choice
        label={t('Where')}
        value={scope}
        options={SCOPES}
        onChange={(value) => editor.areas.setThreshold({ scope: value })}
      />
      <button
        type="button"
        className="bar-button"
        data-primary
        disabled={view.histogram === null}
        onClick={() => editor.areas.applyThreshold()}
      >
        {t('Apply')}
      </button>
    </>
  )
}

/** Levels outside of the range are pale. Heights are roots: rare levels are to be seen too. */
function Histogram({ view: { histogram, low, high } }: { view: ThresholdView }) {
  const path = useMemo(() => {
    if (histogram === null) return ''
    // A white margin would make all else invisible: the few most frequent levels are cut off.
    const [highest = 1] = histogram.toSorted((a, b) => b - a).slice(CUT_OFF)
    const points = Array.from(histogram, (count, level) => {
      const y = HEIGHT * (1 - Math.min(1, Math.sqrt(count / Math.max(1, highest))))
      return `${level},${y.toFixed(1)} ${level + 1},${y.toFixed(1)}`
    })
    return `M0,${HEIGHT} L${points.join(' ')} L${LEVELS},${HEIGHT}Z`
  }, [histogram])
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${LEVELS} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('Histogram; range {low} to {high}', { low, high })}
    >
      <path className="histogram__levels" d={path} />
      <clipPath id="histogram-range">
        <rect x={low} y={0} width={high - low + 1} height={HEIGHT} />
      </clipPath>
      <path className="histogram__range" d={path} clipPath="url(#histogram-range)" />
    </svg>
  )
}
