import { t } from '@/i18n'
import type {
  DraftAttribute,
  DraftClass,
  DraftNode,
  DraftOntology,
  DraftRelation,
  Key,
} from './draft'
import { classesOf, walk } from './tree'

export type ConflictField = 'name' | 'hotkey' | 'attributes'

/** Something that keeps the ontology from being saved, and where it stands. */
export interface Conflict {
  key: Key
  field: ConflictField
  message: string
}

const DEEPEST = 8

function folded(name: string): string {
  return name.trim().toLowerCase()
}

/** Names may repeat in other branches (front wheel, back wheel), not side by side. */
function* nameConflicts(nodes: readonly DraftNode[]): Generator<Conflict> {
  for (const node of nodes) {
    const name = folded(node.name)
    if (name === '') yield { key: node.key, field: 'name', message: t('It needs a name.') }
    else if (nodes.some((other) => other !== node && folded(other.name) === name)) {
      const message = t('“{node}” stands here twice.', { node: node.name.trim() })
      yield { key: node.key, field: 'name', message }
    }
    yield* nameConflicts(node.children)
  }
}

/** Every class that shares its key is told with whom. */
function* hotkeyConflicts(nodes: readonly DraftNode[]): Generator<Conflict> {
  const owners = new Map<string, DraftClass[]>()
  for (const node of classesOf(nodes)) {
    if (node.hotkey === null) continue
    owners.set(node.hotkey, [...(owners.get(node.hotkey) ?? []), node])
  }
  for (const [hotkey, sharing] of owners) {
    for (const node of sharing) {
      const other = sharing.find((candidate) => candidate !== node)
      if (other === undefined) continue
      const message = t('The key {hotkey} is taken by “{other}”.', {
        hotkey: hotkey.toUpperCase(),
        other: other.name,
      })
      yield { key: node.key, field: 'hotkey', message }
    }
  }
}

function* depthConflicts(nodes: readonly DraftNode[]): Generator<Conflict> {
  for (const [node, depth] of walk(nodes)) {
    if (depth >= DEEPEST) {
      const message = t('Classes may be nested {deepest} levels deep at most.', {
        deepest: DEEPEST,
      })
      yield { key: node.key, field: 'name', message }
    }
  }
}

/** What is wrong with one attribute, in words; null where nothing is. */
export function attributeProblem(
  attribute: DraftAttribute,
  siblings: readonly DraftAttribute[],
): string | null {
  const name = folded(attribute.name)
  if (name === '') return t('An attribute needs a name.')
  if (siblings.some((other) => other.key !== attribute.key && folded(other.name) === name)) {
    return t('“{attribute}” is asked twice.', { attribute: attribute.name.trim() })
  }
  if (attribute.kind === 'radio' || attribute.kind === 'checklist') {
    if (attribute.options.length === 0)
      return t('“{attribute}” needs an option.', { attribute: attribute.name.trim() })
    const names = attribute.options.map((option) => folded(option.name))
    if (names.includes(''))
      return t('An option of “{attribute}” needs a name.', { attribute: attribute.name.trim() })
    if (new Set(names).size < names.length) {
      return t('“{attribute}” has an option twice.', { attribute: attribute.name.trim() })
    }
  }
  if (attribute.min !== null && attribute.max !== null && attribute.min > attribute.max) {
    return t('The smallest value of “{attribute}” is above the largest.', {
      attribute: attribute.name.trim(),
    })
  }
  return null
}

function* attributeProblems(attributes: readonly DraftAttribute[]): Generator<string> {
  for (const attribute of attributes) {
    const problem = attributeProblem(attribute, attributes)
    if (problem !== null) yield problem
    for (const option of attribute.options) yield* attributeProblems(option.attributes)
  }
}

/** The same for all of an ontology, questions about the image and relations included. */
export function findAllConflicts({ nodes, imageAttributes, relations }: DraftOntology): Conflict[] {
  const aboutImage = Array.from(
    attributeProblems(imageAttributes),
    (message): Conflict => ({ key: 'image', field: 'attributes', message }),
  )
  const between = relations.flatMap((relation): Conflict[] => {
    const message = relationProblem(relation, relations)
    return message === null ? [] : [{ key: relation.key, field: 'name', message }]
  })
  return [...findConflicts(nodes), ...aboutImage, ...between]
}

/** What is wrong with a relation, in words; null where nothing is. */
export function relationProblem(
  relation: DraftRelation,
  relations: readonly DraftRelation[],
): string | null {
  const name = folded(relation.name)
  if (name === '') return t('A relation needs a name.')
  const isTwice = relations.some(
    (other) => other.key !== relation.key && folded(other.name) === name,
  )
  return isTwice
    ? t('The relation “{relation}” is there twice.', { relation: relation.name.trim() })
    : null
}

/** Everything that the server would refuse, in the order of the tree's checks. */
export function findConflicts(nodes: readonly DraftNode[]): Conflict[] {
  const conflicts = [...nameConflicts(nodes), ...hotkeyConflicts(nodes), ...depthConflicts(nodes)]
  for (const [node] of walk(nodes)) {
    if (node.type !== 'class') continue
    for (const message of attributeProblems(node.attributes)) {
      conflicts.push({ key: node.key, field: 'attributes', message })
    }
  }
  return conflicts
}
