interface SegmentsProps<Value extends string> {
  label: string
  /** Value, word on the button, and what it means. */
  options: readonly (readonly [value: Value, word: string, title: string])[]
  value: Value
  onChange: (value: Value) => void
}

/** One of a few, side by side. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, options, value, onChange } = props
  return (
    <fieldset className="tool-bar__modes" aria-label={label}>
      {options.map(([option, word, title]) => (
        <button
          key={option}
          type="button"
          className="tool-bar__mode"
          aria-pressed={option === value}
          title={title}
          onClick={() => onChange(option)}
        >
          {word}
        </button>
      ))}
    </fieldset>
  )
}
