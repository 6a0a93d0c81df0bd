import { expect, it } from 'vitest'
import type { LabelObject } from '@/api/types'
import { isSameLabel } from './same-label'

const CAR: LabelObject = {
  key: 'car-1',
  class_id: 'car',
  layer: 0,
  mask: { size: [4, 4], counts: '052' },
  attributes: { color: 'red', doors: ['left', 'right'] },
}
const ROAD: LabelObject = { ...CAR, key: 'road', class_id: 'road', attributes: {} }

function label(...objects: LabelObject[]) {
  return { objects, image_attributes: { weather: 'rain' } }
}

it('is the same in another order, with nothing said where nothing was', () => {
  const doors = { doors: ['left', 'right'], color: 'red', note: null }
  const same = { ...CAR, attributes: doors, relationships: [], provenance: { tool: 'review' } }

  expect(isSameLabel(label(CAR, ROAD), label(ROAD, same))).toBe(true)
})

it.each<[string, Partial<LabelObject>]>([
  ['a mask', { mask: { size: [4, 4], counts: '0O1' } }],
  ['a class', { class_id: 'truck' }],
  ['a layer', { layer: 1 }],
  ['an answer', { attributes: { color: 'blue' } }],
  ['an answer of several', { attributes: { color: 'red', doors: ['left'] } }],
  ['a relationship', { relationships: [{ name: 'parks on', to: 'road' }] }],
])('is another one with %s changed', (_, change) => {
  expect(isSameLabel(label(CAR, ROAD), label({ ...CAR, ...change }, ROAD))).toBe(false)
})

it('is another one with one object less, or something else said of the image', () => {
  expect(isSameLabel(label(CAR, ROAD), label(CAR))).toBe(false)
  expect(isSameLabel(label(CAR), { ...label(CAR), image_attributes: {} })).toBe(false)
})
