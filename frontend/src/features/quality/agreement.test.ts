import { describe, expect, it } from 'vitest'
import { matrixOf } from './agreement'

const records = [
  { one: 'Bo', one_id: 'b', other: 'Ann', other_id: 'a', images: 3, iou: 90, worst: 70 },
  { one: 'Ann', one_id: 'a', other: 'Cy', other_id: 'c', images: 1, iou: 50, worst: 50 },
]

describe('the agreement matrix', () => {
  it('lists everybody once, by name', () => {
    expect(matrixOf(records).people).toEqual([
      { id: 'a', name: 'Ann' },
      { id: 'b', name: 'Bo' },
      { id: 'c', name: 'Cy' },
    ])
  })

  it('tells two people of one name apart', () => {
    const twins = [{ ...records[0], one: 'Ann' }]
    const matrix = matrixOf(twins as typeof records)
    expect(matrix.people.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(matrix.pairOf('a', 'a')).toBeUndefined()
    expect(matrix.pairOf('a', 'b')?.images).toBe(3)
  })

  it('has a pair whichever of the two is asked about', () => {
    const matrix = matrixOf(records)
    expect(matrix.pairOf('a', 'b')).toEqual({ iou: 90, worst: 70, images: 3 })
    expect(matrix.pairOf('b', 'a')).toBe(matrix.pairOf('a', 'b'))
    expect(matrix.pairOf('b', 'c')).toBeUndefined()
  })

  it('weighs a person’s mean by images', () => {
    expect(matrixOf(records).meanOf('a')).toBe(80)
    expect(matrixOf([]).meanOf('a')).toBeUndefined()
  })
})
