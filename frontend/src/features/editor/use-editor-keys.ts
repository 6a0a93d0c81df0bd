import { type RefObject, useEffect, useEffectEvent } from 'react'
import { type Editor, type KeyInput, noteHand } from '@/editor'
import { ownerOfKey } from './keyboard'

interface EditorKeysOptions {
  editor: Editor
  canvas: RefObject<HTMLDivElement | null>
  /** False while nothing may be drawn: then only the page's own keys work. */
  isEditing: () => boolean
}

/** Sends each key to whom it belongs: text fields and menus keep theirs, the rest is the editor's. */
export function useEditorKeys({ editor, canvas, isEditing }: EditorKeysOptions): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    noteHand()
    const owner = ownerOfKey(event)
    const input = keyInputOf(event)
    const isCommand = input.ctrlKey || input.metaKey
    const isWriting = owner === 'text' && !isCommand && event.key.length === 1
    const isPressing = owner === 'control' && !isCommand
    if (owner === 'overlay' || isWriting || isPressing) return
    if (editor.commands.pressPageKey(input)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if (owner === 'text') {
      if (event.key === 'Escape') canvas.current?.focus({ preventScroll: true })
      return
    }
    if (owner === 'control' || !isEditing()) return
    if (editor.keyDown(input)) event.preventDefault()
  })
  const onKeyUp = useEffectEvent((event: KeyboardEvent) => {
    if (editor.keyUp(keyInputOf(event))) event.preventDefault()
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

/** AltGr writes signs, and says so as Ctrl and Alt: on many keyboards `\` and `[` come by it. */
export function keyInputOf(event: KeyboardEvent): KeyInput {
  const isAltGr = event.getModifierState('AltGraph')
  return {
    key: event.key,
    code: event.code,
    repeat: event.repeat,
    shiftKey: event.shiftKey,
    altKey: event.altKey && !isAltGr,
    ctrlKey: event.ctrlKey && !isAltGr,
    metaKey: event.metaKey,
  }
}

/** Header, tools, canvas, panel: Tab is the canvas's own key, so that one more leads around. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const current = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(current + step + regions.length) % regions.length]
  if (next === undefined) return
  const target = next.tabIndex >= 0 ? next : next.querySelector<HTMLElement>('button, a, input')
  target?.focus()
}
