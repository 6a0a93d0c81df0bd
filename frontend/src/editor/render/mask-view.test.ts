import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { LabelDocument } from '../document/document'
import { rectOfSize } from '../geometry/rects'
import { runsOfRect } from '../geometry/runs'
import { overRule } from '../labelmap/write-rule'
import { message } from '../message'
import { PixelCanvas, PixelImage } from '../testing/pixel-canvas'
import { DevicePlacement } from './device-placement'
import { type MaskSurface, MaskView } from './mask-view'
import { PaintTable } from './paint-table'
import type { Scene } from './scene'

const SIZE = { width: 1280, height: 1024 }
const CELL_PX = 256
const FEWEST_IN_TURN = 3

beforeEach(() => {
  vi.stubGlobal('OffscreenCanvas', PixelCanvas)
  vi.stubGlobal('ImageData', PixelImage)
  return () => vi.unstubAllGlobals()
})

/** A view of a whole document, a pixel of the screen for each of the image. */
class Shown {
  readonly document = new LabelDocument(SIZE)
  readonly view = new MaskView('at-once')
  readonly cells = Array.from({ length: 20 }, (_, index) =>
    cellAt(index % 5, Math.floor(index / 5)),
  )
  readonly #paint = new PaintTable()
  readonly #place: DevicePlacement

  constructor(place = PLACE) {
    this.#place = place
    for (const key of ['one', 'two']) this.document.objects.create(key, 'car', 0, {})
    const look = { isHidden: false, isSelected: false }
    this.#paint.update(
      [
        { id: 1, color: '#cc2200', ...look },
        { id: 2, color: '#00aa55', ...look },
      ],
      0.5,
    )
    this.frame()
  }

  /** How many cells a frame draws on. */
  frame(): number {
    for (const cell of this.cells) cell.drawings = 0
    this.view.draw(this.cells, this.#scene, this.#place)
    return this.cells.filter(({ drawings }) => drawings > 0).length
  }

  /** Frames until nothing is left, and on how many cells each drew. */
  frames(): number[] {
    const drawn: number[] = []
    while (this.view.needsFrame) drawn.push(this.frame())
    return drawn
  }

  fill(id: number, rect = rectOfSize(SIZE)): void {
    const { history } = this.document
    const mark = history.mark(message('Fill'))
    this.document.writeRuns(0, runsOfRect(rect), overRule(id, []))
    history.commit(mark)
    this.tell('in-turn')
  }

  tell(pace: 'at-once' | 'in-turn'): void {
    for (const { rect } of this.document.takeDelta().dirty) this.view.invalidate(rect, pace)
  }

  /** What is on the cells, and what a view that draws all anew has there. */
  expectExact(): void {
    const anew = new MaskView('at-once')
    const cells = this.cells.map(({ rect }) => new TestCell(rect))
    do anew.draw(cells, this.#scene, this.#place)
    while (anew.needsFrame)
    expect(this.cells.map(({ seen }) => seen)).toEqual(cells.map(({ seen }) => seen))
  }

  get #scene(): Scene {
    const layers = this.document.layers().map(([, { layer }]) => layer)
    return { size: SIZE, layers, paint: this.#paint } as unknown as Scene
  }
}

const PLACE = new DevicePlacement({ zoom: 1, offsetX: 0, offsetY: 0 }, SIZE, 1)

class TestCell implements MaskSurface {
  readonly rect: MaskSurface['rect']
  readonly #own = new PixelCanvas(CELL_PX, CELL_PX)
  drawings = 0

  constructor(rect: MaskSurface['rect']) {
    this.rect = rect
  }

  /** Its pixels, to be compared. */
  get seen(): string {
    return createHash('sha256').update(this.#own.pixels).digest('hex')
  }

  readonly canvas = {
    awake: () => {
      this.drawings++
      return this.#own.getContext() as unknown as OffscreenCanvasRenderingContext2D
    },
  }
}

function cellAt(column: number, row: number): TestCell {
  const left = column * CELL_PX
  const top = row * CELL_PX
  return new TestCell({ left, top, right: left + CELL_PX, bottom: top + CELL_PX })
}

describe('masks on their cells', () => {
  it('come a few cells a frame after a fill and after its undo, and are exact in the end', () => {
    const shown = new Shown()
    shown.fill(1)
    expect(Math.max(...shown.frames())).toBeLessThanOrEqual(FEWEST_IN_TURN)
    shown.expectExact()
    shown.document.history.undo()
    shown.tell('in-turn')
    expect(Math.max(...shown.frames())).toBeLessThanOrEqual(FEWEST_IN_TURN)
    shown.expectExact()
  })

  it('show what a hand draws with the next frame, however much else is still to come', () => {
    const shown = new Shown()
    shown.fill(1, { left: 0, top: 0, right: 1000, bottom: SIZE.height })
    shown.frame()
    expect(shown.view.needsFrame).toBe(true)
    const { history } = shown.document
    const mark = history.mark(message('Brush'))
    const dab = { left: 1100, top: 900, right: 1140, bottom: 930 }
    shown.document.writeRuns(0, runsOfRect(dab), overRule(2, []))
    shown.tell('at-once')
    const before = shown.cells.at(-1)?.seen
    shown.frame()
    expect(shown.cells.at(-1)?.seen).not.toBe(before)
    history.commit(mark)
    shown.frames()
    shown.expectExact()
  })

  it('draw as many cells at once as a hand drew on', () => {
    const shown = new Shown()
    const mark = shown.document.history.mark(message('Brush'))
    const across = { left: 0, top: 500, right: SIZE.width, bottom: 530 }
    shown.document.writeRuns(0, runsOfRect(across), overRule(1, []))
    shown.tell('at-once')
    expect(shown.frame()).toBe(10)
    expect(shown.view.needsFrame).toBe(false)
    shown.document.history.commit(mark)
  })

  it.each([0.37, 0.7, 1.3])('are exact where tiles end between pixels, at a zoom of %s', (zoom) => {
    const place = new DevicePlacement({ zoom, offsetX: 13.3, offsetY: -41.6 }, SIZE, 1)
    const shown = new Shown(place)
    const mark = shown.document.history.mark(message('Brush'))
    for (let dab = 0; dab < 12; dab++) {
      const left = 90 * dab
      const top = 40 + 75 * dab
      const rect = { left, top, right: left + 97, bottom: top + 83 }
      shown.document.writeRuns(0, runsOfRect(rect), overRule(1 + (dab % 2), []))
      shown.tell('at-once')
      shown.frames()
      shown.expectExact()
    }
    shown.document.history.commit(mark)
  })

  it('are exact after changes in between each other, and where the view moves amid them', () => {
    const shown = new Shown()
    shown.fill(1)
    shown.frame()
    shown.fill(2, { left: 100, top: 100, right: 900, bottom: 700 })
    shown.frame()
    shown.view.moved()
    shown.frame()
    shown.document.history.undo()
    shown.tell('in-turn')
    shown.frames()
    shown.expectExact()
  })
})
