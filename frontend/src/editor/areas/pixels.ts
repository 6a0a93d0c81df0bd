import type { ImagePoint, Size } from '../geometry/points'
import { RunBuilder, type Runs, runsOfBitmap } from '../geometry/runs'

/** An image's colours, three bytes a pixel, row after row: what a worker holds to compute with. */
export interface Pixels extends Size {
  readonly rgb: Uint8Array
}

export function emptyPixels({ width, height }: Size): Pixels {
  return { width, height, rgb: new Uint8Array(3 * width * height) }
}

/** Copies a block of RGBA, `block.width` wide, into the image at (x, y); what lies outside is cut. */
export function putBlock(
  { width, height, rgb }: Pixels,
  block: { readonly width: number; readonly height: number; readonly data: ArrayLike<number> },
  x: number,
  y: number,
): void {
  const columns = Math.min(block.width, width - x)
  const rows = Math.min(block.height, height - y)
  for (let row = 0; row < rows; row++) {
    let from = 4 * row * block.width
    let to = 3 * ((y + row) * width + x)
    for (let column = 0; column < columns; column++, from += 4, to += 3) {
      rgb[to] = block.data[from] as number
      rgb[to + 1] = block.data[from + 1] as number
      rgb[to + 2] = block.data[from + 2] as number
    }
  }
}

export function colorAt({ width, rgb }: Pixels, x: number, y: number): number {
  return packedColor(rgb, 3 * (y * width + x))
}

function packedColor(rgb: Uint8Array, at: number): number {
  return ((rgb[at] as number) << 16) | ((rgb[at + 1] as number) << 8) | (rgb[at + 2] as number)
}

/** Says of a colour, 0xrrggbb, whether it is meant. */
export interface ColorMatch {
  matches(color: number): boolean
}

/** Every pixel whose colour is meant. */
export function matchingRuns({ width, height, rgb }: Pixels, match: ColorMatch): Runs {
  const builder = new RunBuilder()
  for (let y = 0, at = 0; y < height; y++) {
    let left = -1
    for (let x = 0; x < width; x++, at += 3) {
      const isIn = match.matches(packedColor(rgb, at))
      if (isIn && left < 0) left = x
      if (!isIn && left >= 0) {
        builder.push(y, left, x)
        left = -1
      }
    }
    if (left >= 0) builder.push(y, left, width)
  }
  return builder.finish()
}

const SEEN = 1

/** What hangs together with the seed over the edges of pixels whose colours are all meant. */
export function floodedRuns(pixels: Pixels, seed: ImagePoint, match: ColorMatch): Runs {
  const { width, height, rgb } = pixels
  const seen = new Uint8Array(width * height)
  const isOpen = (at: number) => seen[at] === 0 && match.matches(packedColor(rgb, 3 * at))
  const stack = [Math.floor(seed.y) * width + Math.floor(seed.x)]
  for (let start = stack.pop(); start !== undefined; start = stack.pop()) {
    if (!isOpen(start)) continue
    const row = start - (start % width)
    let left = start
    while (left > row && isOpen(left - 1)) left--
    let right = start + 1
    while (right < row + width && isOpen(right)) right++
    seen.fill(SEEN, left, right)
    if (row > 0) pushSpans(left - width, right - width, isOpen, stack)
    if (row < width * (height - 1)) pushSpans(left + width, right + width, isOpen, stack)
  }
  return runsOfBitmap(seen, width, height)
}

/** One pixel of each open span between the two. */
function pushSpans(
  from: number,
  to: number,
  isOpen: (at: number) => boolean,
  stack: number[],
): void {
  let wasOpen = false
  for (let at = from; at < to; at++) {
    const isNowOpen = isOpen(at)
    if (isNowOpen && !wasOpen) stack.push(at)
    wasOpen = isNowOpen
  }
}
