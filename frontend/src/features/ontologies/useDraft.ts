import { useState } from 'react'
import type { Ontology } from '@/api/types'
import { t } from '@/i18n'
import { nextColor } from '@/ui/palette'
import {
  type DraftNode,
  type DraftOntology,
  isSameOntology,
  type Key,
  newClass,
  newGroup,
  nextHotkey,
  ontologyFromWire,
} from './draft'
import { canStandBelow, classesOf, find, insert, remove } from './tree'

/** The draft, its edits and what is selected. */
export function useDraft(ontology: Ontology) {
  const [base, setBase] = useState(() => ({
    version: ontology.version,
    ...ontologyFromWire(ontology),
  }))
  const [draft, setDraft] = useState<DraftOntology>(base)
  const { nodes } = draft
  const setNodes = (changed: DraftNode[]) => change({ nodes: changed })
  const [selected, setSelected] = useState<Key | null>(
    () => (classesOf(nodes)[0] ?? nodes[0])?.key ?? null,
  )

  function change(part: Partial<DraftOntology>) {
    setDraft((before) => ({ ...before, ...part }))
  }

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
    const added = newGroup(t('New group'))
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
    const whole = ontologyFromWire(saved)
    const fresh = whole.nodes
    setBase({ version: saved.version, ...whole })
    setDraft(whole)
    const name = selected === null ? undefined : find(nodes, selected)?.name
    const same = classesOf(fresh).find((node) => node.name === name)
    setSelected(
      (selected !== null && find(fresh, selected)?.key) || (same ?? fresh[0])?.key || null,
    )
  }

  function discard() {
    setDraft(base)
    if (selected === null || find(base.nodes, selected) === null) {
      setSelected(base.nodes[0]?.key ?? null)
    }
  }

  return {
    base,
    nodes,
    setNodes,
    whole: draft,
    change,
    selected,
    setSelected,
    addClass,
    addGroup,
    drop,
    adopt,
    discard,
    isChanged: !isSameOntology(base, draft),
  }
}

export type Draft = ReturnType<typeof useDraft>
