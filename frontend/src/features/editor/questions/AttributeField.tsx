import { type CSSProperties, useEffect, useEffectEvent, useState } from 'react'
import type { Attribute } from '@/api/types'
import type { AttributeValue } from '@/editor'
import { Checkbox, NumberField, OptionHint, RadioGroup, TextField } from '@/ui/Field'
import { isChosen, isEmpty } from '../answers'

interface AttributeFieldProps {
  attribute: Attribute
  depth: number
  value: AttributeValue
  onChange: (value: AttributeValue) => void
}

/** One question about the selected object, indented where another answer led to it. */
export function AttributeField(props: AttributeFieldProps) {
  return (
    <div
      className="attribute"
      data-question={props.attribute.id}
      data-missing={(props.attribute.required && isEmpty(props.value)) || undefined}
      style={{ '--depth': props.depth } as CSSProperties}
    >
      <Question {...props} />
    </div>
  )
}

function Question({ attribute, value, onChange }: AttributeFieldProps) {
  const label = attribute.required ? `${attribute.name} (required)` : attribute.name
  switch (attribute.kind) {
    case 'radio':
      return (
        <RadioGroup
          label={label}
          options={attribute.options.map(({ id, name }, index) => ({
            value: id ?? name,
            label: name,
            hint: digitOf(index),
          }))}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      )
    case 'checklist':
      return (
        <fieldset className="attribute__choices">
          <legend className="field__label">{label}</legend>
          {attribute.options.map(({ id, name }, index) => (
            <Checkbox
              key={id ?? name}
              isSelected={isChosen(value, id ?? name)}
              onChange={(isOn) => onChange(withChoice(value, id ?? name, isOn))}
            >
              <span className="radio__label">{name}</span>
              <OptionHint hint={digitOf(index)} />
            </Checkbox>
          ))}
        </fieldset>
      )
    case 'text':
      return (
        <TextAnswer
          label={label}
          isMultiline={attribute.multiline ?? false}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
        />
      )
    case 'number':
      return (
        <NumberField
          label={label}
          size="sm"
          value={typeof value === 'number' ? value : Number.NaN}
          minValue={attribute.min ?? undefined}
          maxValue={attribute.max ?? undefined}
          step={attribute.step ?? undefined}
          onChange={(number) => onChange(Number.isNaN(number) ? null : number)}
        />
      )
  }
}

/** Typing pauses that end one change: a sentence is one step of undo, not forty. */
const TYPING_PAUSE_MS = 600

interface TextAnswerProps {
  label: string
  isMultiline: boolean
  value: string
  onChange: (value: string) => void
}

function TextAnswer({ label, isMultiline, value, onChange }: TextAnswerProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const commit = useEffectEvent(() => {
    if (typed !== null && typed !== value) onChange(typed)
    setTyped(null)
  })
  useEffect(() => {
    if (typed === null) return
    const timer = setTimeout(commit, TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <TextField
      label={label}
      size="sm"
      isMultiline={isMultiline}
      rows={3}
      value={typed ?? value}
      onChange={setTyped}
      onBlur={() => {
        if (typed !== null && typed !== value) onChange(typed)
        setTyped(null)
      }}
    />
  )
}

/** The key that chooses an option while its question has the focus. */
function digitOf(index: number): string | undefined {
  return index < 9 ? String(index + 1) : undefined
}

function withChoice(value: AttributeValue, optionId: string, isOn: boolean): AttributeValue {
  const chosen = Array.isArray(value) ? value.filter((id: string) => id !== optionId) : []
  return isOn ? [...chosen, optionId] : chosen
}
