import { describe, expect, test } from 'vitest'
import { attributeProblem, findConflicts } from './conflicts'
import { type DraftClass, newAttribute, newClass, newGroup, newOption } from './draft'

function cls(name: string, change: Partial<DraftClass> = {}): DraftClass {
  return { ...newClass(name, '#808080'), key: name, ...change }
}

function messages(...nodes: Parameters<typeof findConflicts>[0]): string[] {
  return findConflicts(nodes).map(({ key, field, message }) => `${key}.${field}: ${message}`)
}

describe('findConflicts', () => {
  test('finds nothing in a sound ontology', () => {
    expect(messages(cls('Car', { hotkey: '1' }), cls('Road', { hotkey: '2' }))).toEqual([])
  })

  test('names may repeat in other branches, not side by side', () => {
    const front = { ...newGroup('Front'), children: [cls('Wheel')] }
    const back = { ...newGroup('Back'), children: [cls('Wheel', { key: 'Wheel 2' })] }
    expect(messages(front, back)).toEqual([])
    expect(messages(cls('Wheel'), cls(' wheel ', { key: 'other' }))).toEqual([
      'Wheel.name: “Wheel” stands here twice.',
      'other.name: “wheel” stands here twice.',
    ])
  })

  test('asks for a name', () => {
    expect(messages(cls('  ', { key: 'k' }))).toEqual(['k.name: It needs a name.'])
  })

  test('tells both classes with whom they share a hotkey', () => {
    expect(messages(cls('Car', { hotkey: 'c' }), cls('Cat', { hotkey: 'c' }))).toEqual([
      'Car.hotkey: The key C is taken by “Cat”.',
      'Cat.hotkey: The key C is taken by “Car”.',
    ])
  })

  test('looks into the attributes of options', () => {
    const inner = { ...newAttribute('By what'), options: [newOption('')] }
    const outer = {
      ...newAttribute('Occluded'),
      options: [{ ...newOption('Yes'), attributes: [inner] }],
    }
    expect(messages(cls('Car', { attributes: [outer] }))).toEqual([
      'Car.attributes: An option of “By what” needs a name.',
    ])
  })

  test('refuses a ninth level', () => {
    let node = cls('9')
    for (let depth = 8; depth >= 1; depth -= 1) node = cls(String(depth), { children: [node] })
    expect(messages(node)).toEqual(['9.name: Classes may be nested 8 levels deep at most.'])
  })
})

describe('attributeProblem', () => {
  test('finds a question that is asked twice', () => {
    const one = { ...newAttribute('Pose'), options: [newOption('left')] }
    const other = { ...newAttribute('pose'), options: [newOption('left')] }
    expect(attributeProblem(one, [one, other])).toBe('“Pose” is asked twice.')
  })

  test('finds limits in the wrong order', () => {
    const doors = { ...newAttribute('Doors'), kind: 'number' as const, options: [], min: 4, max: 2 }
    expect(attributeProblem(doors, [doors])).toBe(
      'The smallest value of “Doors” is above the largest.',
    )
  })

  test('finds an option that is there twice', () => {
    const pose = { ...newAttribute('Pose'), options: [newOption('left'), newOption('Left ')] }
    expect(attributeProblem(pose, [pose])).toBe('“Pose” has an option twice.')
  })
})
