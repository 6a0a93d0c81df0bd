import { useLayoutEffect, useRef } from 'react'
import { type Editor, whenAtRest } from '@/editor'
import { setText } from './hooks'
import { PaintedText } from './painted-text'

/** Numbers that run faster nobody reads; each time costs a stroke's frame a fifteenth. */
const PAINTED_EVERY_MS = 66

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
    const paint = () => {
      timer = undefined
      painted.show(text)
    }
    let areWordsDue = false
    const writeWords = () => {
      areWordsDue = false
      setText(words.current, text)
    }
    const write = () => {
      const { pixel, zoomPercent } = editor.status.getSnapshot()
      text = pixel === null ? 'x –  y –' : `x ${pixel.x}  y ${pixel.y}`
      timer ??= setTimeout(paint, PAINTED_EVERY_MS)
      setText(zoom.current, `${Math.round(zoomPercent)} %`)
      if (areWordsDue) return
      // Each time the page's styles are looked at.
      areWordsDue = true
      whenAtRest(writeWords)
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
