import type { Records } from '@/features/insights'

/** How far two people agreed, in percent of IoU, over the images that both labelled. */
export interface Pair {
  iou: number
  worst: number
  images: number
}

/** People on both sides; each pair stands twice, so that a row reads as one person's. */
export interface Matrix {
  people: string[]
  pairOf: (one: string, other: string) => Pair | undefined
  /** Over all images that somebody else labelled too; undefined where there are none. */
  meanOf: (person: string) => number | undefined
}

export function matrixOf(records: Records): Matrix {
  const rows = new Map<string, Map<string, Pair>>()
  const put = (one: string, other: string, pair: Pair) => {
    const row = rows.get(one) ?? new Map<string, Pair>()
    row.set(other, pair)
    rows.set(one, row)
  }
  for (const record of records) {
    const pair = {
      iou: Number(record.iou),
      worst: Number(record.worst),
      images: Number(record.images),
    }
    put(String(record.one), String(record.other), pair)
    put(String(record.other), String(record.one), pair)
  }
  return {
    people: [...rows.keys()].sort((one, other) => one.localeCompare(other)),
    pairOf: (one, other) => rows.get(one)?.get(other),
    meanOf: (person) => mean([...(rows.get(person)?.values() ?? [])]),
  }
}

function mean(pairs: readonly Pair[]): number | undefined {
  const images = pairs.reduce((sum, pair) => sum + pair.images, 0)
  if (images === 0) return undefined
  return pairs.reduce((sum, pair) => sum + pair.iou * pair.images, 0) / images
}
