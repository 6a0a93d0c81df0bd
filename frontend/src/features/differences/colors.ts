import type { Id, OntologyNode } from '@/api/types'

/** The colour of each class, groups looked into. */
export function colorsOf(nodes: readonly OntologyNode[]): Map<Id, string> {
  const colors = new Map<Id, string>()
  for (const node of nodes) {
    if (node.type === 'class' && node.id !== undefined) colors.set(node.id, node.color)
    for (const [id, color] of colorsOf(node.children)) colors.set(id, color)
  }
  return colors
}
