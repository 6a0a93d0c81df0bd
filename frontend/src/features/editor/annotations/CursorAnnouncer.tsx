import { useEffect, useRef } from 'react'
import type { Editor, PointerStatus } from '@/editor'
import { t } from '@/i18n'
import { setText } from '../hooks'

/** Whoever listens cannot follow each step of a key that is held down. */
const SAY_AFTER_MS = 350

/**
 * Where the pointer of the arrow keys is, in words for a screen reader: its pixel, and what lies
 * under it. Said when it comes to rest; a mouse is felt, and not spoken of.
 */
export function CursorAnnouncer({ editor }: { editor: Editor }) {
  const words = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = editor.status.subscribe(() => {
      clearTimeout(timer)
      const status = editor.status.getSnapshot()
      if (!status.isByKeys) return
      timer = setTimeout(() => setText(words.current, whereWords(editor, status)), SAY_AFTER_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [editor])
  return <span className="visually-hidden" aria-live="polite" data-cursor-words ref={words} />
}

function whereWords(editor: Editor, { pixel, objectKey }: PointerStatus): string {
  if (pixel === null) return t('Outside of the image')
  const { objects } = editor.store.getSnapshot()
  const object = objects.find(({ key }) => key === objectKey)
  const name = object === undefined ? t('nothing labelled') : object.name
  return t('{x}, {y}: {name}', { x: pixel.x, y: pixel.y, name })
}
