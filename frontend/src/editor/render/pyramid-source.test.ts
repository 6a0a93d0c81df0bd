import { describe, expect, it, vi } from 'vitest'
import type { ImageSourceEvent } from './image-source'
import { createPyramidSource } from './pyramid-source'

/** A server of tiles whose answers the test gives. */
function tileServer() {
  const waiting = new Map<string, { answer: () => void; fail: () => void; beOffline: () => void }>()
  const asked: string[] = []
  const events: ImageSourceEvent[] = []
  const source = createPyramidSource({
    width: 1000,
    height: 600,
    tileSize: 256,
    levels: 3,
    tileUrl: (level, column, row) => `${level}/${column}/${row}`,
    loadTile: (url) => {
      asked.push(url)
      return new Promise((resolve, reject) => {
        const bitmap = { width: 256, height: 256, close: () => undefined } as ImageBitmap
        waiting.set(url, {
          answer: () => resolve(bitmap),
          fail: () => reject(new Error('404')),
          beOffline: () => reject(new TypeError('Failed to fetch')),
        })
      })
    },
  })
  source.subscribe((event) => events.push(event))
  const settled = async (url: string, how: 'answer' | 'fail' | 'beOffline') => {
    const before = asked.length + events.length
    waiting.get(url)?.[how]()
    await vi.waitFor(() => expect(asked.length + events.length).toBeGreaterThan(before))
  }
  return { source, asked, events, waiting, settled }
}

const CORNER = { x: 0, y: 0, width: 200, height: 200 }

describe('a pyramid of tiles', () => {
  it('asks for the coarsest tile and those on screen, each once', () => {
    const { source, asked } = tileServer()
    expect(source.patches(CORNER, 0)).toEqual([])
    source.patches(CORNER, 0)
    expect(asked).toEqual(['2/0/0', '0/0/0'])
  })

  it('shows the coarse tile until the fine one has come, and then that above it', async () => {
    const { source, settled, events } = tileServer()
    source.patches(CORNER, 0)
    await settled('2/0/0', 'answer')
    expect(source.patches(CORNER, 0).map(({ covers }) => covers)).toEqual([
      { x: 0, y: 0, width: 1000, height: 600 },
    ])
    await settled('0/0/0', 'answer')
    expect(source.patches(CORNER, 0).map(({ covers }) => covers.width)).toEqual([1000, 256])
    expect(events).toEqual([{ kind: 'loaded' }, { kind: 'loaded' }])
  })

  it('tries a tile three times and then says that the image failed', async () => {
    const { source, settled, asked, events } = tileServer()
    source.patches(CORNER, 2)
    await settled('2/0/0', 'fail')
    await settled('2/0/0', 'fail')
    await settled('2/0/0', 'fail')
    expect(asked).toEqual(['2/0/0', '2/0/0', '2/0/0'])
    expect(events).toMatchObject([{ kind: 'failed' }])
    source.patches(CORNER, 2)
    expect(asked).toHaveLength(3)
  })

  it('loads ahead what is coarse, after what the screen asks for', async () => {
    const { source, asked, settled } = tileServer()
    source.loadAhead(1)
    expect(asked).toEqual(['2/0/0', '1/0/0', '1/1/0', '1/0/1', '1/1/1'])
    await settled('2/0/0', 'answer')
    source.patches(CORNER, 0)
    expect(asked.at(-1)).toBe('0/0/0')
    expect(asked).toHaveLength(6)
  })

  it('is not said to have failed where only finer tiles are out of reach, and asks again for them later', async () => {
    const { source, asked, events, waiting, settled } = tileServer()
    source.patches(CORNER, 0)
    await settled('2/0/0', 'answer')
    await settled('0/0/0', 'beOffline')
    await settled('0/0/0', 'beOffline')
    expect(asked.filter((url) => url === '0/0/0')).toHaveLength(3)
    waiting.get('0/0/0')?.beOffline()
    await vi.waitFor(() => {
      source.retryMissing()
      expect(events).toEqual([{ kind: 'loaded' }, { kind: 'loaded' }])
    })
    source.patches(CORNER, 0)
    expect(asked.filter((url) => url === '0/0/0')).toHaveLength(4)
  })

  it('is silent after it was put away', async () => {
    const { source, events, asked } = tileServer()
    source.patches(CORNER, 0)
    source.dispose()
    expect(events).toEqual([])
    expect(asked).toHaveLength(2)
  })
})
