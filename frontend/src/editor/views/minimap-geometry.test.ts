import { describe, expect, it } from 'vitest'
import { imagePointOnMinimap, minimapSize, viewRectOnMinimap } from './minimap-geometry'

const IMAGE = { width: 4000, height: 2000 }
const MINIMAP = { width: 200, height: 100 }
const VIEW = { width: 800, height: 600 }

describe('the minimap', () => {
  it('has the proportions of the image, and at least one pixel of a very long one', () => {
    expect(minimapSize(IMAGE, 200)).toEqual(MINIMAP)
    expect(minimapSize({ width: 9000, height: 3 }, 180)).toEqual({ width: 180, height: 1 })
  })

  it('frames what is on screen', () => {
    // At 50 %, image pixels 1000 to 2600 across and 400 to 1600 down are in the view.
    const viewport = { zoom: 0.5, offsetX: -500, offsetY: -200 }
    expect(viewRectOnMinimap(viewport, VIEW, IMAGE, MINIMAP)).toEqual({
      left: 50,
      top: 20,
      right: 130,
      bottom: 80,
    })
  })

  it('frames no more than the image, and never less than can be seen', () => {
    const whole = { zoom: 0.1, offsetX: 100, offsetY: 100 }
    expect(viewRectOnMinimap(whole, VIEW, IMAGE, MINIMAP)).toEqual({
      left: 0,
      top: 0,
      right: 200,
      bottom: 100,
    })
    const corner = viewRectOnMinimap(
      { zoom: 64, offsetX: 800 - 4000 * 64, offsetY: 600 - 2000 * 64 },
      VIEW,
      IMAGE,
      MINIMAP,
    )
    expect(corner).toEqual({ left: 197, top: 97, right: 200, bottom: 100 })
  })

  it('leads to the image point under the pointer, and to the edge from beyond it', () => {
    expect(imagePointOnMinimap({ x: 50, y: 25 }, IMAGE, MINIMAP)).toEqual({ x: 1000, y: 500 })
    expect(imagePointOnMinimap({ x: -9, y: 400 }, IMAGE, MINIMAP)).toEqual({ x: 0, y: 2000 })
  })
})
