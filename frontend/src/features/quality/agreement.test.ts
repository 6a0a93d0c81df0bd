import { describe, expect, it } from 'vitest'
import { matrixOf } from './agreement'

const records = [
  { one: 'Bo', other: 'Ann', images: 3, iou: 90, worst: 70 },
  { one: 'Ann', other: 'Cy', images: 1, iou: 50, worst: 50 },
]

describe('the agreement matrix', () => {
  it('lists everybody once, by name', () => {
    expect(matrixOf(records).people).toEqual(['Ann', 'Bo', 'Cy'])
  })

  it('has a pair whichever of the two is asked about', () => {
    const matrix = matrixOf(records)
    expect(matrix.pairOf('Ann', 'Bo')).toEqual({ iou: 90, worst: 70, images: 3 })
    expect(matrix.pairOf('Bo', 'Ann')).toBe(matrix.pairOf('Ann', 'Bo'))
    expect(matrix.pairOf('Bo', 'Cy')).toBeUndefined()
  })

  it('weighs a person’s mean by images', () => {
    expect(matrixOf(records).meanOf('Ann')).toBe(80)
    expect(matrixOf([]).meanOf('Ann')).toBeUndefined()
  })
})
