import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ontologyQuery, ontologyVersionsQuery, saveOntology } from '@/api/ontologies'
import { ApiProblem } from '@/api/problems'
import { projectQuery } from '@/api/projects'
import type { Id, Ontology, OntologySave, Project, RemovedClassAnswer } from '@/api/types'
import { ClassReferences } from '@/features/attachments'
import { plural, t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Button, IconToggle } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { Clock, Tags } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { toast } from '@/ui/Toast'
import { ConflictButton } from './ConflictButton'
import { type Conflict, findAllConflicts } from './conflicts'
import { type DraftNode, ontologyFromWire, ontologyToWire } from './draft'
import { LeaveGuard } from './LeaveGuard'
import { NodeInspector } from './NodeInspector'
import { OntologyTree } from './OntologyTree'
import { QuickAdd } from './QuickAdd'
import {
  type ClassChoice,
  type ClassWithLabels,
  RemovedClassesDialog,
} from './RemovedClassesDialog'
import { classesOf, find, move, shift, update } from './tree'
import { type Draft, useDraft } from './useDraft'
import { Versions } from './Versions'
import { WholeImage } from './WholeImage'

function classesWithLabels(error: unknown): ClassWithLabels[] | null {
  if (!(error instanceof ApiProblem) || error.code !== 'class-has-labels') return null
  const classes = error.wire.classes
  return Array.isArray(classes) ? (classes as ClassWithLabels[]) : []
}

function useSaving(project: Project, onSaved: (ontology: Ontology) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (save: OntologySave) => saveOntology(project.id, save),
    onSuccess: async (saved) => {
      queryClient.setQueryData(ontologyQuery(project.id).queryKey, saved)
      onSaved(saved)
      toast(t('Version {version} saved', { version: saved.version }))
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: projectQuery(project.id).queryKey, exact: true }),
        queryClient.invalidateQueries({ queryKey: ontologyVersionsQuery(project.id).queryKey }),
        queryClient.invalidateQueries({ queryKey: ['projects'] }),
      ])
    },
  })
}

/** Classes that the server knows and that can take objects over. */
function savedClasses(nodes: readonly DraftNode[]): ClassChoice[] {
  return classesOf(nodes).flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]))
}

interface EditorActionsProps {
  draft: Draft
  conflicts: readonly Conflict[]
  isSaving: boolean
  isHistoryOpen: boolean
  onHistory: (isOpen: boolean) => void
  onDiscard: () => void
  onSave: () => void
}

function EditorActions({
  draft,
  conflicts,
  isSaving,
  isHistoryOpen,
  onHistory,
  onDiscard,
  onSave,
}: EditorActionsProps) {
  return (
    <>
      <ConflictButton conflicts={conflicts} onShow={draft.setSelected} />
      {draft.isChanged && <span className="ontology-changed">{t('Unsaved changes')}</span>}
      {draft.base.version > 0 && (
        <IconToggle
          label={t('Versions')}
          icon={<Clock />}
          isSelected={isHistoryOpen}
          onChange={onHistory}
        />
      )}
      <Button isDisabled={!draft.isChanged} onPress={onDiscard}>
        {t('Discard changes')}
      </Button>
      <Button
        variant="primary"
        isDisabled={!draft.isChanged || conflicts.length > 0}
        isPending={isSaving}
        onPress={onSave}
      >
        {t('Save ontology')}
      </Button>
    </>
  )
}

function ClassList({ draft, conflicts }: { draft: Draft; conflicts: readonly Conflict[] }) {
  const { nodes, selected } = draft
  const node = selected === null ? null : find(nodes, selected)
  return (
    <div className="ontology-main">
      <QuickAdd
        onAddClass={(name) => draft.addClass(name, node?.type === 'group' ? node.key : null)}
        onAddGroup={draft.addGroup}
      />
      {nodes.length === 0 ? (
        <EmptyState icon={<Tags />} title={t('No classes yet')}>
          {t(
            'Type the name of the first thing to draw, such as “Car”, and press Enter. Colours come from a palette that is safe for colour-blind eyes.',
          )}
        </EmptyState>
      ) : (
        <OntologyTree
          nodes={nodes}
          conflicts={conflicts}
          selected={selected}
          onSelect={draft.setSelected}
          onMove={(key, target, position) => draft.setNodes(move(nodes, key, target, position))}
          onDelete={draft.drop}
        />
      )}
    </div>
  )
}

