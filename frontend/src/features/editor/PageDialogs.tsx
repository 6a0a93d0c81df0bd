import { useEffect, useRef } from 'react'
import type { Project } from '@/api/types'
import type { Desk } from './desk'
import { useReadable } from './hooks'
import type { PageDialog } from './page-actions'
import {
  CommandPalette,
  InstructionsDialog,
  KeysDialog,
  PreviousDialog,
  QuestionDialog,
  ShortcutsDialog,
} from './parts'
import { focusCanvas } from './questions/focus'

interface PageDialogsProps {
  desk: Desk
  project: Project
  open: PageDialog | null
  onOpen: (dialog: PageDialog | null) => void
}

/** The one dialog that is open, if any. */
export function PageDialogs({ desk, project, open, onOpen }: PageDialogsProps) {
  const { editor, shortcuts } = desk
  const bindings = useReadable(shortcuts.bindings)
  const onClose = () => onOpen(null)
  useFocusAfter(open)
  switch (open) {
    case null:
      return null
    case 'palette':
      return <CommandPalette editor={editor} onClose={onClose} />
    case 'shortcuts':
      return (
        <ShortcutsDialog
          editor={editor}
          bindings={bindings}
          onChangeKeys={() => onOpen('keys')}
          onClose={onClose}
        />
      )
    case 'keys':
      return <KeysDialog editor={editor} shortcuts={shortcuts} onClose={onClose} />
    case 'question':
      return <QuestionDialog session={desk.session} onClose={onClose} />
    case 'previous':
      return <PreviousDialog session={desk.session} projectId={project.id} onClose={onClose} />
    case 'instructions':
      return <InstructionsDialog project={project} onClose={onClose} />
  }
}

/**
 * A dialog gives the focus back to what had it. What was pressed in a dialog before this one is gone by
 * then, and the keys belong to the image.
 */
function useFocusAfter(open: PageDialog | null): void {
  const wasOpen = useRef(false)
  useEffect(() => {
    const isClosed = wasOpen.current && open === null
    wasOpen.current = open !== null
    if (!isClosed) return
    // It is given back with the next frame.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) focusCanvas()
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [open])
}
