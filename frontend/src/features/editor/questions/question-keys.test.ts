import { describe, expect, it } from 'vitest'
import type { Attribute } from '@/api/types'
import { meaningOf } from './question-keys'

const option = (id: string, name: string) => ({ id, name, attributes: [] })
const WEATHER: Attribute = {
  id: 'weather',
  name: 'Weather',
  kind: 'radio',
  required: true,
  options: [option('sun', 'Sunny'), option('snow', 'Snow'), option('rain', 'Rain')],
}
const PARTS: Attribute = { ...WEATHER, id: 'parts', kind: 'checklist' }
const NOTE: Attribute = { id: 'note', name: 'Note', kind: 'text', required: false, options: [] }

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

describe('keys of a question', () => {
  it('choose options by their digits', () => {
    expect(meaningOf(press('2'), WEATHER, null, '')).toEqual({ kind: 'answer', value: 'snow' })
    expect(meaningOf(press('4'), WEATHER, null, '')).toEqual({ kind: 'none' })
    expect(meaningOf(press('3'), PARTS, ['sun'], '')).toEqual({
      kind: 'answer',
      value: ['sun', 'rain'],
    })
    expect(meaningOf(press('1'), PARTS, ['sun', 'rain'], '')).toEqual({
      kind: 'answer',
      value: ['rain'],
    })
  })

  it('find options by the beginning of their names', () => {
    expect(meaningOf(press('s'), WEATHER, null, '')).toEqual({ kind: 'answer', value: 'sun' })
    expect(meaningOf(press('n'), WEATHER, null, 's')).toEqual({ kind: 'answer', value: 'snow' })
    expect(meaningOf(press('r'), PARTS, null, '')).toEqual({ kind: 'focus-option', position: 2 })
    expect(meaningOf(press('x'), WEATHER, null, '')).toEqual({ kind: 'none' })
  })

  it('go on with Enter and back with Shift, and leave texts their characters', () => {
    expect(meaningOf(press('Enter'), NOTE, 'wet', '')).toEqual({ kind: 'next' })
    expect(meaningOf(press('Enter', { shiftKey: true }), NOTE, '', '')).toEqual({
      kind: 'previous',
    })
    const long = { ...NOTE, multiline: true }
    expect(meaningOf(press('Enter', { shiftKey: true }), long, '', '')).toEqual({ kind: 'none' })
    expect(meaningOf(press('2'), NOTE, '', '')).toEqual({ kind: 'none' })
  })

  it('leave commands alone', () => {
    expect(meaningOf(press('Enter', { ctrlKey: true }), WEATHER, null, '')).toEqual({
      kind: 'none',
    })
  })
})
