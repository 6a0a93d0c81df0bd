import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { PlainButton } from '@/ui/PlainButton'

export interface OpenedProps {
  /** The button that it belongs to. */
  triggerRef: RefObject<HTMLButtonElement | null>
  /** Opened by key: the first of what is in it takes the focus. */
  isByKey: boolean
  onClose: () => void
}

interface OpeningButtonProps {
  /** What comes up, for those who do not see it. */
  opens: 'menu' | 'dialog'
  variant: 'quiet' | 'secondary'
  icon: ReactNode
  isDisabled?: boolean
  children: ReactNode
  /** Drawn while it is open: its code comes after the first image. */
  panel: (opened: OpenedProps) => ReactNode
}

/** A button of the header that opens a menu or a small dialog below itself. */
export function OpeningButton({ opens, children, panel, ...button }: OpeningButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState<{ isByKey: boolean } | null>(null)
  return (
    <>
      <PlainButton
        {...button}
        size="sm"
        ref={trigger}
        aria-haspopup={opens}
        aria-expanded={opened !== null}
        onPress={() => setOpened({ isByKey: false })}
        onKeyDown={(event) => {
          if (!['ArrowDown', 'Enter', ' '].includes(event.key) || event.ctrlKey || event.metaKey)
            return
          event.preventDefault()
          setOpened({ isByKey: true })
        }}
      >
        {children}
      </PlainButton>
      {opened !== null && panel({ ...opened, triggerRef: trigger, onClose: () => setOpened(null) })}
    </>
  )
}
