import { useId } from 'react'

interface RangeSettingProps {
  label: string
  value: number
  min?: number
  max: number
  step?: number
  /** The value as it is read: with its unit. */
  words: string
  title?: string
  isDisabled?: boolean
  onChange: (value: number) => void
}

/** A slider with its name before and its value behind it. */
export function RangeSetting(props: RangeSettingProps) {
  const { label, value, min = 0, max, step = 1, words, title, isDisabled, onChange } = props
  const id = useId()
  return (
    <span className="tool-bar__setting" title={title}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="slider"
        type="range"
        disabled={isDisabled}
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={words}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output htmlFor={id} className="bar-value">
        {words}
      </output>
    </span>
  )
}
