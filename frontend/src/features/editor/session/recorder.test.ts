import { describe, expect, it } from 'vitest'
import type { LabelObject } from '@/api/types'
import type { DraftChange } from './draft-log'
import { DraftRecorder, type LabelChange } from './recorder'
import { ManualClock } from './testing/manual-clock'
import { drawn } from './testing/memory-server'
import { NO_HISTORY } from './testing/no-history'

/** A document whose worker answers when the test lets it. */
function open() {
  const clock = new ManualClock()
  const recorded: DraftChange[] = []
  const encodings: ((error?: Error) => void)[] = []
  let counts = 'first'
  let tell: (change: LabelChange) => void = () => undefined
  const snapshotNow = (keys: ReadonlySet<string>): LabelObject[] =>
    [...keys].map((key) => drawn(key, counts))
  const recorder = new DraftRecorder({
    document: {
      subscribe: (listener) => {
        tell = listener
        return () => undefined
      },
      snapshot: (keys) => {
        const snapshots = snapshotNow(keys)
        return new Promise((resolve, reject) =>
          encodings.push((error) => (error ? reject(error) : resolve(snapshots))),
        )
      },
      snapshotNow,
      imageAnswers: () => ({}),
      history: NO_HISTORY,
    },
    clock,
    objects: [],
    announce: () => undefined,
    keepHistory: () => undefined,
    record: async (change) => {
      if (change.upserts.length + change.deletes.length > 0) recorded.push(change)
    },
  })
  const draw = (state: string) => {
    counts = state
    tell({
      changed: new Set(['car']),
      deleted: new Set(),
      isImageChanged: false,
      isProvisional: false,
    })
  }
  const states = () => recorded.map(({ upserts }) => upserts[0]?.mask.counts)
  return { clock, recorder, encodings, draw, states }
}

describe('recording', () => {
  it('keeps what the worker still has under way when the page goes', async () => {
    const { clock, recorder, draw, states } = open()
    draw('first')
    await clock.advance(1_000)
    expect(states()).toEqual([])
    recorder.flushNow()
    recorder.dispose()
    expect(states()).toEqual(['first'])
  })

  it('never writes an older state over a newer one', async () => {
    const { clock, recorder, encodings, draw, states } = open()
    draw('first')
    await clock.advance(1_000)
    draw('second')
    recorder.flushNow()
    expect(states()).toEqual(['second'])
    encodings.shift()?.()
    await clock.advance(1_000)
    encodings.shift()?.()
    await clock.advance(1_000)
    expect(new Set(states())).toEqual(new Set(['second']))
  })

  it('encodes on this thread where the worker died', async () => {
    const { clock, encodings, draw, states } = open()
    draw('first')
    await clock.advance(1_000)
    encodings.shift()?.(new Error('the worker died'))
    await clock.advance(1_000)
    expect(states()).toEqual(['first'])
  })
})
