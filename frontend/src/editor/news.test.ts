import { describe, expect, it } from 'vitest'
import { News } from './news'

class Newsroom {
  told = 0
  isStroke = false
  readonly #frames: (() => void)[] = []
  readonly news = new News({
    tell: () => {
      this.told++
    },
    mustWait: () => this.isStroke,
    afterFrame: (perform) => this.#frames.push(perform),
  })

  nextFrame(): void {
    for (const perform of this.#frames.splice(0)) perform()
  }
}

describe('news of the store', () => {
  it('tells at once what the page asked for', () => {
    const room = new Newsroom()
    room.news.spread(false)
    expect(room.told).toBe(1)
    expect(room.news.isUntold).toBe(false)
  })

  it('tells what was done by hand once, after the frame that shows it', () => {
    const room = new Newsroom()
    room.news.spread(true)
    room.news.spread(true)
    expect(room.told).toBe(0)
    room.nextFrame()
    room.nextFrame()
    expect(room.told).toBe(1)
  })

  it('tells nothing while a stroke lasts, and all of it at its end', () => {
    const room = new Newsroom()
    room.news.spread(true)
    room.isStroke = true
    room.news.spread(true)
    room.news.spread(false)
    room.nextFrame()
    expect(room.told).toBe(0)
    expect(room.news.isUntold).toBe(true)
    room.isStroke = false
    room.news.spread(true)
    room.nextFrame()
    expect(room.told).toBe(1)
  })

  it('does not tell twice where the page asked in between', () => {
    const room = new Newsroom()
    room.news.spread(true)
    room.news.spread(false)
    room.nextFrame()
    expect(room.told).toBe(1)
  })
})
