import { describe, expect, it } from 'vitest'
import type { Attribute } from '@/api/types'
import { answered, askedAttributes, defaultAnswers, missingAnswers } from './answers'

const PLATE: Attribute = { id: 'plate', name: 'Plate', kind: 'text', required: true, options: [] }
const DOORS: Attribute = {
  id: 'doors',
  name: 'Doors',
  kind: 'number',
  required: false,
  default: 4,
  options: [],
}
const KIND: Attribute = {
  id: 'kind',
  name: 'Kind',
  kind: 'radio',
  required: true,
  options: [
    { id: 'car', name: 'Car', attributes: [PLATE, DOORS] },
    { id: 'bike', name: 'Bike', attributes: [] },
  ],
}

const ids = (answers: Parameters<typeof askedAttributes>[1]) =>
  askedAttributes([KIND], answers).map(({ attribute }) => attribute.id)

describe('answers', () => {
  it('asks what stands below an option only where it is chosen', () => {
    expect(ids({})).toEqual(['kind'])
    expect(ids({ kind: 'car' })).toEqual(['kind', 'plate', 'doors'])
  })

  it('drops the answers to questions that are no longer asked', () => {
    const car = { kind: 'car', plate: 'B-1', doors: 5 }
    expect(answered([KIND], car, 'kind', 'bike')).toEqual({ kind: 'bike' })
    expect(answered([KIND], car, 'kind', null)).toEqual({})
  })

  it('treats an emptied text as no answer', () => {
    const car = { kind: 'car', plate: 'B-1' }
    expect(answered([KIND], car, 'plate', '')).toEqual({ kind: 'car' })
  })

  it('names the required ones that are missing, conditional ones too', () => {
    expect(missingAnswers([KIND], {}).map(({ id }) => id)).toEqual(['kind'])
    expect(missingAnswers([KIND], { kind: 'car' }).map(({ id }) => id)).toEqual(['plate'])
    expect(missingAnswers([KIND], { kind: 'bike' })).toEqual([])
  })

  it('starts with the defaults, those below a default option included', () => {
    expect(defaultAnswers([KIND])).toEqual({})
    expect(defaultAnswers([{ ...KIND, default: 'car' }])).toEqual({ kind: 'car', doors: 4 })
  })
})
