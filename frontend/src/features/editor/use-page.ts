import { useCallback, useEffect, useState } from 'react'
import type { Desk } from './desk'
import { isAtWork, type PageDialog, pageActions } from './page-actions'
import { focusQuestions } from './questions/focus'
import { relationOfLink, relationOfPair } from './relations'
import { isForLabelingOnly, reviewActions } from './review/review-actions'
import { keymapOf, reviewKeymapOf } from './shortcuts/bindings'
import { focusNextRegion } from './use-editor-keys'

interface PageState {
  readonly dialog: PageDialog | null
  readonly openDialog: (dialog: PageDialog | null) => void
  readonly arePanelsOpen: boolean
  readonly isHistoryOpen: boolean
  readonly closeHistory: () => void
  readonly isBesideOpen: boolean
}

/** What is open around the canvas, and the commands that open it. */
export function usePage(desk: Desk): PageState {
  const { editor, session, shortcuts, comments, completeness, workbench, review } = desk
  const [dialog, openDialog] = useState<PageDialog | null>(null)
  const [arePanelsOpen, setPanelsOpen] = useState(true)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const [isBesideOpen, setBesideOpen] = useState(false)
  const closeHistory = useCallback(() => setHistoryOpen(false), [])
  useEffect(() => {
    const actions = pageActions(session, {
      open: openDialog,
      togglePanels: () => setPanelsOpen((areOpen) => !areOpen),
      toggleHistory: () => {
        setHistoryOpen((isOpen) => !isOpen)
        setPanelsOpen(true)
      },
      toggleBeside: () => setBesideOpen((isOpen) => !isOpen),
      focusRegion: focusNextRegion,
      answerQuestions: () => {
        setPanelsOpen(true)
        if (!focusQuestions()) setTimeout(focusQuestions)
      },
      relateSelected: () => {
        const { relations = [] } = workbench.shown.get() ?? {}
        const found = relationOfPair(editor.store.getSnapshot(), relations)
        if (found !== null) editor.facts.relate(found.from, found.relationship)
      },
      comment: () => {
        setPanelsOpen(true)
        comments.begin()
      },
      checkSent: () => comments.checkSent(),
      checkBeforeSubmit: () => comments.checkSent() && completeness.checkBeforeSubmit(),
    })
    if (review === null) return editor.commands.add(actions)
    const showReview = () => {
      setPanelsOpen(true)
      setHistoryOpen(false)
      completeness.tab.set('review')
    }
    const isWorking = () => isAtWork(session.state.get())
    return editor.commands.add([
      ...actions.filter((action) => !isForLabelingOnly(action)),
      ...reviewActions(review, { showReview, isWorking }),
    ])
  }, [editor, session, comments, completeness, workbench, review])
  useEffect(
    () =>
      editor.links.subscribe((link) => {
        const { relations = [] } = workbench.shown.get() ?? {}
        const found = relationOfLink(editor.store.getSnapshot().objects, link, relations)
        if (found !== null) editor.facts.relate(found.from, found.relationship)
        // Both are selected: the panel says what was said of them, lets it be put otherwise, and
        // why nothing was where the classes allow nothing.
        editor.select([link.from, link.to])
        setPanelsOpen(true)
      }),
    [editor, workbench],
  )
  useEffect(() => {
    const keysFor = review === null ? keymapOf : reviewKeymapOf
    const setKeys = () => editor.setKeymap(keysFor(shortcuts.bindings.get()))
    setKeys()
    return shortcuts.bindings.subscribe(setKeys)
  }, [editor, shortcuts, review])
  return {
    dialog,
    openDialog,
    arePanelsOpen,
    isHistoryOpen,
    isBesideOpen,
    closeHistory,
  }
}
