import type { LabelDocument } from '../document/document'
import type { ObjectRecord } from '../document/objects'
import { snapshotObject } from '../document/snapshots'
import type { Size } from '../geometry/points'
import { type Runs, runsOfBitmap, shiftedRuns } from '../geometry/runs'
import { MaskError } from '../masks/errors'
import { boxOfEdges, type Edges, edgesFromCounts } from '../masks/rle'
import type { Attributes } from '../types'

/** Where copied objects wait: text, so that it outlives the task and the page. */
export interface ClipboardStore {
  read(): string | null
  write(text: string): void
}

/** An object that is on its way to a place, in pixels of the image that it comes from. */
export interface CarriedObject {
  readonly classId: string
  readonly layer: number
  readonly attributes: Attributes
  readonly runs: Runs
}

export interface Carried {
  readonly size: Size
  readonly objects: readonly CarriedObject[]
}

interface Stored {
  readonly size: Size
  readonly objects: readonly (Omit<CarriedObject, 'runs'> & { readonly counts: string })[]
}

/** For editors without a page around them. */
export function memoryClipboard(): ClipboardStore {
  let kept: string | null = null
  return {
    read: () => kept,
    write: (text) => {
      kept = text
    },
  }
}

export function carriedFrom(document: LabelDocument, records: readonly ObjectRecord[]): Carried {
  const objects = records.map((record) => {
    const { classId, layer, attributes } = record
    return { classId, layer, attributes, runs: document.runsOf(record) }
  })
  return { size: document.size, objects }
}

/** As run lengths: some hundred bytes an object. */
export function textOfObjects(document: LabelDocument, records: readonly ObjectRecord[]): string {
  const objects = records.map(({ key, classId, layer, attributes }) => {
    const { counts } = snapshotObject(document, key).mask
    return { classId, layer, attributes, counts }
  })
  const stored: Stored = { size: document.size, objects }
  return JSON.stringify(stored)
}

/** Null where it is nothing that was copied here. */
export function carriedFromText(text: string): Carried | null {
  try {
    const { size, objects } = JSON.parse(text) as Stored
    return {
      size,
      objects: objects.map(({ counts, ...object }) => ({
        ...object,
        runs: runsOfEdges(edgesFromCounts(counts, size.width * size.height), size),
      })),
    }
  } catch (error) {
    if (error instanceof MaskError || error instanceof SyntaxError || error instanceof TypeError) {
      return null
    }
    throw error
  }
}

/** Row by row, from runs down the columns; only the box around the mask is painted. */
export function runsOfEdges(edges: Edges, { width, height }: Size): Runs {
  const box = boxOfEdges(edges, height)
  const bitmap = new Uint8Array(box.width * box.height)
  for (let edge = 0; edge < edges.length; edge += 2) {
    const end = edges[edge + 1] as number
    for (let position = edges[edge] as number; position < end; position++) {
      const x = Math.floor(position / height)
      bitmap[(position - x * height - box.y) * box.width + x - box.x] = 1
    }
  }
  const runs = runsOfBitmap(bitmap, box.width, box.height)
  return shiftedRuns(runs, box.x, box.y, { width, height })
}
