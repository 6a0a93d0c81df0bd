import { describe, expect, it } from 'vitest'
import type { Attribute } from '@/api/types'
import type { Attributes } from '@/editor'
import { answered, askedAttributes, defaultAnswers, wrongAnswers } from './answers'

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
    const wrong = (answers: Attributes) =>
      wrongAnswers([KIND], answers).map(({ attribute, reason }) => `${attribute.id} ${reason}`)
    expect(wrong({})).toEqual(['kind needs an answer'])
    expect(wrong({ kind: 'car' })).toEqual(['plate needs an answer'])
    expect(wrong({ kind: 'bike' })).toEqual([])
  })

  it('names numbers out of range and off their steps', () => {
    const wrong = (doors: number) =>
      wrongAnswers([{ ...DOORS, min: 1, max: 5, step: 0.5 }], { doors }).map(({ reason }) => reason)
    expect(wrong(0)).toEqual(['must be at least 1'])
    expect(wrong(6)).toEqual(['must be at most 5'])
    expect(wrong(2.2)).toEqual(['must be in steps of 0.5'])
    expect(wrong(2.5)).toEqual([])
  })

  it('starts with the defaults, those below a default option included', () => {
    expect(defaultAnswers([KIND])).toEqual({})
    expect(defaultAnswers([{ ...KIND, default: 'car' }])).toEqual({ kind: 'car', doors: 4 })
  })
})
