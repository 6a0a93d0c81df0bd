/** An ontology while it is being edited: every node has a key, new ones have no id yet. */

import type {
  Attribute,
  AttributeKind,
  ClassKind,
  Id,
  Ontology,
  OntologyClass,
  OntologyGroup,
  OntologyNode,
  OntologySave,
} from '@/api/types'
import { randomId } from '@/editor/random-id'

export type Key = string

export interface DraftOption {
  key: Key
  id?: Id
  name: string
  attributes: DraftAttribute[]
}

export interface DraftAttribute {
  key: Key
  id?: Id
  name: string
  kind: AttributeKind
  required: boolean
  default: Attribute['default']
  options: DraftOption[]
  min: number | null
  max: number | null
  step: number | null
  multiline: boolean
}

export interface DraftClass {
  key: Key
  id?: Id
  type: 'class'
  name: string
  color: string
  hotkey: string | null
  kind: ClassKind
  layer: number
  overlapping: boolean
  description: string
  attributes: DraftAttribute[]
  children: DraftNode[]
}

export interface DraftRelation {
  key: Key
  id?: Id
  name: string
  from: Id[]
  to: Id[]
}

/** All of an ontology: its classes, what is asked of the image, how objects stand to each other. */
export interface DraftOntology {
  nodes: DraftNode[]
  imageAttributes: DraftAttribute[]
  relations: DraftRelation[]
}

export interface DraftGroup {
  key: Key
  id?: Id
  type: 'group'
  name: string
  children: DraftNode[]
}

export type DraftNode = DraftClass | DraftGroup

let lastKey = 0

function freshKey(): Key {
  lastKey += 1
  return `new-${lastKey}`
}

export function newClass(name: string, color: string): DraftClass {
  return {
    key: freshKey(),
    type: 'class',
    name,
    color,
    hotkey: null,
    kind: 'thing',
    layer: 0,
    overlapping: false,
    description: '',
    attributes: [],
    children: [],
  }
}

/** The first digit that no class has yet, so that a new class can be chosen by a key at once. */
export function nextHotkey(classes: readonly DraftClass[]): string | null {
  const taken = new Set(classes.map((one) => one.hotkey))
  return [...'123456789'].find((digit) => !taken.has(digit)) ?? null
}

export function newGroup(name: string): DraftGroup {
  return { key: freshKey(), type: 'group', name, children: [] }
}

export function newAttribute(name: string): DraftAttribute {
  return {
    key: freshKey(),
    name,
    kind: 'radio',
    required: false,
    default: null,
    options: [newOption('')],
    min: null,
    max: null,
    step: null,
    multiline: false,
  }
}

/** It has its id at once, so that it can be the default before it is saved. */
export function newOption(name: string): DraftOption {
  return { key: freshKey(), id: randomId(), name, attributes: [] }
}

export function newRelation(): DraftRelation {
  return { key: freshKey(), name: '', from: [], to: [] }
}

/** The same attribute as another kind; what the new kind does not know is dropped. */
export function attributeAs(attribute: DraftAttribute, kind: AttributeKind): DraftAttribute {
  const hasOptions = kind === 'radio' || kind === 'checklist'
  const options = attribute.options.length > 0 ? attribute.options : [newOption('')]
  return {
    ...attribute,
    kind,
    default: null,
    options: hasOptions ? options : [],
    min: kind === 'number' ? attribute.min : null,
    max: kind === 'number' ? attribute.max : null,
    step: kind === 'number' ? attribute.step : null,
    multiline: kind === 'text' && attribute.multiline,
  }
}

function attributeFromWire(attribute: Attribute): DraftAttribute {
  return {
    key: attribute.id ?? freshKey(),
    id: attribute.id,
    name: attribute.name,
    kind: attribute.kind,
    required: attribute.required,
    default: attribute.default ?? null,
    options: attribute.options.map((option) => ({
      key: option.id ?? freshKey(),
      id: option.id,
      name: option.name,
      attributes: option.attributes.map(attributeFromWire),
    })),
    min: attribute.min ?? null,
    max: attribute.max ?? null,
    step: attribute.step ?? null,
    multiline: attribute.multiline ?? false,
  }
}

