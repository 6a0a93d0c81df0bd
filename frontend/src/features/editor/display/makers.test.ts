import { describe, expect, it } from 'vitest'
import type { LabelObject } from '@/api/types'
import { DRAWN_BY_HAND } from '@/editor'
import { BY_REVIEWER, makersOf } from './makers'

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
    made('d', BY_REVIEWER),
    made('e', { author: 'Ann' }),
    made('f', { tool: 'lasso', model: ' ' }),
    made('g', {}),
    made('h'),
  ]

  it('is the model, the import, the people who agreed, a reviewer, or a hand', () => {
    expect([...makersOf(objects, 'label').values()]).toEqual([
      'Model yolo 3',
      'Import',
      'Consensus',
      'Reviewer',
      'Ann',
      'Lasso',
      DRAWN_BY_HAND,
      DRAWN_BY_HAND,
    ])
  })

  it('is the labeler for a reviewer who looks at what nothing else is known of', () => {
    expect([...makersOf(objects, 'review').values()].slice(-2)).toEqual(['Labeler', 'Labeler'])
  })
})
