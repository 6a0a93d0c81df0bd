import { describe, expect, it } from 'vitest'
import { Touches } from './touch'
import type { PointerInput } from './types'

class View {
  readonly did: string[] = []
  panBy(dx: number, dy: number) {
    this.did.push(`pan ${dx} ${dy}`)
  }
  zoomAt({ x, y }: { x: number; y: number }, factor: number) {
    this.did.push(`zoom ${factor} at ${x} ${y}`)
  }
  cancelStroke() {
    this.did.push('cancel')
  }
}

const finger = (pointerId: number, x: number, y: number): PointerInput => ({
  pointerType: 'touch',
  pointerId,
  x,
  y,
})

describe('touches', () => {
  const begin = () => {
    const view = new View()
    const clock = { ms: 0 }
    return { view, clock, touches: new Touches(view, () => clock.ms) }
  }

  it('draw with one finger where no pen is used', () => {
    const { touches, view } = begin()
    expect(touches.down(finger(1, 10, 10))).toBe(false)
    expect(touches.move(finger(1, 20, 10))).toBe(false)
    expect(touches.up(finger(1, 20, 10))).toBe(false)
    expect(view.did).toEqual([])
  })

  it('take a begun stroke back when a second finger comes, and pan and zoom instead', () => {
    const { touches, view } = begin()
    touches.down(finger(1, 100, 100))
    expect(touches.down(finger(2, 200, 100))).toBe(true)
    touches.move(finger(2, 300, 100))
    expect(view.did).toEqual(['cancel', 'pan 50 0', 'zoom 2 at 200 100'])
    expect(touches.up(finger(2, 300, 100))).toBe(true)
    expect(touches.move(finger(1, 110, 105))).toBe(true)
    expect(view.did.at(-1)).toBe('pan 10 5')
    touches.up(finger(1, 110, 105))
    expect(touches.down(finger(1, 10, 10))).toBe(false)
  })

  it('of a palm beside a pen leave no mark: they pan until the pen has been away for a while', () => {
    const { touches, view, clock } = begin()
    touches.move({ pointerType: 'pen', pointerId: 9, x: 0, y: 0 })
    clock.ms = 9000
    expect(touches.down(finger(1, 10, 10))).toBe(true)
    touches.move(finger(1, 13, 14))
    expect(view.did).toEqual(['pan 3 4'])
    touches.up(finger(1, 13, 14))
    clock.ms = 10_001
    expect(touches.down(finger(1, 10, 10))).toBe(false)
  })

  it('of a hand that rests under a pen keep the image still, and are nothing until lifted', () => {
    const { touches, view, clock } = begin()
    const pen = { pointerType: 'pen', pointerId: 9, x: 50, y: 50 } as const
    expect(touches.down(pen)).toBe(false)
    expect(touches.down(finger(1, 10, 10))).toBe(true)
    expect(touches.down(finger(2, 20, 10))).toBe(true)
    touches.move(finger(1, 13, 14))
    touches.up(pen)
    expect(touches.move(finger(1, 20, 20))).toBe(true)
    expect(view.did).toEqual([])
    expect(touches.up(finger(1, 20, 20))).toBe(true)
    touches.up(finger(2, 20, 10))
    clock.ms = 20_000
    expect(touches.down(finger(1, 10, 10))).toBe(false)
  })

  it('of a hand that lies down before its pen are taken back, and the pen draws', () => {
    const { touches, view } = begin()
    expect(touches.down(finger(1, 10, 10))).toBe(false)
    touches.move(finger(1, 11, 10))
    expect(touches.down({ pointerType: 'pen', pointerId: 9, x: 50, y: 50 })).toBe(false)
    touches.move(finger(1, 15, 15))
    expect(view.did).toEqual(['cancel'])
  })

  it('leave mouse and pen to the tools', () => {
    const { touches } = begin()
    for (const pointerType of ['mouse', 'pen'] as const) {
      const input = { pointerType, pointerId: 1, x: 1, y: 1 }
      expect([touches.down(input), touches.move(input), touches.up(input)]).toEqual([
        false,
        false,
        false,
      ])
    }
  })
})