export function draftFromWire(nodes: readonly OntologyNode[]): DraftNode[] {
  return nodes.map((node) => {
    const key = node.id ?? freshKey()
    const children = draftFromWire(node.children)
    if (node.type === 'group') return { key, id: node.id, type: 'group', name: node.name, children }
    return {
      key,
      id: node.id,
      type: 'class',
      name: node.name,
      color: node.color,
      hotkey: node.hotkey ?? null,
      kind: node.kind,
      layer: node.layer,
      overlapping: node.overlapping ?? false,
      description: node.description ?? '',
      attributes: node.attributes.map(attributeFromWire),
      children,
    }
  })
}

/** A default that names an option taken away since then is no default any more. */
function validDefault(attribute: DraftAttribute): Attribute['default'] {
  const ids = new Set(attribute.options.map((option) => option.id))
  const chosen = attribute.default
  if (attribute.kind === 'radio')
    return typeof chosen === 'string' && ids.has(chosen) ? chosen : null
  if (attribute.kind === 'checklist') {
    return Array.isArray(chosen) ? chosen.filter((id) => ids.has(id)) : null
  }
  return chosen
}

function attributeToWire(attribute: DraftAttribute): Attribute {
  return {
    id: attribute.id,
    name: attribute.name.trim(),
    kind: attribute.kind,
    required: attribute.required,
    default: validDefault(attribute),
    options: attribute.options.map((option) => ({
      id: option.id,
      name: option.name.trim(),
      attributes: option.attributes.map(attributeToWire),
    })),
    min: attribute.min,
    max: attribute.max,
    step: attribute.step,
    multiline: attribute.multiline,
  }
}

export function draftToWire(nodes: readonly DraftNode[]): OntologyNode[] {
  return nodes.map((node): OntologyClass | OntologyGroup => {
    const children = draftToWire(node.children)
    const common = { id: node.id, name: node.name.trim(), children }
    if (node.type === 'group') return { ...common, type: 'group' }
    return {
      ...common,
      type: 'class',
      color: node.color,
      hotkey: node.hotkey,
      kind: node.kind,
      layer: node.layer,
      overlapping: node.overlapping,
      description: node.description.trim(),
      attributes: node.attributes.map(attributeToWire),
    }
  })
}

export function ontologyFromWire(ontology: Ontology): DraftOntology {
  return {
    nodes: draftFromWire(ontology.classes),
    imageAttributes: ontology.image_attributes.map(attributeFromWire),
    relations: ontology.relations.map(({ id, name, from_classes, to_classes }) => ({
      key: id ?? freshKey(),
      id,
      name,
      from: from_classes,
      to: to_classes,
    })),
  }
}

/** Relations let go of classes that are not in the tree any more. */
export function ontologyToWire(
  draft: DraftOntology,
): Required<Pick<OntologySave, 'classes' | 'image_attributes' | 'relations'>> {
  const classes = draftToWire(draft.nodes)
  const known = new Set(idsOf(classes))
  const kept = (ids: readonly Id[]) => ids.filter((id) => known.has(id))
  return {
    classes,
    image_attributes: draft.imageAttributes.map(attributeToWire),
    relations: draft.relations.map(({ id, name, from, to }) => ({
      id,
      name: name.trim(),
      from_classes: kept(from),
      to_classes: kept(to),
    })),
  }
}

function idsOf(nodes: readonly OntologyNode[]): Id[] {
  return nodes.flatMap(({ id, children }) => [
    ...(id === undefined ? [] : [id]),
    ...idsOf(children),
  ])
}

/** Whether saving would change anything. */
export function isSameOntology(one: DraftOntology, other: DraftOntology): boolean {
  return JSON.stringify(ontologyToWire(one)) === JSON.stringify(ontologyToWire(other))
}
