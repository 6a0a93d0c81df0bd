import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OntologyNode } from '@/api/types'
import { countsFromEdges, edgesFromCounts } from '@/editor/masks/rle'
import { colorsOfClasses, paintPreview, previewSize } from './mask-preview'

const RED = '#ff0000'

function alphas(pixels: Uint8ClampedArray): boolean[] {
  return Array.from({ length: pixels.length / 4 }, (_, at) => (pixels[4 * at + 3] ?? 0) > 0)
}

test('at full size the preview is the mask, pixel for pixel', () => {
  const bitmap = fc.integer({ min: 1, max: 9 }).chain((width) =>
    fc.integer({ min: 1, max: 9 }).chain((height) =>
      fc.record({
        size: fc.constant({ width, height }),
        bits: fc.array(fc.boolean(), { minLength: width * height, maxLength: width * height }),
      }),
    ),
  )
  fc.assert(
    fc.property(bitmap, ({ size, bits }) => {
      const { width, height } = size
      const columns = Array.from({ length: width * height }, (_, at) => {
        const [x, y] = [Math.floor(at / height), at % height]
        return bits[y * width + x] ?? false
      })
      const edges: number[] = []
      columns.forEach((bit, at) => {
        if (bit !== (columns[at - 1] ?? false)) edges.push(at)
      })
      if (edges.length % 2 === 1) edges.push(width * height)
      const masks = [{ edges: Uint32Array.from(edges), color: RED }]
      expect(alphas(paintPreview(masks, size, size))).toEqual(bits)
    }),
  )
})

test('a small picture of a large mask keeps its proportions', () => {
  // The left half of a 4000 × 3000 image.
  const image = { width: 4000, height: 3000 }
  const edges = Uint32Array.from([0, 2000 * 3000])
  const counts = countsFromEdges(edges, edges.length, image.width * image.height)
  const masks = [{ edges: edgesFromCounts(counts, image.width * image.height), color: RED }]
  const preview = previewSize(image, 400)
  expect(preview).toEqual({ width: 400, height: 300 })
  const covered = alphas(paintPreview(masks, image, preview)).filter(Boolean)
  expect(covered).toHaveLength(200 * 300)
})

test('an image smaller than the preview is not enlarged', () => {
  expect(previewSize({ width: 30, height: 2 }, 400)).toEqual({ width: 30, height: 2 })
})

test('colours are found at every depth of the tree', () => {
  const door = cls('door', '#111111')
  const tree: OntologyNode[] = [
    { type: 'group', id: 'g', name: 'Vehicles', children: [cls('car', RED, door)] },
  ]
  expect([...colorsOfClasses(tree)]).toEqual([
    ['car', RED],
    ['door', '#111111'],
  ])
})

function cls(id: string, color: string, ...children: OntologyNode[]): OntologyNode {
  return {
    type: 'class',
    id,
    index: 1,
    name: id,
    color,
    hotkey: null,
    kind: 'thing',
    layer: 0,
    description: '',
    attributes: [],
    children,
  }
}
