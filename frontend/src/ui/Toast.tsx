import { t } from '@/i18n'
import './feedback.css'
import { useEffect, useSyncExternalStore } from 'react'
import { CircleAlert, CircleCheck, X } from './icons'
import { PlainButton, PlainIconButton } from './PlainButton'

export interface ToastAction {
  label: string
  perform: () => void
}

interface ToastEntry {
  id: number
  tone: 'done' | 'problem'
  text: string
  action?: ToastAction
}

const VISIBLE_MS = 6_000
let toasts: readonly ToastEntry[] = []
let lastId = 0
const listeners = new Set<() => void>()

function publish(next: readonly ToastEntry[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tell what was done. It never asks anything and never covers the work. */
export function toast(
  text: string,
  options: { tone?: ToastEntry['tone']; action?: ToastAction } = {},
): void {
  lastId += 1
  publish([...toasts.slice(-2), { id: lastId, text, tone: 'done', ...options }])
}

function dismiss(id: number): void {
  publish(toasts.filter((entry) => entry.id !== id))
}

function ToastCard({ entry }: { entry: ToastEntry }) {
  useEffect(() => {
    // A problem stays until it was read.
    if (entry.tone === 'problem') return
    const timer = setTimeout(() => dismiss(entry.id), VISIBLE_MS)
    return () => clearTimeout(timer)
  }, [entry])
  return (
    <li className="toast" data-tone={entry.tone}>
      {entry.tone === 'done' ? <CircleCheck /> : <CircleAlert />}
      <span className="toast__text">{entry.text}</span>
      {entry.action !== undefined && (
        <PlainButton
          size="sm"
          variant="quiet"
          onPress={() => {
            entry.action?.perform()
            dismiss(entry.id)
          }}
        >
          {entry.action.label}
        </PlainButton>
      )}
      <PlainIconButton
        label={t('Dismiss')}
        size="sm"
        icon={<X />}
        onPress={() => dismiss(entry.id)}
      />
    </li>
  )
}

/** Stands once in the page; screen readers announce what appears in it. */
export function ToastRegion() {
  const entries = useSyncExternalStore(subscribe, () => toasts)
  return (
    <section aria-label={t('Notifications')} aria-live="polite" className="toast-region">
      <ul className="toast-list">
        {entries.map((entry) => (
          <ToastCard key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  )
}
