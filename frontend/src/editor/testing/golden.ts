/** Vectors that Python wrote (tests/masks/golden, tests/areas/golden), and masks in them. */
import { readFileSync } from 'node:fs'
import { type Runs, runsOfBitmap } from '../geometry/runs'
import type { SpanSink } from '../geometry/spans'
import { decodeBitmap } from '../masks/bitmap'

export type Size = readonly [height: number, width: number]

export function goldenAreas<T>(file: string): T[] {
  return read<T[]>(`areas/golden/${file}`)
}

export function goldenArea<T>(file: string): T {
  return read<T>(`areas/golden/${file}`)
}

export function goldenDrawing<T>(): T {
  return read<T>('masks/golden/drawing.json')
}

export function goldenGestures<T>(): T[] {
  return read<T[]>('masks/golden/gestures.json')
}

function read<T>(path: string): T {
  const url = new URL(`../../../../tests/${path}`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as T
}

export function runsOfCounts(counts: string, [height, width]: Size): Runs {
  return runsOfBitmap(decodeBitmap({ size: [height, width], counts }).pixels, width, height)
}

/** What a shape covers, a string per row. */
export function drawnRows(
  { width, height }: { width: number; height: number },
  draw: (sink: SpanSink) => void,
): string[] {
  const rows = Array.from({ length: height }, () => new Array<string>(width).fill('.'))
  draw((y, left, right) => rows[y]?.fill('#', left, right))
  return rows.map((row) => row.join(''))
}
