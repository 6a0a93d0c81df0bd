import { type KeyboardEvent, useState } from 'react'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import type { Desk } from './desk'

interface QuestionDialogProps {
  session: Desk['session']
  onClose: () => void
}

/** Sets the image aside with a question, and goes on with the next. */
export function QuestionDialog({ session, onClose }: QuestionDialogProps) {
  const [text, setText] = useState('')
  const ask = () => {
    if (text.trim() === '') return
    void session.ask(text.trim())
    onClose()
  }
  // As everything else is handed in here.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    ask()
  }
  return (
    <Dialog title={t('Ask about this image')} isOpen onClose={onClose}>
      <DialogBody>
        <p>
          {t(
            'The image is set aside with what you drew. It comes back to you with the answer, before anything new.',
          )}
        </p>
        <form onKeyDown={onKeyDown}>
          <TextField
            label={t('Your question')}
            isMultiline
            rows={4}
            autoFocus
            maxLength={5000}
            value={text}
            onChange={setText}
          />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button variant="primary" isDisabled={text.trim() === ''} onPress={ask}>
          {t('Ask and go on')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
