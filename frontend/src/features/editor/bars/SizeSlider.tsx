import { useId } from 'react'
import { plural, t } from '@/i18n'

interface SizeSliderProps {
  label: string
  sizePx: number
  largestPx: number
  smallestPx?: number
  onChange: (sizePx: number) => void
  /** The wheel over the slider, one step at a time. */
  onNudge: (direction: 1 | -1) => void
}

/** The slider is quadratic: small sizes, where one pixel matters, get half of its way. */
export function SizeSlider(props: SizeSliderProps) {
  const { label, sizePx, largestPx, smallestPx = 1, onChange, onNudge } = props
  const id = useId()
  return (
    <span
      className="tool-bar__setting"
      title={t(
        '[ and ], the wheel here or with Alt on the image, or Alt and the right button there',
      )}
      onWheel={(event) => onNudge(event.deltaY < 0 ? 1 : -1)}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="slider"
        type="range"
        min={0}
        max={100}
        step={1}
        value={Math.round(100 * Math.sqrt(Math.min(sizePx, largestPx) / largestPx))}
        aria-valuetext={plural(sizePx, '{n} pixel', '{n} pixels')}
        onChange={(event) => {
          const share = event.currentTarget.valueAsNumber / 100
          onChange(Math.max(smallestPx, Math.round(largestPx * share * share)))
        }}
      />
      <output htmlFor={id} className="tool-bar__value">
        {t('{n} px', { n: sizePx })}
      </output>
    </span>
  )
}
