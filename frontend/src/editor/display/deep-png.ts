import type { Samples } from './window'

/** The bytes are no PNG of 16-bit grey; browsers themselves would make eight bits of one. */
export class DeepPngInvalid extends Error {
  override readonly name = 'DeepPngInvalid'
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const BYTES_PER_PIXEL = 2
const MAX_PIXELS = 64_000_000

/**
 * Decodes a non-interlaced PNG of 16-bit grey (W3C PNG, third edition). Throws `DeepPngInvalid`.
 */
export async function decodeDeepPng(bytes: Uint8Array<ArrayBuffer>): Promise<Samples> {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) throw new DeepPngInvalid('No PNG.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const compressed: Uint8Array<ArrayBuffer>[] = []
  let size: { width: number; height: number } | null = null
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (at + 12 + length > bytes.length) break
    if (type === 'IHDR') size = headerAt(view, at + 8)
    if (type === 'IDAT') compressed.push(bytes.slice(at + 8, at + 8 + length))
    at += 12 + length
  }
  if (!size) throw new DeepPngInvalid('The PNG has no header.')
  const filtered = await inflated(compressed)
  const rowBytes = size.width * BYTES_PER_PIXEL
  if (filtered.length !== (rowBytes + 1) * size.height) {
    throw new DeepPngInvalid('The PNG ends too early.')
  }
  return { ...size, samples: unfiltered(filtered, rowBytes, size.height) }
}

function headerAt(view: DataView, at: number): { width: number; height: number } {
  const width = view.getUint32(at)
  const height = view.getUint32(at + 4)
  const [depth, color, interlace] = [8, 9, 12].map((offset) => view.getUint8(at + offset))
  if (depth !== 16 || color !== 0 || interlace !== 0) {
    throw new DeepPngInvalid('The PNG is not plain 16-bit grey.')
  }
  if (width * height === 0 || width * height > MAX_PIXELS) {
    throw new DeepPngInvalid('The PNG has an impossible size.')
  }
  return { width, height }
}

async function inflated(parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'))
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer())
  } catch (cause) {
    throw new DeepPngInvalid('The PNG is damaged.', { cause })
  }
}

/** Undoes each row's filter, and puts its big-endian bytes together to samples. */
function unfiltered(filtered: Uint8Array, rowBytes: number, height: number): Uint16Array {
  const samples = new Uint16Array((rowBytes / BYTES_PER_PIXEL) * height)
  let above: Uint8Array = new Uint8Array(rowBytes)
  for (let y = 0; y < height; y++) {
    const start = y * (rowBytes + 1)
    const row = filtered.subarray(start + 1, start + 1 + rowBytes)
    unfilterRow(filtered[start] ?? 0, row, above)
    const first = (y * rowBytes) / BYTES_PER_PIXEL
    for (let at = 0; at < rowBytes; at += BYTES_PER_PIXEL) {
      samples[first + at / BYTES_PER_PIXEL] = ((row[at] ?? 0) << 8) | (row[at + 1] ?? 0)
    }
    above = row
  }
  return samples
}

function unfilterRow(filter: number, row: Uint8Array, above: Uint8Array): void {
  for (let at = 0; at < row.length; at++) {
    const isFirst = at < BYTES_PER_PIXEL
    const left = isFirst ? 0 : (row[at - BYTES_PER_PIXEL] ?? 0)
    const up = above[at] ?? 0
    const corner = isFirst ? 0 : (above[at - BYTES_PER_PIXEL] ?? 0)
    // The array keeps the low eight bits of each sum.
    row[at] = (row[at] ?? 0) + predicted(filter, left, up, corner)
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return paeth(left, up, corner)
    default:
      throw new DeepPngInvalid('The PNG has a row of an unknown filter.')
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const toLeft = Math.abs(estimate - left)
  const toUp = Math.abs(estimate - up)
  const toCorner = Math.abs(estimate - corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
