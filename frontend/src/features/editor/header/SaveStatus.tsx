import { useMemo, useRef } from 'react'
import { setText, useWriting } from '../hooks'
import type { OpenTask } from '../session/open-task'
import { saveWords } from '../session/save-state'

/** Where the work is, in a few words; changes of state are read out, the passing seconds are not. */
export function SaveStatus({ task }: { task: OpenTask }) {
  const root = useRef<HTMLSpanElement>(null)
  const words = useRef<HTMLSpanElement>(null)
  const announcement = useRef<HTMLSpanElement>(null)
  const { autosave, log } = task
  const write = () => {
    const state = autosave.state.get()
    const { onLine } = navigator
    const { short, long } = saveWords(state, log.health.get(), performance.now(), onLine)
    if (root.current !== null) {
      if (root.current.dataset.state !== state.kind) root.current.dataset.state = state.kind
      const network = onLine ? 'there' : 'away'
      if (root.current.dataset.network !== network) root.current.dataset.network = network
      if (root.current.title !== long) root.current.title = long
    }
    setText(words.current, short)
    // What one hears is the steady outcome, not each stroke's "saving".
    setText(announcement.current, state.kind === 'saving' ? '' : long)
  }
  const sources = useMemo(() => [autosave.state, log.health], [autosave, log])
  useWriting(write, 1_000, sources)
  return (
    <span className="editor-header__save" ref={root}>
      <span className="editor-header__dot" aria-hidden="true" />
      <span aria-hidden="true" ref={words} />
      <span className="visually-hidden" role="status" ref={announcement} />
    </span>
  )
}
