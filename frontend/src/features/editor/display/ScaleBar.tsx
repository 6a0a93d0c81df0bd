import { useLayoutEffect, useRef } from 'react'
import { type Editor, scaleBar } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'

const MAX_WIDTH_PX = 120

/** How long a length of the world is on the screen, where the image says how large its pixels are. */
export function ScaleBar({ editor }: { editor: Editor }) {
  const pixelSize = useEditorValue(editor, (snapshot) => snapshot.pixelSize)
  const bar = useRef<HTMLSpanElement>(null)
  const words = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (pixelSize === null) return
    // Written without React, as it follows the zoom: see StatusBar.
    const write = () => {
      const { zoom } = editor.viewport.getSnapshot().viewport
      const { widthPx, label } = scaleBar(zoom, MAX_WIDTH_PX, pixelSize)
      if (bar.current !== null) bar.current.style.width = `${widthPx}px`
      if (words.current !== null) words.current.textContent = label
    }
    write()
    return editor.viewport.subscribe(write)
  }, [editor, pixelSize])
  if (pixelSize === null) return null
  return (
    <span className="scale-bar" role="img" aria-label={t('Scale')}>
      <span className="scale-bar__bar" ref={bar} />
      <span ref={words} />
    </span>
  )
}
