import { expect, test } from 'vitest'
import type { Ontology, OntologyNode } from '@/api/types'
import {
  attributeAs,
  draftFromWire,
  draftToWire,
  isSameOntology,
  newAttribute,
  newClass,
  nextHotkey,
  ontologyFromWire,
  ontologyToWire,
} from './draft'

const WIRE: OntologyNode[] = [
  {
    id: 'g1',
    type: 'group',
    name: 'Vehicles',
    children: [
      {
        id: 'c1',
        type: 'class',
        index: 3,
        name: 'Car',
        color: '#0072b2',
        hotkey: '1',
        kind: 'thing',
        layer: 1,
        overlapping: true,
        description: 'With wheels',
        attributes: [
          {
            id: 'a1',
            name: 'Occluded',
            kind: 'radio',
            required: true,
            default: 'o2',
            options: [
              { id: 'o1', name: 'Yes', attributes: [] },
              { id: 'o2', name: 'No', attributes: [] },
            ],
          },
        ],
        children: [],
      },
    ],
  },
]

test('a draft that nobody touched is sent as it came', () => {
  const [group] = draftToWire(draftFromWire(WIRE))
  expect(group).toMatchObject({
    id: 'g1',
    children: [{ id: 'c1', name: 'Car', layer: 1, attributes: [{ id: 'a1', default: 'o2' }] }],
  })
  expect(group?.children[0]).toHaveProperty('overlapping', true)
})

const ONTOLOGY: Ontology = {
  version: 1,
  created_at: null,
  classes: WIRE,
  image_attributes: [{ id: 'a2', name: 'Light', kind: 'text', required: false, options: [] }],
  relations: [{ id: 'r1', name: 'is part of', from_classes: ['c1'], to_classes: [] }],
}

test('questions about the image and relations are part of an ontology', () => {
  const draft = ontologyFromWire(ONTOLOGY)
  expect(isSameOntology(draft, ontologyFromWire(ONTOLOGY))).toBe(true)
  expect(ontologyToWire(draft)).toMatchObject({
    image_attributes: [{ id: 'a2', name: 'Light' }],
    relations: ONTOLOGY.relations,
  })
  expect(isSameOntology(draft, { ...draft, relations: [] })).toBe(false)
})

test('relations let go of a class that is taken away', () => {
  const { relations } = ontologyToWire({ ...ontologyFromWire(ONTOLOGY), nodes: [] })
  expect(relations).toEqual([{ id: 'r1', name: 'is part of', from_classes: [], to_classes: [] }])
})

test('the index is left to the server', () => {
  const [group] = draftToWire(draftFromWire(WIRE))
  expect(group?.children[0]).not.toHaveProperty('index')
})

test('a default whose option was taken away is dropped', () => {
  const draft = draftFromWire(WIRE)
  const car = draft[0]?.children[0]
  if (car?.type !== 'class') throw new Error('the car is missing')
  const occluded = car.attributes[0]
  if (occluded === undefined) throw new Error('the attribute is missing')
  occluded.options = occluded.options.filter((option) => option.id !== 'o2')
  expect(draftToWire(draft)[0]?.children[0]).toMatchObject({ attributes: [{ default: null }] })
})

test('an attribute that becomes a number loses its options, and gets one back as a radio', () => {
  const number = attributeAs({ ...newAttribute('Doors'), min: 1 }, 'number')
  expect(number.options).toEqual([])
  expect(attributeAs({ ...number, min: 1 }, 'checklist')).toMatchObject({ min: null, step: null })
  expect(attributeAs(number, 'radio').options).toHaveLength(1)
})

test('a new class gets the first free digit, until all nine are taken', () => {
  const withKeys = (...keys: string[]) =>
    keys.map((hotkey) => ({ ...newClass(hotkey, '#808080'), hotkey }))
  expect(nextHotkey([])).toBe('1')
  expect(nextHotkey(withKeys('1', 'c', '3'))).toBe('2')
  expect(nextHotkey(withKeys(...'123456789'))).toBeNull()
})
