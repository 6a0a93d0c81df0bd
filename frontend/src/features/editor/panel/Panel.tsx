import { memo, type ReactNode, useId } from 'react'
import type { NextTask, Project } from '@/api/types'
import { t } from '@/i18n'
import { useThreads } from '../comments/use-threads'
import type { Desk } from '../desk'
import { DisplaySettings } from '../display/DisplaySettings'
import { CoverageMeter } from '../findings/CoverageMeter'
import type { PanelTab } from '../findings/completeness'
import { useProblems } from '../findings/use-problems'
import { useReadable } from '../hooks'
import { MessageCircle } from '../icons'
import { AboutImage, CommentList, IssuesPanel, ReviewPanel, SelectedObject } from '../parts'
import type { PreparedTask } from '../workbench'
import { ClassList } from './ClassList'
import { LayerList } from './LayerList'
import { ObjectList } from './ObjectList'
import './panel.css'

interface PanelProps {
  project: Project
  desk: Desk
  next: NextTask
  prepared: PreparedTask | null
  /** The label is only looked at. */
  isReadOnly: boolean
}

const TABS: readonly { id: PanelTab; name: string }[] = [
  { id: 'label', name: t('Label') },
  { id: 'issues', name: t('Issues') },
]

const REVIEW_TAB = { id: 'review', name: t('Review') } as const

/** What the label is made of, or what is still wrong with it; below both, what is selected. */
export const Panel = memo(function Panel({
  project,
  desk,
  next,
  prepared,
  isReadOnly,
}: PanelProps) {
  const { editor, completeness, comments, review } = desk
  const threads = useThreads(next.asset.id)
  const tab = useReadable(completeness.tab)
  const rows = prepared?.classes ?? []
  const openThreads = threads.filter(({ state }) => state === 'open').length
  return (
    <aside className="panel" aria-label={t('Classes and objects')} data-region>
      <PanelTabs desk={desk} tab={tab} openThreads={openThreads}>
        <div className="panel-tabs__above">
          {tab === 'review' && review !== null && (
            <ReviewPanel projectId={project.id} desk={desk} review={review} />
          )}
          {tab !== 'review' && (project.coverage === 'complete' || tab === 'issues') && (
            <CoverageMeter editor={editor} />
          )}
          {tab !== 'review' && (
            <fieldset className="panel__frozen" disabled={isReadOnly}>
              {next.task.region == null && (
                <AboutImage editor={editor} questions={prepared?.imageQuestions ?? []} />
              )}
            </fieldset>
          )}
          {tab === 'label' && (
            <>
              <ClassList editor={editor} rows={rows} />
              <LayerList editor={editor} />
            </>
          )}
        </div>
        {tab === 'label' && <ObjectList editor={editor} />}
        {tab === 'issues' && <IssuesPanel editor={editor} completeness={completeness} />}
        {tab !== 'label' && (
          <CommentList
            editor={editor}
            comments={comments}
            threads={threads}
            assetId={next.asset.id}
            taskId={next.task.id}
          />
        )}
      </PanelTabs>
      <fieldset className="panel__frozen" disabled={isReadOnly}>
        <SelectedObject editor={editor} rows={rows} relations={prepared?.relations ?? []} />
      </fieldset>
      <DisplaySettings editor={editor} />
    </aside>
  )
})

interface PanelTabsProps {
  desk: Desk
  tab: PanelTab
  /** Conversations about the image that wait for a word. */
  openThreads: number
  children: ReactNode
}

function PanelTabs({ desk, tab, openThreads, children }: PanelTabsProps) {
  const { editor, completeness } = desk
  const blocking = useProblems(editor, completeness).filter(({ isBlocking }) => isBlocking).length
  const id = useId()
  return (
    <>
      <div className="panel-tabs" role="tablist" aria-label={t('Panel')}>
        {(desk.review === null ? TABS : [REVIEW_TAB, ...TABS]).map(({ id: each, name }) => (
          <button
            key={each}
            type="button"
            role="tab"
            className="panel-tabs__tab"
            id={`${id}-${each}`}
            aria-selected={tab === each}
            aria-controls={`${id}-panel`}
            onClick={() => completeness.tab.set(each)}
          >
            {name}
            {each === 'issues' && blocking > 0 && (
              <span className="panel-tabs__count">
                {blocking}
                <span className="visually-hidden"> {t('to mend')}</span>
              </span>
            )}
            {each === 'issues' && desk.review === null && openThreads > 0 && (
              <span className="panel-tabs__comments">
                <MessageCircle aria-hidden="true" />
                {openThreads}
                <span className="visually-hidden"> {t('open comments')}</span>
              </span>
            )}
          </button>
        ))}
      </div>
      <div
        className="panel-tabs__panel"
        data-tab={tab}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab}`}
      >
        {children}
      </div>
    </>
  )
}
