import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DraftNode, newClass, newGroup } from './draft'
import { canMove, insert, move, type Position, remove, shift, shifted, update, walk } from './tree'

const GREY = '#808080'

function named(node: DraftNode, ...children: DraftNode[]): DraftNode {
  return { ...node, key: node.name, children }
}
const cls = (name: string, ...children: DraftNode[]) => named(newClass(name, GREY), ...children)
const group = (name: string, ...children: DraftNode[]) => named(newGroup(name), ...children)

/** "Vehicles(Car Truck) Road": the tree as one line. */
function drawn(nodes: readonly DraftNode[]): string {
  return nodes
    .map((node) => (node.children.length > 0 ? `${node.name}(${drawn(node.children)})` : node.name))
    .join(' ')
}

const TREE = [
  group('Vehicles', cls('Car', cls('Wheel')), cls('Truck')),
  group('People', cls('Rider')),
  cls('Road'),
]

describe('move', () => {
  test.each<[string, string, Position, string]>([
    ['Road', 'Car', 'before', 'Vehicles(Road Car(Wheel) Truck) People(Rider)'],
    ['Road', 'Truck', 'after', 'Vehicles(Car(Wheel) Truck Road) People(Rider)'],
    ['Car', 'People', 'on', 'Vehicles(Truck) People(Rider Car(Wheel)) Road'],
    ['People', 'Vehicles', 'on', 'Vehicles(Car(Wheel) Truck People(Rider)) Road'],
    ['Wheel', 'Road', 'after', 'Vehicles(Car Truck) People(Rider) Road Wheel'],
  ])('takes %s to %s (%s)', (key, target, position, expected) => {
    expect(drawn(move(TREE, key, target, position))).toBe(expected)
  })

  test('refuses to put a node into itself or below itself', () => {
    expect(canMove(TREE, 'Vehicles', 'Wheel', 'after')).toBe(false)
    expect(drawn(move(TREE, 'Vehicles', 'Vehicles', 'on'))).toBe(drawn(TREE))
  })

  test('refuses to put a group below a class', () => {
    expect(canMove(TREE, 'People', 'Road', 'on')).toBe(false)
    expect(canMove(TREE, 'People', 'Wheel', 'before')).toBe(false)
    expect(canMove(TREE, 'People', 'Road', 'before')).toBe(true)
  })

  test('never loses or doubles a node, whatever is dragged where', () => {
    const keys = [...walk(TREE)].map(([node]) => node.key)
    const positions: Position[] = ['before', 'after', 'on']
    const moves = fc.array(
      fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys), fc.constantFrom(...positions)),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(moves, (steps) => {
        let tree: DraftNode[] = TREE
        for (const [key, target, position] of steps) tree = move(tree, key, target, position)
        expect([...walk(tree)].map(([node]) => node.key).sort()).toEqual([...keys].sort())
      }),
    )
  })
})

test('removing a node takes its children along and touches nothing else', () => {
  expect(drawn(remove(TREE, 'Car'))).toBe('Vehicles(Truck) People(Rider) Road')
  expect(drawn(TREE)).toBe('Vehicles(Car(Wheel) Truck) People(Rider) Road')
})

test('inserting on a node makes it the last child', () => {
  expect(drawn(insert(TREE, cls('Bus'), 'Vehicles', 'on'))).toBe(
    'Vehicles(Car(Wheel) Truck Bus) People(Rider) Road',
  )
})

test('updating reaches a node at any depth', () => {
  const changed = update(TREE, 'Wheel', (node) => ({ ...node, name: 'Tyre' }))
  expect(drawn(changed)).toBe('Vehicles(Car(Tyre) Truck) People(Rider) Road')
})

test('shifting swaps siblings and stops at the ends', () => {
  expect(drawn(shift(TREE, 'Truck', -1))).toBe('Vehicles(Truck Car(Wheel)) People(Rider) Road')
  expect(drawn(shift(TREE, 'Truck', 1))).toBe(drawn(TREE))
  expect(shifted(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
})
