import { describe, expect, it } from 'vitest'
import { elapsed, saveWords } from './save-state'
import { problem } from './testing/memory-server'

describe('the save state in words', () => {
  it('says how long ago it was saved', () => {
    expect(saveWords({ kind: 'saved', savedAtMs: 1_000 }, 'ok', 3_500).short).toBe('Saved 2 s ago')
    expect(elapsed(500)).toBe('just now')
    expect(elapsed(150_000)).toBe('2 min ago')
    expect(elapsed(7_300_000)).toBe('2 h ago')
  })

  it('counts what is kept while offline, and says where', () => {
    const state = { kind: 'offline', changes: 14 } as const
    expect(saveWords(state, 'ok', 0).long).toBe(
      'Offline. 14 changes are kept on this computer and will be sent.',
    )
    expect(saveWords({ ...state, changes: 1 }, 'full', 0).long).toBe(
      'Offline. 1 change is kept in this page only (do not close it) and will be sent.',
    )
  })

  it('says that there is no network before there is anything to send', () => {
    const untouched = saveWords({ kind: 'saved', savedAtMs: null }, 'ok', 0, false)
    expect(untouched.short).toBe('Offline')
    const saved = saveWords({ kind: 'saved', savedAtMs: 1_000 }, 'ok', 3_500, false)
    expect(saved.short).toBe('Offline')
    expect(saved.long).toContain('All changes are saved on the server')
  })

  it('says why the server refused, and what is safe', () => {
    const words = saveWords(
      { kind: 'refused', changes: 1, problem: problem(422, 'mask-invalid') },
      'ok',
      0,
    )
    expect(words.long).toContain('Problem mask-invalid.')
    expect(words.long).toContain('1 change is kept on this computer')
  })

  it('says that a lost image went to somebody else, and what is kept', () => {
    const { long } = saveWords({ kind: 'lease-lost', changes: 2, revocation: null }, 'ok', 0)
    expect(long).toContain('handed to somebody else')
    expect(long).toContain('2 changes are kept on this computer')
  })
})
