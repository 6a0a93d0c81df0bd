import { useEffect, useRef } from 'react'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useCursor } from '../stage/cursor'

/** The image without labels, beside the main view and always at the same place and zoom. */
export function SecondView({ editor, isLocked }: { editor: Editor; isLocked: boolean }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(
    () => (host.current === null ? undefined : editor.views.attachSecond(host.current)),
    [editor],
  )
  return (
    <div
      ref={host}
      className="stage__canvas stage__canvas--second"
      role="img"
      aria-label={t('The image without its labels')}
      data-locked={isLocked || undefined}
      data-cursor={useCursor(editor)}
    />
  )
}
