import type { Records } from '@/features/insights'

/** How far two people agreed, in percent of IoU, over the images that both labelled. */
export interface Pair {
  iou: number
  worst: number
  images: number
}

export interface Person {
  id: string
  name: string
}

/** People on both sides, told apart by their ids; each pair stands twice, so that a row reads as
 * one person's. */
export interface Matrix {
  people: Person[]
  pairOf: (one: string, other: string) => Pair | undefined
  /** Over all images that somebody else labelled too; undefined where there are none. */
  meanOf: (person: string) => number | undefined
}

export function matrixOf(records: Records): Matrix {
  const rows = new Map<string, Map<string, Pair>>()
  const names = new Map<string, string>()
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
    const [one, other] = [String(record.one_id), String(record.other_id)]
    names.set(one, String(record.one)).set(other, String(record.other))
    put(one, other, pair)
    put(other, one, pair)
  }
  return {
    people: [...names]
      .map(([id, name]) => ({ id, name }))
      .sort((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id)),
    pairOf: (one, other) => rows.get(one)?.get(other),
    meanOf: (person) => mean([...(rows.get(person)?.values() ?? [])]),
  }
}

function mean(pairs: readonly Pair[]): number | undefined {
  const images = pairs.reduce((sum, pair) => sum + pair.images, 0)
  if (images === 0) return undefined
  return pairs.reduce((sum, pair) => sum + pair.iou * pair.images, 0) / images
}