function Inspector({ draft, conflicts }: { draft: Draft; conflicts: readonly Conflict[] }) {
  const projectId = useProjectId()
  const canManage = useMay('manage_projects')
  const { nodes, selected } = draft
  const node = selected === null ? null : find(nodes, selected)
  if (node === null) return null
  return (
    <NodeInspector
      key={node.key}
      node={node}
      conflicts={conflicts}
      onChange={(changed) => draft.setNodes(update(nodes, node.key, () => changed))}
      onShift={(step) => draft.setNodes(shift(nodes, node.key, step))}
      onDelete={() => draft.drop(node.key)}
      onAddChild={() => draft.addClass(t('New class'), node.key)}
    >
      {node.type === 'class' && (
        <ClassReferences projectId={projectId} classId={node.id ?? null} canChange={canManage} />
      )}
    </NodeInspector>
  )
}

/** Why saving failed; where somebody else saved meanwhile, the way to their version. */
function SaveProblem({
  error,
  onRetry,
  onLoadNewest,
}: {
  error: unknown
  onRetry: () => void
  onLoadNewest: () => void
}) {
  if (classesWithLabels(error) !== null) return null
  const isStale = error instanceof ApiProblem && error.code === 'ontology-changed'
  return (
    <>
      <ProblemMessage error={error} onRetry={isStale ? undefined : onRetry} />
      {isStale && (
        <div>
          <Button onPress={onLoadNewest}>{t('Load the newest version')}</Button>
        </div>
      )}
    </>
  )
}

function versionWords(draft: Draft): string {
  if (draft.base.version === 0) return t('What labelers draw. Not saved yet.')
  const classes = plural(classesOf(draft.nodes).length, '{n} class', '{n} classes')
  return t('Version {version} · {classes}', { version: draft.base.version, classes })
}

export function OntologyEditor({ project, ontology }: { project: Project; ontology: Ontology }) {
  const queryClient = useQueryClient()
  const draft = useDraft(ontology)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const saving = useSaving(project, draft.adopt)
  const conflicts = findAllConflicts(draft.whole)
  const labelled = classesWithLabels(saving.error)

  function save(removed?: Record<Id, RemovedClassAnswer>) {
    saving.mutate({
      base_version: draft.base.version,
      ...ontologyToWire(draft.whole),
      removed_classes: removed,
    })
  }

  async function loadNewest() {
    const newest = await queryClient.fetchQuery({ ...ontologyQuery(project.id), staleTime: 0 })
    saving.reset()
    draft.adopt(newest)
  }

  return (
    <Page
      title={t('Ontology')}
      context={project.name}
      width="full"
      lead={versionWords(draft)}
      actions={
        <EditorActions
          draft={draft}
          conflicts={conflicts}
          isSaving={saving.isPending}
          isHistoryOpen={isHistoryOpen}
          onHistory={setHistoryOpen}
          onSave={() => save()}
          onDiscard={() => {
            saving.reset()
            draft.discard()
          }}
        />
      }
    >
      <SaveProblem
        error={saving.error}
        onRetry={() => save()}
        onLoadNewest={() => void loadNewest()}
      />
      <div
        className="ontology-layout"
        data-empty={(draft.nodes.length === 0 && !isHistoryOpen) || undefined}
        data-history={isHistoryOpen || undefined}
      >
        <ClassList draft={draft} conflicts={conflicts} />
        <Inspector draft={draft} conflicts={conflicts} />
        {isHistoryOpen && (
          <Versions
            projectId={project.id}
            current={draft.base.version}
            onLoad={(old) => {
              draft.change(ontologyFromWire(old))
              toast(
                t('Version {version} is on the page. Save it to make it current.', {
                  version: old.version,
                }),
              )
            }}
          />
        )}
      </div>
      {draft.nodes.length > 0 && <WholeImage draft={draft} />}
      {labelled !== null && (
        <RemovedClassesDialog
          classes={labelled}
          others={savedClasses(draft.nodes)}
          isPending={saving.isPending}
          onAnswer={save}
          onClose={() => saving.reset()}
        />
      )}
      <LeaveGuard isChanged={draft.isChanged} />
    </Page>
  )
}
