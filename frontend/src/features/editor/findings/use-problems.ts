import { useDeferredValue } from 'react'
import type { Editor } from '@/editor'
import { useEditorValue, useReadable } from '../hooks'
import type { Completeness } from './completeness'
import type { LabelProblem } from './problems'

/** As they were a moment ago: no frame of a stroke waits for them. */
export function useProblems(editor: Editor, completeness: Completeness): readonly LabelProblem[] {
  const state = useDeferredValue(
    useEditorValue(
      editor,
      ({ revision, findings, size }) => `${revision} ${findings.survey?.revision} ${size?.width}`,
    ),
  )
  void useReadable(completeness.refused)
  void state
  return completeness.problems()
}
