import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveView } from '../render/image-source'
import type { DeepCall } from '../worker/deep.worker'
import { DeepLive } from './deep-live'

const VIEW: LiveView = {
  level: 1,
  x: 0,
  y: 0,
  columns: 400,
  rows: 300,
  toX: 16,
  toY: 16,
  toWidth: 100,
  toHeight: 75,
  smoothing: 'low',
  width: 132,
  height: 107,
}
const window = (low: number) => ({ low, high: low + 100 })

function moved() {
  const calls: DeepCall[] = []
  const onRest = vi.fn()
  const onShown = vi.fn()
  const live = new DeepLive(window(0), { post: (call) => calls.push(call), onRest, onShown })
  const step = (low: number) => {
    live.windowMoved(window(low))
    return live.show({ ...VIEW })
  }
  return { live, calls, onRest, onShown, step }
}

describe('a deep image whose window moves', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks for nothing before it moves', () => {
    const { live, calls } = moved()
    expect(live.show(VIEW)).toBe(false)
    expect(calls).toEqual([])
    expect(live.level).toBe(1)
  })

  it('is drawn for one window at a time, and then for the newest', () => {
    const { live, calls, step } = moved()
    live.show(VIEW)
    for (const low of [1, 2, 3]) step(low)
    expect(calls).toEqual([{ call: 'live', view: VIEW, window: window(1) }])
    live.drawn()
    expect(calls.slice(1)).toEqual([{ call: 'live', view: VIEW, window: window(3) }])
    live.drawn()
    expect(calls).toHaveLength(2)
  })

  it('is shown from its first drawing on, until a picture of where it rests has come', () => {
    const { live, onRest, onShown, step } = moved()
    live.show(VIEW)
    expect(step(1)).toBe(false)
    live.drawn()
    expect(onShown).toHaveBeenCalledOnce()
    expect(step(2)).toBe(true)
    live.drawn()
    expect(onShown).toHaveBeenCalledOnce()
    expect(live.isMoving).toBe(true)
    vi.advanceTimersByTime(1000)
    expect(onRest).toHaveBeenCalledOnce()
    expect(live.isMoving).toBe(false)
    expect(live.show(VIEW)).toBe(true)
    live.end()
    expect(live.show(VIEW)).toBe(false)
  })

  it('is drawn anew, and not shown meanwhile, where the view becomes another', () => {
    const { live, calls, step } = moved()
    live.show(VIEW)
    step(1)
    live.drawn()
    const other = { ...VIEW, toX: 20 }
    expect(live.show(other)).toBe(false)
    expect(calls.at(-1)).toEqual({ call: 'live', view: other, window: window(1) })
    live.drawn()
    expect(live.show({ ...other })).toBe(true)
  })

  it('leaves every step to pictures where nobody shows its canvas', () => {
    const { live, calls } = moved()
    live.windowMoved(window(1))
    expect(live.isMoving).toBe(false)
    expect(calls).toEqual([])
  })
})
