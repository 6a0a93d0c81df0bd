import { describe, expect, it } from 'vitest'
import { View } from './view'

const IMAGE = { width: 400, height: 300 }

describe('a view that gets another size', () => {
  it('keeps what is in its middle there, and comes back to where it was', () => {
    const view = new View()
    view.resize({ width: 800, height: 600 })
    view.open(IMAGE)
    view.zoomTo(4)
    view.panBy(-120, 35)
    const before = view.viewport
    const middle = view.imageFromScreen(view.centre)
    view.resize({ width: 560, height: 571 })
    expect(view.imageFromScreen(view.centre).x).toBeCloseTo(middle.x, 6)
    expect(Math.abs(view.imageFromScreen(view.centre).y - middle.y)).toBeLessThan(1 / 4)
    expect(view.viewport.offsetX % 1).toBe(before.offsetX % 1)
    view.resize({ width: 800, height: 600 })
    expect(view.viewport).toEqual(before)
  })

  it('fills it, where it was fitted', () => {
    const view = new View()
    view.open(IMAGE)
    view.resize({ width: 500, height: 400 })
    const other = new View()
    other.resize({ width: 500, height: 400 })
    other.open(IMAGE)
    expect(view.viewport).toEqual(other.viewport)
  })
})

describe('the view of the next image', () => {
  it('is fitted, unless it is to be kept', () => {
    const view = new View()
    view.open(IMAGE)
    const fitted = view.viewport
    view.zoomTo(5)
    view.open(IMAGE)
    expect(view.viewport).toEqual(fitted)
  })

  it('stays where it was between images of one size', () => {
    const view = new View()
    view.open(IMAGE, true)
    view.zoomTo(5)
    view.panBy(30, -20)
    const kept = view.viewport
    view.open({ ...IMAGE }, true)
    expect(view.viewport).toEqual(kept)
  })

  it('is fitted where the image has another size, kept or not', () => {
    const view = new View()
    view.open(IMAGE, true)
    view.zoomTo(5)
    view.open({ width: 300, height: 400 }, true)
    const other = new View()
    other.open({ width: 300, height: 400 })
    expect(view.viewport).toEqual(other.viewport)
  })
})
