import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { Editor } from '@/editor'
import { ownerOfKey } from './keyboard'

export interface PageKeys {
  submit: () => void
  togglePanels: () => void
  showInstructions: () => void
  showShortcuts: () => void
}

interface EditorKeysOptions {
  editor: Editor
  canvas: RefObject<HTMLDivElement | null>
  /** False while nothing may be drawn: then only the page's own keys work. */
  isEditing: boolean
  page: PageKeys
}

/** Sends each key to whom it belongs: text fields and menus keep theirs, the page has a few, the rest is the engine's. */
export function useEditorKeys({ editor, canvas, isEditing, page }: EditorKeysOptions): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const owner = ownerOfKey(event)
    if (owner === 'overlay') return
    const perform = pageCommand(event, owner === 'text', page)
    if (perform !== null) {
      event.preventDefault()
      event.stopPropagation()
      perform()
      return
    }
    if (owner === 'text') {
      if (event.key === 'Escape') canvas.current?.focus({ preventScroll: true })
      return
    }
    if (owner === 'control' || !isEditing) return
    if (editor.keyDown(event)) event.preventDefault()
  })
  const onKeyUp = useEffectEvent((event: KeyboardEvent) => {
    if (editor.keyUp(event)) event.preventDefault()
  })
  useEffect(() => {
    const controller = new AbortController()
    // Before the controls hear of them: a focused button would take Ctrl+Enter for Enter.
    const options = { signal: controller.signal, capture: true }
    window.addEventListener('keydown', (event) => onKeyDown(event), options)
    window.addEventListener('keyup', (event) => onKeyUp(event), options)
    return () => controller.abort()
  }, [])
}

function pageCommand(event: KeyboardEvent, isTyping: boolean, page: PageKeys): (() => void) | null {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return page.submit
  if (event.key === 'F1') return page.showInstructions
  if (event.key === 'F6') return () => focusNextRegion(event.shiftKey ? -1 : 1)
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return null
  if (event.key === '?') return page.showShortcuts
  if (event.key === '\\') return page.togglePanels
  return null
}

/** Header, tools, canvas, panel: Tab is the canvas's own key, so that one more leads around. */
function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const current = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(current + step + regions.length) % regions.length]
  if (next === undefined) return
  const target = next.tabIndex >= 0 ? next : next.querySelector<HTMLElement>('button, a, input')
  target?.focus()
}
