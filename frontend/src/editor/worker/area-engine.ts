import { NearColors } from '../areas/color-distance'
import {
  AreaComputerFailed,
  type AreaRequest,
  type AreaResults,
  type Shape,
} from '../areas/computer'
import { histogramOf, otsuLevel, runsInRange } from '../areas/levels'
import {
  colorAt,
  emptyPixels,
  floodedRuns,
  matchingRuns,
  type Pixels,
  putBlock,
} from '../areas/pixels'
import { dilated, eroded, smoothed, withoutIslands } from '../geometry/morphology'
import { imagePoint, type Size } from '../geometry/points'
import type { Runs } from '../geometry/runs'
import { drawBorders } from '../superpixels/borders'
import { buildHierarchy, cutInto, type Hierarchy } from '../superpixels/hierarchy'
import { SegmentMap } from '../superpixels/segment-map'

type Request<Call extends AreaRequest['call']> = Extract<AreaRequest, { call: Call }>

/** Rows that are read from a canvas at once: the copy in RGBA stays small. */
const STRIP_PX = 256

/** The computer itself: in the worker, and in tests on the page. */
export class AreaEngine {
  #pixels: Pixels | null = null
  #near: NearColors | null = null
  #segments: { readonly hierarchy: Hierarchy; readonly image: Size } | null = null
  #map: { readonly count: number; readonly map: SegmentMap } | null = null

  perform(request: AreaRequest): AreaResults[AreaRequest['call']] {
    switch (request.call) {
      case 'open':
        this.open(emptyPixels(request.size))
        return null
      case 'block':
        this.#put(request)
        return null
      case 'flood':
        return this.#flood(request)
      case 'histogram': {
        const histogram = histogramOf(this.#opened, request.channel, request.within)
        return { histogram, otsu: otsuLevel(histogram) }
      }
      case 'range':
        return runsInRange(this.#opened, request.channel, request.low, request.high)
      case 'reshape':
        return reshaped(request.shape, request.runs, request.amountPx, request.size)
      case 'segment':
        return this.#segment(request.image)
      case 'borders':
        return this.#borders(request)
    }
  }

  open(pixels: Pixels): void {
    this.#pixels = pixels
    this.#segments = null
    this.#map = null
  }

  get #opened(): Pixels {
    if (!this.#pixels) throw new AreaComputerFailed('No image is open.')
    return this.#pixels
  }

  #put({ bitmap, x, y, width, height }: Request<'block'>): void {
    const context = new OffscreenCanvas(width, Math.min(height, STRIP_PX)).getContext('2d', {
      willReadFrequently: true,
    })
    if (!context) throw new AreaComputerFailed('This browser window cannot read images.')
    context.imageSmoothingQuality = 'high'
    for (let top = 0; top < height; top += STRIP_PX) {
      const rows = Math.min(STRIP_PX, height - top)
      context.clearRect(0, 0, width, rows)
      context.drawImage(bitmap, 0, -top, width, height)
      putBlock(this.#opened, context.getImageData(0, 0, width, rows), x, y + top)
    }
    bitmap.close()
  }

  #flood({ x, y, space, tolerance, isContiguous }: Request<'flood'>): Runs {
    this.#near ??= new NearColors()
    const match = this.#near.near(colorAt(this.#opened, x, y), space, tolerance)
    return isContiguous
      ? floodedRuns(this.#opened, imagePoint(x, y), match)
      : matchingRuns(this.#opened, match)
  }

  #segment(image: Size): Hierarchy {
    const hierarchy = buildHierarchy(this.#opened)
    this.#segments = { hierarchy, image }
    // The colours have done their part; the segments are all that is drawn from.
    this.#pixels = null
    return hierarchy
  }

  #borders({ segmentCount, frame }: Request<'borders'>): ImageBitmap {
    if (!this.#segments) throw new AreaComputerFailed('No image is segmented.')
    const { hierarchy, image } = this.#segments
    if (this.#map?.count !== segmentCount) {
      const map = new SegmentMap(hierarchy, cutInto(hierarchy, segmentCount), image)
      this.#map = { count: segmentCount, map }
    }
    const canvas = new OffscreenCanvas(frame.width, frame.height)
    const context = canvas.getContext('2d')
    if (!context) throw new AreaComputerFailed('This browser window cannot draw.')
    const picture = new ImageData(frame.width, frame.height)
    drawBorders(this.#map.map, frame, new Uint32Array(picture.data.buffer))
    context.putImageData(picture, 0, 0)
    return canvas.transferToImageBitmap()
  }
}

function reshaped(shape: Shape, runs: Runs, amountPx: number, size: Size): Runs {
  switch (shape) {
    case 'dilate':
      return dilated(runs, amountPx, size)
    case 'erode':
      return eroded(runs, amountPx, size)
    case 'smooth':
      return smoothed(runs, amountPx, size)
    case 'drop-islands':
      return withoutIslands(runs, amountPx)
  }
}
