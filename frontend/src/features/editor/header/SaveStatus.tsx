import { useReadable, useTick } from '../hooks'
import type { OpenTask } from '../session/open-task'
import { saveWords } from '../session/save-state'

/** Where the work is, in a few words; changes of state are read out, the passing seconds are not. */
export function SaveStatus({ task }: { task: OpenTask }) {
  const state = useReadable(task.autosave.state)
  const log = useReadable(task.log.health)
  const nowMs = useTick(1_000)
  const { short, long } = saveWords(state, log, nowMs)
  // What one hears is the steady outcome, not each stroke's "saving".
  const announced = state.kind === 'saving' ? '' : long
  return (
    <span className="editor-header__save" data-state={state.kind} title={long}>
      <span className="editor-header__dot" aria-hidden="true" />
      <span aria-hidden="true">{short}</span>
      <span className="visually-hidden" role="status">
        {announced}
      </span>
    </span>
  )
}
