import { describe, expect, it } from 'vitest'
import { View } from './view'

const IMAGE = { width: 400, height: 300 }

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
