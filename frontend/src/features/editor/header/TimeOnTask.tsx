import { useRef } from 'react'
import { t } from '@/i18n'
import { setText, useWriting } from '../hooks'
import type { ActiveTime } from '../session/active-time'

/** The counted time, as it is sent: it stands still while nobody works. */
export function TimeOnTask({ activeTime }: { activeTime: ActiveTime }) {
  const root = useRef<HTMLSpanElement>(null)
  const write = () => setText(root.current, clockWords(Math.floor(activeTime.totalMs() / 1000)))
  useWriting(write, 1_000)
  return (
    <span
      className="editor-header__time"
      title={t('Time you worked on this image')}
      role="timer"
      ref={root}
    />
  )
}

/** "02:31", and from an hour on "1:02:31". */
export function clockWords(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`
  return hours === 0 ? rest : `${hours}:${rest}`
}
