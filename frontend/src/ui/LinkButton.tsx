import './button.css'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react'
import type { ButtonSize, ButtonVariant } from './PlainButton'

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  ref?: Ref<HTMLAnchorElement>
}

/** A link that looks like a button, for downloads and other plain addresses. */
export function AnchorButton({
  variant = 'secondary',
  size = 'md',
  icon,
  children,
  ref,
  ...rest
}: AnchorProps) {
  return (
    <a {...rest} ref={ref} className="button" data-plain data-variant={variant} data-size={size}>
      {icon}
      <span className="button__label">{children}</span>
    </a>
  )
}

/** A router link that looks like a button. */
export const LinkButton = createLink(AnchorButton)
