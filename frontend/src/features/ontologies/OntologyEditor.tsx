import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { TooltipTrigger } from 'react-aria-components'
import { ontologyQuery, ontologyVersionsQuery, saveOntology } from '@/api/ontologies'
import { ApiProblem } from '@/api/problems'
import { projectQuery } from '@/api/projects'
import type { Id, Ontology, OntologySave, Project, RemovedClassAnswer } from '@/api/types'
import { Button, IconToggle } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { EmptyState } from '@/ui/EmptyState'
import { TextField } from '@/ui/Field'
import { Clock, FolderPlus, Plus, Tags, TriangleAlert } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { nextColor } from '@/ui/palette'
import { counted } from '@/ui/quantities'
import { toast } from '@/ui/Toast'
import { Tooltip } from '@/ui/Tooltip'
import { type Conflict, findConflicts } from './conflicts'
import {
  draftFromWire,
  draftToWire,
  isSameDraft,
  type Key,
  newClass,
  newGroup,
  nextHotkey,
} from './draft'
import { NodeInspector } from './NodeInspector'
import { OntologyTree } from './OntologyTree'
import { type ClassWithLabels, RemovedClassesDialog } from './RemovedClassesDialog'
import { canStandBelow, classesOf, find, insert, move, remove, shift, update } from './tree'
import { Versions } from './Versions'

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
      toast(`Version ${saved.version} saved`)
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: projectQuery(project.id).queryKey, exact: true }),
        queryClient.invalidateQueries({ queryKey: ontologyVersionsQuery(project.id).queryKey }),
        queryClient.invalidateQueries({ queryKey: ['projects'] }),
      ])
    },
  })
}

/** Adding is one field and Enter, so that twenty classes take twenty lines. */
function QuickAdd({
  onAddClass,
  onAddGroup,
}: {
  onAddClass: (name: string) => void
  onAddGroup: () => void
}) {
  const [name, setName] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim() === '') return
    onAddClass(name.trim())
    setName('')
  }
  return (
    <form className="ontology-add" onSubmit={submit}>
      <TextField
        label="New class"
        isLabelHidden
        placeholder="New class, then Enter"
        maxLength={100}
        value={name}
        onChange={setName}
      />
      <Button type="submit" icon={<Plus />} isDisabled={name.trim() === ''}>
        Add class
      </Button>
      <Button icon={<FolderPlus />} onPress={onAddGroup}>
        Add group
      </Button>
    </form>
  )
}

/** Stands in the header, so that the tree does not move while somebody types. */
function ConflictButton({
  conflicts,
  onShow,
}: {
  conflicts: readonly Conflict[]
  onShow: (key: Key) => void
}) {
  const first = conflicts[0]
  return (
    <span role="status">
      {first !== undefined && (
        <TooltipTrigger delay={200} closeDelay={0}>
          <Button variant="quiet" icon={<TriangleAlert />} onPress={() => onShow(first.key)}>
            {counted(conflicts.length, 'conflict')}
          </Button>
          <Tooltip>{first.message}</Tooltip>
        </TooltipTrigger>
      )}
    </span>
  )
}

/** The draft, its edits and what is selected. */
function useDraft(ontology: Ontology) {
  const [base, setBase] = useState(() => ({
    version: ontology.version,
    nodes: draftFromWire(ontology.classes),
  }))
  const [nodes, setNodes] = useState(base.nodes)
  const [selected, setSelected] = useState<Key | null>(
    () => (classesOf(nodes)[0] ?? nodes[0])?.key ?? null,
  )

  function addClass(name: string, below: Key | null) {
    const existing = classesOf(nodes)
    const color = nextColor(existing.map((one) => one.color))
    const added = { ...newClass(name, color), hotkey: nextHotkey(existing) }
    const parent = below === null ? null : find(nodes, below)
    const stands = parent !== null && canStandBelow(added, parent)
    setNodes(stands ? insert(nodes, added, parent.key, 'on') : [...nodes, added])
    setSelected(added.key)
  }

  function addGroup() {
    const added = newGroup('New group')
    setNodes([...nodes, added])
    setSelected(added.key)
  }

  function drop(key: Key) {
    const position = nodes.findIndex((node) => node.key === key)
    const rest = remove(nodes, key)
    setNodes(rest)
    setSelected((rest[position] ?? rest[position - 1] ?? rest[0])?.key ?? null)
  }

  /** Start anew from what the server holds. */
  function adopt(saved: Ontology) {
    const fresh = draftFromWire(saved.classes)
    setBase({ version: saved.version, nodes: fresh })
    setNodes(fresh)
    const name = selected === null ? undefined : find(nodes, selected)?.name
    const same = classesOf(fresh).find((node) => node.name === name)
    setSelected(
      (selected !== null && find(fresh, selected)?.key) || (same ?? fresh[0])?.key || null,
    )
  }

  return {
    base,
    nodes,
    setNodes,
    selected,
    setSelected,
    addClass,
    addGroup,
    drop,
    adopt,
    isChanged: !isSameDraft(base.nodes, nodes),
  }
}

