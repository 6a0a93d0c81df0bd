import type { Relation } from '@/api/types'
import type { EditorSnapshot, Relationship } from '@/editor'
import { t } from '@/i18n'

type SavedRelation = Relation & { id: string }

/** The relations of the ontology that can hold from an object of one class to one of another. */
export function relationsBetween(
  relations: readonly Relation[],
  fromClassId: string,
  toClassId: string,
): SavedRelation[] {
  const isOpen = (ends: readonly string[], classId: string) =>
    ends.length === 0 || ends.includes(classId)
  return relations.flatMap((relation) => {
    const { id, from_classes, to_classes } = relation
    const fits = isOpen(from_classes, fromClassId) && isOpen(to_classes, toClassId)
    return id !== undefined && fits ? [{ ...relation, id }] : []
  })
}

export function relationName(
  { relation, name }: Relationship,
  relations: readonly Relation[],
): string {
  const found = relations.find(({ id }) => id !== undefined && id === relation)
  return found?.name ?? (name === '' ? t('related to') : name)
}

/** What a line from one object to another says; null where the ontology lets nothing hold. */
export function relationOfLink(
  objects: EditorSnapshot['objects'],
  { from, to }: { from: string; to: string },
  relations: readonly Relation[],
) {
  return relationOfPair({ objects, selectedKeys: [from, to] }, relations)
}

/** What the shortcut says of two selected objects; null where the ontology lets nothing hold. */
export function relationOfPair(
  { objects, selectedKeys }: Pick<EditorSnapshot, 'objects' | 'selectedKeys'>,
  relations: readonly Relation[],
): { from: string; relationship: Relationship } | null {
  const [from, to, ...more] = selectedKeys.map((key) => objects.find((each) => each.key === key))
  if (from === undefined || to === undefined || more.length > 0) return null
  const [first] = relationsBetween(relations, from.classId, to.classId)
  if (first === undefined && relations.length > 0) return null
  return { from: from.key, relationship: { to: to.key, relation: first?.id ?? null, name: '' } }
}
