import { t } from '@/i18n'
import './field.css'
import { type ReactNode, type Ref, useId } from 'react'
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  NumberField as AriaNumberField,
  Radio as AriaRadio,
  RadioGroup as AriaRadioGroup,
  SearchField as AriaSearchField,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Group,
  Input,
  Label,
  type NumberFieldProps,
  Text,
  TextArea,
} from 'react-aria-components'
import { ChevronDown, ChevronUp, Search, X } from './icons'

interface FieldWords {
  label: string
  /** The label is read out but not shown. */
  isLabelHidden?: boolean
  description?: ReactNode
  errorMessage?: string
}

function FieldLabel({ label, isLabelHidden }: FieldWords) {
  return <Label className={isLabelHidden ? 'visually-hidden' : 'field__label'}>{label}</Label>
}

function FieldNotes({ description, errorMessage }: FieldWords) {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className="field__description">
          {description}
        </Text>
      )}
      <FieldError className="field__error">{errorMessage}</FieldError>
    </>
  )
}

type TextFieldProps = FieldWords &
  Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> & {
    placeholder?: string
    rows?: number
    isMultiline?: boolean
    size?: 'sm' | 'md'
    inputRef?: Ref<HTMLInputElement>
    isMono?: boolean
  }

export function TextField({
  label,
  isLabelHidden,
  description,
  errorMessage,
  placeholder,
  rows = 4,
  isMultiline = false,
  size = 'md',
  inputRef,
  isMono,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={errorMessage !== undefined} className="field">
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      {isMultiline ? (
        <TextArea className="field__input" data-multiline rows={rows} placeholder={placeholder} />
      ) : (
        <Input
          ref={inputRef}
          className="field__input"
          data-size={size}
          data-mono={isMono}
          placeholder={placeholder}
        />
      )}
      <FieldNotes label={label} description={description} errorMessage={errorMessage} />
    </AriaTextField>
  )
}

type NumberProps = FieldWords &
  Omit<NumberFieldProps, 'className' | 'style' | 'children'> & { size?: 'sm' | 'md'; unit?: string }

export function NumberField({
  label,
  isLabelHidden,
  description,
  errorMessage,
  size = 'md',
  unit,
  ...rest
}: NumberProps) {
  return (
    <AriaNumberField {...rest} isInvalid={errorMessage !== undefined} className="field">
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      <Group className="field__group" data-size={size}>
        <Input className="field__bare-input" />
        {unit !== undefined && <span className="field__unit">{unit}</span>}
        <span className="field__steppers">
          <AriaButton slot="increment" className="field__stepper">
            <ChevronUp />
          </AriaButton>
          <AriaButton slot="decrement" className="field__stepper">
            <ChevronDown />
          </AriaButton>
        </span>
      </Group>
      <FieldNotes label={label} description={description} errorMessage={errorMessage} />
    </AriaNumberField>
  )
}

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  isAutoFocused?: boolean
}

export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, placeholder, isAutoFocused } = props
  return (
    <AriaSearchField
      className="field"
      aria-label={label}
      value={value}
      onChange={onChange}
      autoFocus={isAutoFocused}
    >
      <Group className="field__group" data-size="md">
        <Search className="field__icon" />
        <Input className="field__bare-input" placeholder={placeholder ?? label} />
        {value !== '' && (
          <AriaButton className="field__clear" aria-label={t('Clear search')}>
            <X />
          </AriaButton>
        )}
      </Group>
    </AriaSearchField>
  )
}

interface CheckboxProps {
  children: ReactNode
  description?: ReactNode
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  isDisabled?: boolean
}

export function Checkbox({
  children,
  description,
  isSelected,
  onChange,
  isDisabled,
}: CheckboxProps) {
  const descriptionId = useId()
  return (
    <div className="choice">
      <AriaCheckbox
        className="choice__row"
        isSelected={isSelected}
        onChange={onChange}
        isDisabled={isDisabled}
        aria-describedby={description === undefined ? undefined : descriptionId}
      >
        <span className="choice__box">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3.5 8.5l3 3 6-6.5" />
          </svg>
        </span>
        <span>{children}</span>
      </AriaCheckbox>
      {description !== undefined && (
        <span id={descriptionId} className="choice__description">
          {description}
        </span>
      )}
    </div>
  )
}

export interface RadioOption<Value extends string> {
  value: Value
  label: string
  description?: string
  /** A key that chooses it, shown while the group has the focus. */
  hint?: string
}

/** A key beside an option; shown where the options can be chosen by it. */
export function OptionHint({ hint }: { hint: string | undefined }) {
  if (hint === undefined) return null
  return (
    <span className="option-hint" aria-hidden="true">
      {hint}
    </span>
  )
}

interface RadioGroupProps<Value extends string> {
  label: string
  isLabelHidden?: boolean
  options: readonly RadioOption<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** Cards side by side, or a tight segmented row. */
  look?: 'list' | 'cards' | 'segments'
}

export function RadioGroup<Value extends string>({
  label,
  isLabelHidden,
  options,
  value,
  onChange,
  look = 'list',
}: RadioGroupProps<Value>) {
  return (
    <AriaRadioGroup
      className="field"
      value={value}
      onChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen)
        if (option !== undefined) onChange(option.value)
      }}
      orientation={look === 'segments' ? 'horizontal' : 'vertical'}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      <div className="radio-options" data-look={look}>
        {options.map((option) => (
          <AriaRadio key={option.value} value={option.value} className="radio" data-look={look}>
            {look !== 'segments' && <span className="radio__dot" />}
            <span className="radio__text">
              <span className="radio__label">{option.label}</span>
              {option.description !== undefined && (
                <span className="radio__description">{option.description}</span>
              )}
            </span>
            <OptionHint hint={option.hint} />
          </AriaRadio>
        ))}
      </div>
    </AriaRadioGroup>
  )
}
