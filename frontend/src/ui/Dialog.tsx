import { t } from '@/i18n'
import './overlay.css'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button, IconButton } from './Button'
import { X } from './icons'

interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  size?: 'sm' | 'md' | 'lg'
  role?: 'dialog' | 'alertdialog'
}

export function Dialog({ title, isOpen, onClose, children, size = 'sm', role }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={isOpen}
      isDismissable={role !== 'alertdialog'}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className="dialog-frame" data-size={size}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog__header">
            <Heading slot="title" className="dialog__title">
              {title}
            </Heading>
            <IconButton label={t('Close')} icon={<X />} size="sm" onPress={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="dialog__body">{children}</div>
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className="dialog__actions">{children}</footer>
}

interface ConfirmDialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  /** A verb with its object: "Delete project". */
  action: string
  onConfirm: () => void
  isPending?: boolean
  isDanger?: boolean
  children: ReactNode
}

/** Asks once before something that cannot be undone; the text names what will be lost. */
export function ConfirmDialog({
  title,
  isOpen,
  onClose,
  action,
  onConfirm,
  isPending,
  isDanger = true,
  children,
}: ConfirmDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} role="alertdialog">
      <DialogBody>{children}</DialogBody>
      <DialogActions>
        <Button onPress={onClose} autoFocus>
          {t('Cancel')}
        </Button>
        <Button
          variant={isDanger ? 'danger' : 'primary'}
          onPress={onConfirm}
          isPending={isPending ?? false}
        >
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
