import './field.css'
import './overlay.css'
import { type FocusEvent, useId, useState } from 'react'
import { flushSync } from 'react-dom'
import { ChevronsUpDown } from './icons'
import { Select, type SelectProps } from './Select'

type SleepingSelectProps<Value extends string> = Omit<SelectProps<Value>, 'isLabelHidden'>

/**
 * A `Select` for what is drawn anew with every stroke: its list, and the copy of the list that React
 * Aria keeps for forms, exist only while a pointer is on it or it was opened. Until then it is a button
 * of the same look.
 */
export function SleepingSelect<Value extends string>(props: SleepingSelectProps<Value>) {
  const [isNear, setNear] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const [isOpen, setOpen] = useState(false)
  /** The focus came to the list's own button, or was on this one when it woke. */
  const [isWoken, setWoken] = useState(false)
  const isAwake = isNear || isOpen || (isWoken && hasFocus)
  const onPointerEnter = () => {
    // At once: the press that follows is the list's own.
    flushSync(() => {
      setNear(true)
      setWoken(true)
    })
  }
  const onOpenChange = (isOpenNow: boolean) => {
    setOpen(isOpenNow)
    // The pointer was over a list that is gone: browsers say of no such element that it was left.
    if (!isOpenNow) setNear(false)
  }
  const wakeAndOpen = () => {
    // One after the other: the list takes the focus from its button, and gives it back to it.
    flushSync(() => {
      setFocus(true)
      setWoken(true)
    })
    setOpen(true)
  }
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    const isWithin = currentTarget.contains(relatedTarget)
    setFocus(isWithin)
    if (!isWithin) setWoken(isNear)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices who comes near what is within
    <div
      onPointerEnter={onPointerEnter}
      onPointerLeave={() => setNear(false)}
      onFocus={() => setFocus(true)}
      onBlur={onBlur}
    >
      {isAwake ? (
        <Select {...props} isAutoFocused={hasFocus} isOpen={isOpen} onOpenChange={onOpenChange} />
      ) : (
        <Asleep {...props} onPress={wakeAndOpen} />
      )}
    </div>
  )
}

/** A finger presses without having come near, and who comes by Tab mostly goes on. */
function Asleep<Value extends string>({
  label,
  options,
  value,
  placeholder,
  size = 'md',
  isDisabled = false,
  onPress,
}: SleepingSelectProps<Value> & { onPress: () => void }) {
  const id = useId()
  const chosen = options.find((option) => option.value === value)
  return (
    <div className="field">
      <span className="field__label" id={`${id}-label`}>
        {label}
      </span>
      <button
        type="button"
        className="select__button"
        data-size={size}
        data-disabled={isDisabled || undefined}
        disabled={isDisabled}
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-labelledby={`${id}-value ${id}-label`}
        onClick={onPress}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          onPress()
        }}
      >
        <span className="select__value" id={`${id}-value`}>
          {chosen?.label ?? placeholder}
        </span>
        <ChevronsUpDown />
      </button>
    </div>
  )
}
