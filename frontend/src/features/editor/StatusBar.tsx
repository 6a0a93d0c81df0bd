import { useLayoutEffect, useRef } from 'react'
import type { Editor } from '@/editor'
import { useEditorValue } from './hooks'

/** Where the pointer is, how large the image is shown, and what the tool can do now. */
export function StatusBar({ editor }: { editor: Editor }) {
  const hint = useEditorValue(editor, (snapshot) => snapshot.hint)
  const notice = useEditorValue(editor, (snapshot) => snapshot.notice)
  const size = useEditorValue(editor, (snapshot) => snapshot.size)
  return (
    <footer className="status-bar">
      <PointerPosition editor={editor} />
      {size !== null && (
        <span className="status-bar__size">
          {size.width} × {size.height} px
        </span>
      )}
      <span className="status-bar__hint" data-notice={notice !== null || undefined}>
        {notice ?? hint}
      </span>
    </footer>
  )
}

/**
 * The only part of the page that follows the pointer. It writes its text itself: React would render
 * after the frame that the move belongs to, and every move of a stroke would cost a second frame.
 */
function PointerPosition({ editor }: { editor: Editor }) {
  const pointer = useRef<HTMLSpanElement>(null)
  const zoom = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const write = () => {
      const { pixel, zoomPercent } = editor.status.getSnapshot()
      setText(pointer.current, pixel === null ? 'x –  y –' : `x ${pixel.x}  y ${pixel.y}`)
      setText(zoom.current, `${Math.round(zoomPercent)} %`)
    }
    write()
    return editor.status.subscribe(write)
  }, [editor])
  return (
    <>
      <span className="status-bar__pointer" ref={pointer} />
      <span className="status-bar__zoom" ref={zoom} />
    </>
  )
}

function setText(element: HTMLElement | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text
}
