import { useEffect, useState } from 'react'
import type { Desk } from './desk'
import { type PageDialog, pageActions } from './page-actions'
import { keymapOf } from './shortcuts/bindings'
import { focusNextRegion } from './use-editor-keys'

interface PageState {
  readonly dialog: PageDialog | null
  readonly openDialog: (dialog: PageDialog | null) => void
  readonly arePanelsOpen: boolean
}

/** What is open around the canvas, and the commands that open it. */
export function usePage({ editor, session, shortcuts }: Desk): PageState {
  const [dialog, openDialog] = useState<PageDialog | null>(null)
  const [arePanelsOpen, setPanelsOpen] = useState(true)
  useEffect(
    () =>
      editor.commands.add(
        pageActions(session, {
          open: openDialog,
          togglePanels: () => setPanelsOpen((areOpen) => !areOpen),
          focusRegion: focusNextRegion,
        }),
      ),
    [editor, session],
  )
  useEffect(() => {
    const setKeys = () => editor.setKeymap(keymapOf(shortcuts.bindings.get()))
    setKeys()
    return shortcuts.bindings.subscribe(setKeys)
  }, [editor, shortcuts])
  return { dialog, openDialog, arePanelsOpen }
}
