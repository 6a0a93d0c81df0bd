interface ChoiceProps<Value extends string> {
  /** What is chosen, for those who do not see the buttons together. */
  label: string
  value: Value
  options: readonly { readonly value: Value; readonly label: string; readonly title: string }[]
  onChange: (value: Value) => void
}

/** One of a few, side by side. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value: chosen, options, onChange } = props
  return (
    <fieldset className="tool-bar__modes" aria-label={label}>
      {options.map(({ value, label: name, title }) => (
        <button
          key={value}
          type="button"
          className="tool-bar__mode"
          aria-pressed={value === chosen}
          title={title}
          onClick={() => onChange(value)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
