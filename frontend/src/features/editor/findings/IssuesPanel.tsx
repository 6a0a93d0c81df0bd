import { useEffect } from 'react'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { useEditorValue } from '../hooks'
import { TriangleAlert } from '../icons'
import type { Completeness } from './completeness'
import type { LabelProblem, ProblemFix } from './problems'
import { useProblems } from './use-problems'
import './findings.css'

const EMPTY = t('Nothing to mend. All that is required is there.')
const LOOK_AFTER_MS = 500

interface IssuesPanelProps {
  editor: Editor
  completeness: Completeness
}

/** What is to be mended before the image can be handed in, and what is worth a look. */
export function IssuesPanel({ editor, completeness }: IssuesPanelProps) {
  const problems = useProblems(editor, completeness)
  useFreshSurvey(editor)
  return (
    <section className="panel-section panel-section--grow" aria-labelledby="panel-issues">
      <h2 className="panel-section__title" id="panel-issues">
        {t('To mend')}
        {problems.length > 0 && <span className="panel-section__count">{problems.length}</span>}
      </h2>
      {problems.length === 0 ? (
        <p className="panel-section__empty">{EMPTY}</p>
      ) : (
        <ul className="issue-list">
          {problems.map((problem) => (
            <Issue key={problem.id} problem={problem} completeness={completeness} />
          ))}
        </ul>
      )}
    </section>
  )
}

interface IssueProps {
  problem: LabelProblem
  completeness: Completeness
}

function Issue({ problem, completeness }: IssueProps) {
  const { title, detail, fix, isBlocking } = problem
  return (
    <li className="issue" data-blocking={isBlocking || undefined}>
      <button type="button" className="issue__jump" onClick={() => completeness.show(problem)}>
        {isBlocking && <TriangleAlert className="issue__icon" aria-hidden="true" />}
        <span className="issue__text">
          <span className="issue__title">
            {title}
            {!isBlocking && <span className="issue__hint"> {t('worth a look')}</span>}
          </span>
          <span className="issue__detail">{detail}</span>
        </span>
      </button>
      {fix !== null && (
        <Button size="sm" variant="quiet" onPress={() => completeness.fix(fix)}>
          {fixWords(fix)}
        </Button>
      )}
    </li>
  )
}

function fixWords(fix: ProblemFix): string {
  switch (fix.kind) {
    case 'fill':
      return t('Fill')
    case 'erase':
      return t('Erase')
    case 'move':
      return t('Move to {layer}', { layer: t('Layer {layer}', { layer: fix.layer }) })
  }
}

/** While the list is open it is looked over again a moment after each change. */
function useFreshSurvey(editor: Editor): void {
  const revision = useEditorValue(editor, (snapshot) => snapshot.revision)
  const size = useEditorValue(editor, (snapshot) => snapshot.size)
  useEffect(() => {
    if (size === null) return
    void revision
    const timer = setTimeout(() => void editor.findings.refresh(), LOOK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [editor, revision, size])
}
