import './overlay.css'
import type { ReactElement, ReactNode, RefObject } from 'react'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Header,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components'
import { Check } from './icons'
import { Kbd } from './Kbd'

interface MenuProps {
  label: string
  /** The button that opens the menu. */
  trigger: ReactElement
  children: ReactNode
  placement?: 'bottom start' | 'bottom end'
  onOpenChange?: (isOpen: boolean) => void
}

export function Menu({
  label,
  trigger,
  children,
  placement = 'bottom end',
  onOpenChange,
}: MenuProps) {
  return (
    <MenuTrigger onOpenChange={onOpenChange}>
      {trigger}
      <Popover className="popover" placement={placement} offset={4}>
        <AriaMenu className="menu" aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

interface MenuAtProps {
  label: string
  triggerRef: RefObject<HTMLElement | null>
  isByKey: boolean
  onClose: () => void
  children: ReactNode
}

/** An open menu below a button that knows nothing of menus. */
export function MenuAt({ label, triggerRef, isByKey, onClose, children }: MenuAtProps) {
  return (
    <Popover
      className="popover"
      placement="bottom end"
      offset={4}
      aria-label={label}
      triggerRef={triggerRef}
      isOpen
      onOpenChange={onClose}
    >
      <AriaMenu
        className="menu"
        aria-label={label}
        autoFocus={isByKey ? 'first' : true}
        onClose={onClose}
      >
        {children}
      </AriaMenu>
    </Popover>
  )
}

interface MenuItemProps {
  children: string
  description?: string
  icon?: ReactNode
  onAction?: () => void
  href?: string
  isDanger?: boolean
  isDisabled?: boolean
  isChecked?: boolean
  shortcut?: string
}

export function MenuItem({
  children,
  description,
  icon,
  isDanger,
  isChecked,
  shortcut,
  ...rest
}: MenuItemProps) {
  return (
    <AriaMenuItem
      {...rest}
      textValue={children}
      className="menu__item"
      data-danger={isDanger || undefined}
    >
      {icon}
      <span className="menu__words">
        <Text slot="label">{children}</Text>
        {description !== undefined && (
          <Text slot="description" className="menu__description">
            {description}
          </Text>
        )}
      </span>
      {isChecked && <Check className="menu__check" />}
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </AriaMenuItem>
  )
}

export function MenuGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <MenuSection>
      <Header className="menu__title">{title}</Header>
      {children}
    </MenuSection>
  )
}

export function MenuSeparator() {
  return <Separator className="menu__separator" />
}
