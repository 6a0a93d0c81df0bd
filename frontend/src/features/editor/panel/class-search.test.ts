import { describe, expect, it } from 'vitest'
import type { ClassRow } from '../ontology-classes'
import { rowsNamed } from './class-search'

function group(name: string, depth = 0): ClassRow {
  return { kind: 'group', key: name, name, depth }
}

function drawn(name: string, depth = 1): ClassRow {
  const spec = { id: name, name, color: '#000000', kind: 'thing', layer: 0, attributes: [] }
  return { kind: 'class', key: name, name, depth, spec: { ...spec, children: [] } as never }
}

const ROWS = [
  group('Vehicles'),
  drawn('Car'),
  drawn('Cargo bike'),
  group('Two wheels', 1),
  drawn('Moped', 2),
  group('People'),
  drawn('Pedestrian'),
  drawn('Sky', 0),
]

const found = (search: string) => rowsNamed(ROWS, search).map(({ name }) => name)

describe('searching for a class', () => {
  it('shows everything while nothing is searched for', () => {
    expect(rowsNamed(ROWS, '  ')).toBe(ROWS)
  })

  it('shows the classes that are called so below their groups', () => {
    expect(found('CAR')).toEqual(['Vehicles', 'Car', 'Cargo bike'])
    expect(found('mop')).toEqual(['Vehicles', 'Two wheels', 'Moped'])
    expect(found('sky')).toEqual(['Sky'])
  })

  it('shows all of a group that is called so', () => {
    expect(found('two')).toEqual(['Vehicles', 'Two wheels', 'Moped'])
    expect(found('people')).toEqual(['People', 'Pedestrian'])
  })

  it('shows nothing where nothing is called so', () => {
    expect(found('boat')).toEqual([])
  })
})
