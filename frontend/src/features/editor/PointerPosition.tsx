import { useLayoutEffect, useRef } from 'react'
import type { Editor } from '@/editor'
import { setText } from './hooks'
import { PaintedText } from './painted-text'

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
    const write = () => {
      const { pixel, zoomPercent } = editor.status.getSnapshot()
      const text = pixel === null ? 'x –  y –' : `x ${pixel.x}  y ${pixel.y}`
      painted.show(text)
      setText(zoom.current, `${Math.round(zoomPercent)} %`)
      setText(words.current, text)
    }
    write()
    const stopListening = editor.status.subscribe(write)
    return () => {
      stopListening()
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
