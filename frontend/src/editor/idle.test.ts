import { beforeEach, describe, expect, it, vi } from 'vitest'
import { noteHand, whenAtRest } from './idle'

const REST_MS = 250
/** More often than a hand rests. */
const MOVE_EVERY_MS = 20

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  return () => vi.useRealTimers()
})

function moveFor(ms: number): void {
  for (let passed = 0; passed < ms; passed += MOVE_EVERY_MS) {
    noteHand()
    vi.advanceTimersByTime(MOVE_EVERY_MS)
  }
}

describe('work that waits until the hand rests', () => {
  it('is done soon where nobody moves', () => {
    const perform = vi.fn()
    vi.advanceTimersByTime(REST_MS)
    whenAtRest(perform)
    vi.advanceTimersByTime(1)
    expect(perform).toHaveBeenCalledOnce()
  })

  it('is done once, after the stroke', () => {
    const perform = vi.fn()
    moveFor(100)
    whenAtRest(perform)
    moveFor(2_000)
    expect(perform).not.toHaveBeenCalled()
    vi.advanceTimersByTime(REST_MS + 1)
    expect(perform).toHaveBeenCalledOnce()
  })

  it('is done amid a stroke that does not end', () => {
    const perform = vi.fn()
    moveFor(100)
    whenAtRest(perform, 1_000)
    moveFor(900)
    expect(perform).not.toHaveBeenCalled()
    moveFor(200)
    expect(perform).toHaveBeenCalledOnce()
  })
})
