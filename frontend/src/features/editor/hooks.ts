import {
  startTransition,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { type Editor, type EditorSnapshot, whenAtRest } from '@/editor'
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

interface Following<Value> {
  isThere: (value: Value) => boolean
  /** Of values that mostly last no longer than that; the page looks the same with them. */
  isPassing?: (value: Value) => boolean
}

const PASSING_MS = 150

/**
 * The same for what much of the page stands on. Where nothing is there yet, what comes is drawn at once;
 * what takes its place follows in pieces that let input through, and until then nothing is drawn.
 */
export function useFollowing<Value>(
  readable: Readable<Value>,
  { isThere, isPassing }: Following<Value>,
): Value {
  const [value, setValue] = useState(readable.get)
  const mayPass = useEffectEvent((next: Value) => isThere(next) && isPassing?.(next) === true)
  const wasThere = useEffectEvent(isThere)
  useEffect(() => {
    let last = readable.get()
    let timer: ReturnType<typeof setTimeout> | undefined
    const follow = () => setValue(() => last)
    const followInPieces = () => startTransition(follow)
    follow()
    const stop = readable.subscribe(() => {
      const isFirst = !wasThere(last)
      last = readable.get()
      clearTimeout(timer)
      if (isFirst) follow()
      else if (mayPass(last)) timer = setTimeout(followInPieces, PASSING_MS)
      else followInPieces()
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [readable])
  return value
}

/** A part of a readable value; the component draws again only when that part changes. */
export function usePartOf<Value, Part>(
  readable: Readable<Value>,
  select: (value: Value) => Part,
): Part {
  return useSyncExternalStore(readable.subscribe, () => select(readable.get()))
}

const NO_SOURCES: readonly Readable<unknown>[] = []

/**
 * For the few signs that change all the time, also while somebody draws. What `write` puts into the
 * page's elements does not pass through React, which would render a frame of its own for it. Called
 * once they are there, when one of `sources` changes, and every `ms` while the hand rests: nobody reads
 * the time while drawing, and text that is laid out anew costs a stroke's frame half as much again.
 */
export function useWriting(
  write: () => void,
  everyMs: number,
  sources: readonly Readable<unknown>[] = NO_SOURCES,
): void {
  const onChange = useEffectEvent(write)
  useLayoutEffect(() => {
    let isDue = false
    let isGone = false
    const writeAtRest = () => {
      if (isDue) return
      isDue = true
      whenAtRest(() => {
        isDue = false
        if (!isGone) onChange()
      })
    }
    onChange()
    const stops = sources.map((source) => source.subscribe(() => onChange()))
    const timer = setInterval(writeAtRest, everyMs)
    return () => {
      isGone = true
      clearInterval(timer)
      for (const stop of stops) stop()
    }
  }, [sources, everyMs])
}

/** Text that React does not know of; nothing is laid out again where it is as before. */
export function setText(element: HTMLElement | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text
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
