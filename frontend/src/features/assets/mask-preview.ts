import type { Id, OntologyNode } from '@/api/types'
import { type Edges, edgesFromCounts } from '@/editor/masks/rle'

export interface PreviewSize {
  width: number
  height: number
}

/** What a preview needs of a label version. */
export interface LabelledObjects {
  number: number
  objects: readonly { class_id: Id; mask: { counts: string } }[]
}

export interface PreviewMask {
  edges: Edges
  color: string
}

const RETIRED_COLOR = '#808080'
const FILL_ALPHA = 140

/** The colour of every class of a tree by its id. */
export function colorsOfClasses(nodes: readonly OntologyNode[]): Map<string, string> {
  const colors = new Map<string, string>()
  for (const node of nodes) {
    if (node.type === 'class' && node.id != null) colors.set(node.id, node.color)
    for (const [id, color] of colorsOfClasses(node.children)) colors.set(id, color)
  }
  return colors
}

/** A label's masks in painting order; objects of a class that the tree has lost are grey. */
export function previewMasks(
  version: LabelledObjects,
  image: PreviewSize,
  colors: ReadonlyMap<string, string>,
): PreviewMask[] {
  return version.objects.map((object) => ({
    edges: edgesFromCounts(object.mask.counts, image.height * image.width),
    color: colors.get(object.class_id) ?? RETIRED_COLOR,
  }))
}

/** The largest size of the image's proportions that fits into a square of `longest` pixels. */
export function previewSize(image: PreviewSize, longest: number): PreviewSize {
  const scale = Math.min(1, longest / Math.max(image.width, image.height))
  return {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  }
}

/**
 * Paints masks of a large image as a small picture, RGBA, by looking up the middle of each small
 * pixel. The run lengths are walked once and never drawn in full, so that the cost follows the
 * preview and the outlines, not the image.
 */
export function paintPreview(
  masks: readonly PreviewMask[],
  image: PreviewSize,
  preview: PreviewSize,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(preview.width * preview.height * 4)
  for (const { edges, color } of masks) {
    const rgb = Number.parseInt(color.slice(1), 16)
    for (const at of coveredPixels(edges, image, preview)) {
      pixels[at] = rgb >> 16
      pixels[at + 1] = (rgb >> 8) & 0xff
      pixels[at + 2] = rgb & 0xff
      pixels[at + 3] = FILL_ALPHA
    }
  }
  return pixels
}

/** Offsets into the preview's RGBA. Run lengths go down the columns, and so do we. */
function* coveredPixels(edges: Edges, image: PreviewSize, preview: PreviewSize): Generator<number> {
  let passed = 0
  for (let x = 0; x < preview.width; x++) {
    const column = middle(x, image.width, preview.width) * image.height
    for (let y = 0; y < preview.height; y++) {
      const position = column + middle(y, image.height, preview.height)
      while (passed < edges.length && (edges[passed] ?? 0) <= position) passed++
      if (passed % 2 === 1) yield (y * preview.width + x) * 4
    }
  }
}

function middle(index: number, full: number, small: number): number {
  return Math.floor(((index + 0.5) * full) / small)
}