function LeaveGuard({ isChanged }: { isChanged: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      title="Leave without saving?"
      isOpen={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      action="Leave without saving"
      onConfirm={() => blocker.proceed?.()}
    >
      <p>Your changes to the ontology are not saved. They will be lost when you leave.</p>
    </ConfirmDialog>
  )
}

export function OntologyEditor({ project, ontology }: { project: Project; ontology: Ontology }) {
  const queryClient = useQueryClient()
  const draft = useDraft(ontology)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const saving = useSaving(project, draft.adopt)
  const { nodes, selected } = draft
  const conflicts = findConflicts(nodes)
  const node = selected === null ? null : find(nodes, selected)
  const labelled = classesWithLabels(saving.error)
  const isStale = saving.error instanceof ApiProblem && saving.error.code === 'ontology-changed'
  const classCount = classesOf(nodes).length

  function save(removed?: Record<Id, RemovedClassAnswer>) {
    saving.mutate({
      base_version: draft.base.version,
      classes: draftToWire(nodes),
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
      title="Ontology"
      context={project.name}
      width="full"
      lead={
        draft.base.version === 0
          ? 'What labelers draw. Not saved yet.'
          : `Version ${draft.base.version} · ${counted(classCount, 'class', 'classes')}`
      }
      actions={
        <>
          <ConflictButton conflicts={conflicts} onShow={draft.setSelected} />
          {draft.isChanged && <span className="ontology-changed">Unsaved changes</span>}
          {draft.base.version > 0 && (
            <IconToggle
              label="Versions"
              icon={<Clock />}
              isSelected={isHistoryOpen}
              onChange={setHistoryOpen}
            />
          )}
          <Button
            isDisabled={!draft.isChanged}
            onPress={() => {
              saving.reset()
              draft.setNodes(draft.base.nodes)
            }}
          >
            Discard changes
          </Button>
          <Button
            variant="primary"
            isDisabled={!draft.isChanged || conflicts.length > 0}
            isPending={saving.isPending}
            onPress={() => save()}
          >
            Save ontology
          </Button>
        </>
      }
    >
      {labelled === null && (
        <ProblemMessage error={saving.error} onRetry={isStale ? undefined : () => save()} />
      )}
      {isStale && (
        <div>
          <Button onPress={() => void loadNewest()}>Load the newest version</Button>
        </div>
      )}
      <div
        className="ontology-layout"
        data-empty={(node === null && !isHistoryOpen) || undefined}
        data-history={isHistoryOpen || undefined}
      >
        <div className="ontology-main">
          <QuickAdd
            onAddClass={(name) => draft.addClass(name, node?.type === 'group' ? node.key : null)}
            onAddGroup={draft.addGroup}
          />
          {nodes.length === 0 ? (
            <EmptyState icon={<Tags />} title="No classes yet">
              Type the name of the first thing to draw, such as “Car”, and press Enter. Colours come
              from a palette that is safe for colour-blind eyes.
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
        {node !== null && (
          <NodeInspector
            key={node.key}
            node={node}
            conflicts={conflicts}
            onChange={(changed) => draft.setNodes(update(nodes, node.key, () => changed))}
            onShift={(step) => draft.setNodes(shift(nodes, node.key, step))}
            onDelete={() => draft.drop(node.key)}
            onAddChild={() => draft.addClass('New class', node.key)}
          />
        )}
        {isHistoryOpen && (
          <Versions
            projectId={project.id}
            current={draft.base.version}
            onLoad={(old) => {
              draft.setNodes(draftFromWire(old.classes))
              toast(`Version ${old.version} is on the page. Save it to make it current.`)
            }}
          />
        )}
      </div>
      {labelled !== null && (
        <RemovedClassesDialog
          classes={labelled}
          others={classesOf(nodes).flatMap(({ id, name }) =>
            id === undefined ? [] : [{ id, name }],
          )}
          isPending={saving.isPending}
          onAnswer={save}
          onClose={() => saving.reset()}
        />
      )}
      <LeaveGuard isChanged={draft.isChanged} />
    </Page>
  )
}
