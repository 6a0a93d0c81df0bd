import { useLayoutEffect, useRef } from 'react'
import type { Editor } from '@/editor'
import { setText } from './hooks'
import { PaintedText } from './painted-text'

/** Nobody reads on more often; each time the page's styles are looked at. */
const WORDS_AFTER_MS = 250

/**
 * The only part of the page that follows the pointer. Its numbers are painted: text in the page would
 * be laid out again in every frame of a stroke, and the browser would look after each layout what
 * lies under the pointer, for which it asks for another frame. Inside of the canvas they stand as
 * text that is never laid out, for whoever reads the page without seeing it.
 */
export function PointerPosition({ editor }: { editor: Editor }) {
  const picture = useRef<HTMLCanvasElement>(null)
  const words = useRef<HTMLSpanElement>(null)
  const zoom = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (picture.current === null) return
    const painted = new PaintedText(picture.current)
    let text = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const writeWords = () => {
      timer = undefined
      setText(words.current, text)
    }
    const write = () => {
      const { pixel, zoomPercent } = editor.status.getSnapshot()
      text = pixel === null ? 'x –  y –' : `x ${pixel.x}  y ${pixel.y}`
      painted.show(text)
      setText(zoom.current, `${Math.round(zoomPercent)} %`)
      timer ??= setTimeout(writeWords, WORDS_AFTER_MS)
    }
    write()
    const stopListening = editor.status.subscribe(write)
    return () => {
      stopListening()
      clearTimeout(timer)
      painted.dispose()
    }
  }, [editor])
  return (
    <>
      <canvas className="status-bar__pointer" ref={picture}>
        <span ref={words} />
      </canvas>
      <span className="status-bar__zoom" ref={zoom} />
    </>
  )
}
