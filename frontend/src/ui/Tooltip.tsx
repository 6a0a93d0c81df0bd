import './overlay.css'
import type { ReactNode } from 'react'
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd'

interface TooltipProps {
  children: ReactNode
  shortcut?: string
  placement?: 'top' | 'bottom' | 'left' | 'right'
}

/** The bubble; it stands beside its button inside a TooltipTrigger. */
export function Tooltip({ children, shortcut, placement = 'bottom' }: TooltipProps) {
  return (
    <AriaTooltip className="tooltip" offset={6} placement={placement}>
      {children}
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </AriaTooltip>
  )
}

/** Text that explains itself on hover and on focus. */
export function Hint({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <TooltipTrigger delay={300} closeDelay={0}>
      <Focusable>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact value must be reachable by keyboard */}
        <span className="hint" role="note" tabIndex={0}>
          {children}
        </span>
      </Focusable>
      <Tooltip placement="top">{text}</Tooltip>
    </TooltipTrigger>
  )
}
