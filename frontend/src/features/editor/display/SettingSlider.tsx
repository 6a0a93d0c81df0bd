import { useId } from 'react'

interface SettingSliderProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** The value as it is read. */
  words: string
  isDisabled?: boolean
  onChange: (value: number) => void
}

/** A labelled slider of one line, with its value beside it. */
export function SettingSlider(props: SettingSliderProps) {
  const { label, value, min, max, step, words, isDisabled, onChange } = props
  const id = useId()
  return (
    <div className="display-settings__line">
      <label className="display-settings__label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="slider"
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={isDisabled}
        aria-valuetext={words}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output htmlFor={id}>{words}</output>
    </div>
  )
}
