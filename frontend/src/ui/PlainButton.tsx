import './button.css'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Spinner } from './Spinner'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

interface PlainButtonProps
  extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style' | 'disabled'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  isDisabled?: boolean
  /** Under way: it keeps its width, says so, and takes no press. */
  isPending?: boolean
  onPress: () => void
  ref?: Ref<HTMLButtonElement>
}

/**
 * The browser's own button in the look of `Button`, for what is drawn with the first image: it needs
 * none of React Aria's code, and a tenth of its rendering. It stands by itself; the triggers and
 * closing buttons of React Aria's menus and dialogs are `Button`s.
 */
export function PlainButton({ icon, children, ...rest }: PlainButtonProps) {
  const { isPending } = rest
  return (
    <Bare {...rest}>
      {isPending ? <Spinner className="button__icon" /> : icon}
      <span className="button__label">{children}</span>
    </Bare>
  )
}

interface PlainIconButtonProps
  extends Omit<PlainButtonProps, 'children' | 'aria-label' | 'isPending'> {
  /** Read out, and shown as the tip. */
  label: string
  icon: ReactNode
  shortcut?: string
}

export function PlainIconButton({
  label,
  icon,
  shortcut,
  size = 'md',
  variant = 'quiet',
  ...rest
}: PlainIconButtonProps) {
  return (
    <Bare
      {...rest}
      {...{ size, variant }}
      aria-label={label}
      data-icon-only
      data-tip
      data-tip-keys={shortcut}
    >
      {icon}
    </Bare>
  )
}

function Bare({
  variant = 'secondary',
  size = 'md',
  isDisabled = false,
  isPending = false,
  onPress,
  ...rest
}: Omit<PlainButtonProps, 'icon'>) {
  return (
    <button
      type="button"
      {...rest}
      className="button"
      data-plain
      data-variant={variant}
      data-size={size}
      data-pending={isPending || undefined}
      data-disabled={isDisabled || undefined}
      disabled={isDisabled}
      // Not disabled: who pressed it with the keyboard keeps their place.
      aria-disabled={isPending || undefined}
      onClick={isPending ? undefined : onPress}
    />
  )
}
