import { useDeferredValue, useEffect, useState, useSyncExternalStore } from 'react'
import type { Editor, EditorSnapshot } from '@/editor'
import type { Readable } from './session/observable'

/** A part of the engine's state; the component draws again only when that part changes. */
export function useEditorValue<Value>(
  editor: Editor,
  select: (snapshot: EditorSnapshot) => Value,
): Value {
  const { subscribe, getSnapshot } = editor.store
  return useSyncExternalStore(subscribe, () => select(getSnapshot()))
}

/**
 * The same for what may follow a moment later: it is drawn after the frame that shows the stroke,
 * in pieces that let input through.
 */
export function useLaterEditorValue<Value>(
  editor: Editor,
  select: (snapshot: EditorSnapshot) => Value,
): Value {
  return useDeferredValue(useEditorValue(editor, select))
}

export function useReadable<Value>(readable: Readable<Value>): Value {
  return useSyncExternalStore(readable.subscribe, readable.get)
}

/** Draws again every `ms`, and returns the monotonic time of that moment. */
export function useTick(ms: number): number {
  const [nowMs, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), ms)
    return () => clearInterval(timer)
  }, [ms])
  return nowMs
}

/** True once `isOn` has lasted for a while: what is quicker shows no progress. */
export function useLasting(isOn: boolean, ms = 400): boolean {
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    if (!isOn) return
    const timer = setTimeout(() => setLasting(true), ms)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [isOn, ms])
  return isOn && isLasting
}
