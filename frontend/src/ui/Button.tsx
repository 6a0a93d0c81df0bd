import './button.css'
import type { ReactNode, Ref } from 'react'
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  ToggleButton as AriaToggleButton,
  TooltipTrigger,
} from 'react-aria-components'
import type { ButtonSize, ButtonVariant } from './PlainButton'
import { Spinner } from './Spinner'
import { Tooltip } from './Tooltip'

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** A button whose text is a verb. While pending it keeps its width and says so. */
export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className="button" data-variant={variant} data-size={size}>
      {({ isPending }) => (
        <>
          {isPending ? <Spinner className="button__icon" /> : icon}
          <span className="button__label">{children}</span>
        </>
      )}
    </AriaButton>
  )
}

interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** Read out, and shown as the tooltip. */
  label: string
  icon: ReactNode
  size?: 'sm' | 'md'
  variant?: 'quiet' | 'secondary'
  shortcut?: string
}

export function IconButton({
  label,
  icon,
  size = 'md',
  variant = 'quiet',
  shortcut,
  ...rest
}: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        {...rest}
        aria-label={label}
        className="button"
        data-icon-only
        data-variant={variant}
        data-size={size}
      >
        {icon}
      </AriaButton>
      <Tooltip shortcut={shortcut}>{label}</Tooltip>
    </TooltipTrigger>
  )
}

interface IconToggleProps {
  label: string
  icon: ReactNode
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  size?: 'sm' | 'md'
}

export function IconToggle({ label, icon, isSelected, onChange, size = 'md' }: IconToggleProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaToggleButton
        aria-label={label}
        className="button"
        data-icon-only
        data-variant="quiet"
        data-size={size}
        isSelected={isSelected}
        onChange={onChange}
      >
        {icon}
      </AriaToggleButton>
      <Tooltip>{label}</Tooltip>
    </TooltipTrigger>
  )
}
