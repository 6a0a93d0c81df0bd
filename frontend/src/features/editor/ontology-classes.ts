import type { Ontology, OntologyClass, OntologyNode } from '@/api/types'
import type { ClassSpec } from '@/editor'
import { defaultAnswers } from './answers'

/** A row of the class list: a heading, or a class that can be drawn. */
export type ClassRow =
  | { kind: 'group'; key: string; name: string; depth: number }
  | {
      kind: 'class'
      key: string
      name: string
      depth: number
      spec: OntologyClass & { id: string }
    }

const known = new WeakMap<Ontology, readonly ClassRow[]>()

/** The ontology's tree as rows, depth first; the same rows each time. */
export function classRows(ontology: Ontology): readonly ClassRow[] {
  const rows = known.get(ontology) ?? newRows(ontology)
  known.set(ontology, rows)
  return rows
}

function newRows(ontology: Ontology): ClassRow[] {
  const rows: ClassRow[] = []
  const add = (nodes: readonly OntologyNode[], depth: number): void => {
    for (const node of nodes) {
      const { id, name } = node
      if (id === undefined) throw new Error(`The saved class “${name}” has no id.`)
      if (node.type === 'group') rows.push({ kind: 'group', key: id, name, depth })
      else rows.push({ kind: 'class', key: id, name, depth, spec: { ...node, id } })
      add(node.children, depth + 1)
    }
  }
  add(ontology.classes, 0)
  return rows
}

/** The classes as the engine draws them. */
export function classSpecs(rows: readonly ClassRow[]): ClassSpec[] {
  return rows.flatMap((row) => {
    if (row.kind === 'group') return []
    const { id, name, color, hotkey, layer, kind, overlapping, attributes } = row.spec
    return [
      {
        id,
        name,
        color,
        hotkey: hotkey ?? null,
        layer,
        kind,
        overlapping: overlapping ?? false,
        defaults: defaultAnswers(attributes),
      },
    ]
  })
}

export function classById(rows: readonly ClassRow[], classId: string): OntologyClass | null {
  for (const row of rows) if (row.kind === 'class' && row.key === classId) return row.spec
  return null
}
