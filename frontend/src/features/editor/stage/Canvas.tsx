import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useCursor } from './cursor'

interface CanvasProps {
  editor: Editor
  label: string
  /** While a task is being handed in, nothing may be drawn on it. */
  isLocked: boolean
  ref: Ref<HTMLDivElement>
}

/** The engine's own ground: it puts its canvases in here, and React draws nothing on them. */
export function Canvas({ editor, label, isLocked, ref }: CanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => host.current)
  useEffect(() => (host.current === null ? undefined : editor.attach(host.current)), [editor])
  return (
    <div
      ref={host}
      className="stage__canvas"
      role="application"
      aria-label={label}
      aria-roledescription={t('image canvas')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas takes the keys of every tool
      tabIndex={0}
      // Keys that are pressed in an attached page stay there: it is a document of its own.
      onPointerEnter={({ currentTarget }) => {
        if (document.activeElement instanceof HTMLIFrameElement) {
          currentTarget.focus({ preventScroll: true })
        }
      }}
      data-locked={isLocked || undefined}
      data-cursor={useCursor(editor)}
      data-region
    />
  )
}
