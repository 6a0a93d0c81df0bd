/** Edits of the ontology tree; none changes the tree it is given. */
import type { DraftClass, DraftNode, Key } from './draft'

export type Position = 'before' | 'after' | 'on'

/** Every node, parents first, in the order shown. */
export function* walk(nodes: readonly DraftNode[], depth = 0): Generator<[DraftNode, number]> {
  for (const node of nodes) {
    yield [node, depth]
    yield* walk(node.children, depth + 1)
  }
}

export function classesOf(nodes: readonly DraftNode[]): DraftClass[] {
  const classes: DraftClass[] = []
  for (const [node] of walk(nodes)) if (node.type === 'class') classes.push(node)
  return classes
}

export function find(nodes: readonly DraftNode[], key: Key): DraftNode | null {
  for (const [node] of walk(nodes)) if (node.key === key) return node
  return null
}

/** The node replaced by what `change` makes of it. */
export function update(
  nodes: readonly DraftNode[],
  key: Key,
  change: (node: DraftNode) => DraftNode,
): DraftNode[] {
  return nodes.map((node) =>
    node.key === key ? change(node) : { ...node, children: update(node.children, key, change) },
  )
}

/** Without the node and what stands below it. */
export function remove(nodes: readonly DraftNode[], key: Key): DraftNode[] {
  return nodes
    .filter((node) => node.key !== key)
    .map((node) => ({ ...node, children: remove(node.children, key) }))
}

/** A group stands at the top or in a group; a class also below another class. */
export function canStandBelow(child: DraftNode, parent: DraftNode | null): boolean {
  if (parent === null || parent.type === 'group') return true
  return [...walk([child])].every(([node]) => node.type === 'class')
}

function parentOf(nodes: readonly DraftNode[], key: Key): DraftNode | null {
  for (const [node] of walk(nodes)) {
    if (node.children.some((child) => child.key === key)) return node
  }
  return null
}

function insertBeside(
  nodes: readonly DraftNode[],
  added: DraftNode,
  target: Key,
  position: 'before' | 'after',
): DraftNode[] {
  return nodes.flatMap((node) => {
    if (node.key !== target) {
      return [{ ...node, children: insertBeside(node.children, added, target, position) }]
    }
    return position === 'before' ? [added, node] : [node, added]
  })
}

/** Put a new node beside or below another one. */
export function insert(
  nodes: readonly DraftNode[],
  added: DraftNode,
  target: Key,
  position: Position,
): DraftNode[] {
  if (position !== 'on') return insertBeside(nodes, added, target, position)
  return update(nodes, target, (node) => ({ ...node, children: [...node.children, added] }))
}

/** Whether `key` may be dropped there: not into itself, and no group below a class. */
export function canMove(
  nodes: readonly DraftNode[],
  key: Key,
  target: Key,
  position: Position,
): boolean {
  const node = find(nodes, key)
  const anchor = find(nodes, target)
  if (node === null || anchor === null || find([node], target) !== null) return false
  const parent = position === 'on' ? anchor : parentOf(nodes, target)
  return canStandBelow(node, parent)
}

/** Take a node with its children elsewhere; an impossible move changes nothing. */
export function move(
  nodes: readonly DraftNode[],
  key: Key,
  target: Key,
  position: Position,
): DraftNode[] {
  const node = find(nodes, key)
  if (node === null || !canMove(nodes, key, target, position)) return [...nodes]
  return insert(remove(nodes, key), node, target, position)
}

/** Swap a node with its neighbour among its siblings. */
export function shift(nodes: readonly DraftNode[], key: Key, step: -1 | 1): DraftNode[] {
  const index = nodes.findIndex((node) => node.key === key)
  if (index === -1) {
    return nodes.map((node) => ({ ...node, children: shift(node.children, key, step) }))
  }
  return shifted(nodes, index, step)
}

/** The list with one item moved by one place; at its end nothing changes. */
export function shifted<Item>(items: readonly Item[], index: number, step: -1 | 1): Item[] {
  const result = [...items]
  const item = result[index]
  const neighbour = result[index + step]
  if (item === undefined || neighbour === undefined) return result
  result[index] = neighbour
  result[index + step] = item
  return result
}
