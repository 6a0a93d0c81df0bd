import { t } from '@/i18n'
import './field.css'
import './overlay.css'
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Select as AriaSelect,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components'
import { Check, ChevronsUpDown } from './icons'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  description?: string
  icon?: ReactNode
}

export interface SelectProps<Value extends string> {
  label: string
  isLabelHidden?: boolean
  options: readonly SelectOption<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  size?: 'sm' | 'md'
  isDisabled?: boolean
  placeholder?: string
}

/** For who shows and hides the list himself. */
interface OpenedSelectProps {
  isAutoFocused?: boolean
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
}

export function Select<Value extends string>({
  label,
  isLabelHidden,
  options,
  value,
  onChange,
  size = 'md',
  isDisabled,
  placeholder,
  isAutoFocused,
  isOpen,
  onOpenChange,
}: SelectProps<Value> & OpenedSelectProps) {
  return (
    <AriaSelect
      className="field"
      autoFocus={isAutoFocused}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      value={value}
      isDisabled={isDisabled}
      placeholder={placeholder}
      onChange={(key) => {
        const option = options.find((candidate) => candidate.value === key)
        if (option !== undefined) onChange(option.value)
      }}
    >
      <Label className={isLabelHidden ? 'visually-hidden' : 'field__label'}>{label}</Label>
      <AriaButton className="select__button" data-size={size}>
        <SelectValue className="select__value">
          {({ selectedText }) => selectedText || placeholder || t('Choose…')}
        </SelectValue>
        <ChevronsUpDown />
      </AriaButton>
      <Popover className="popover" offset={4}>
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className="menu__item">
              {({ isSelected }) => (
                <>
                  {option.icon}
                  <span className="menu__words">
                    <Text slot="label">{option.label}</Text>
                    {option.description !== undefined && (
                      <Text slot="description" className="menu__description">
                        {option.description}
                      </Text>
                    )}
                  </span>
                  {isSelected && <Check className="menu__check" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
