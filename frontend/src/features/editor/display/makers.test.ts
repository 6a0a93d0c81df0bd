import { describe, expect, it } from 'vitest'
import type { LabelObject } from '@/api/types'
import { BY_REVIEWER, makersOf, makingOf, provenanceOf } from './makers'

const made = (key: string, provenance?: Record<string, unknown>): LabelObject => ({
  key,
  class_id: 'car',
  layer: 0,
  mask: { size: [1, 1], counts: '01' },
  attributes: {},
  ...(provenance && { provenance }),
})

describe('who or what made an object', () => {
  const objects = [
    made('a', { model: 'yolo 3', confidence: 0.9 }),
    made('b', { source: 'import' }),
    made('c', { tool: 'consensus', support: 1 }),
    made('d', { ...BY_REVIEWER, tool: 'pen' }),
    made('e', { author: 'Ann' }),
    made('f', { tool: 'lasso', model: ' ' }),
    made('g', { tool: 'brush', last_tool: 'eraser' }),
    made('h'),
  ]

  it('is the model, the import, the people who agreed, or a person; not a tool of the editor', () => {
    const makers = makersOf(objects, 'label')
    expect(Array.from(makers, ([key, { name, isHand }]) => [key, name, isHand])).toEqual([
      ['a', 'Model yolo 3', false],
      ['b', 'Import', false],
      ['c', 'Consensus', false],
      ['d', 'Reviewer', true],
      ['e', 'Ann', true],
      ['f', 'Lasso', false],
    ])
  })

  it('is the labeler for a reviewer who looks at what was drawn by hand', () => {
    const makers = makersOf(objects, 'review')
    const labeler = { name: 'Labeler', isHand: true }
    expect([makers.get('g'), makers.get('h')]).toEqual([labeler, labeler])
    expect(makers.get('a')?.name).toBe('Model yolo 3')
  })

  it('keeps all that is said of an object when tools are added to it', () => {
    expect(makingOf(null)).toEqual({ tool: null, lastTool: null })
    expect(makingOf({ tool: 7, last_tool: ' ' })).toEqual({ tool: null, lastTool: null })
    const model = { model: 'yolo 3', confidence: 0.9 }
    const corrected = provenanceOf(model, { tool: null, lastTool: 'brush' })
    expect(corrected).toEqual({ ...model, last_tool: 'brush' })
    expect(makingOf(corrected)).toEqual({ tool: null, lastTool: 'brush' })
    expect(provenanceOf(undefined, { tool: 'pen', lastTool: null })).toEqual({ tool: 'pen' })
    expect(provenanceOf(undefined, { tool: null, lastTool: null })).toEqual({})
  })
})
