/** Receives a shape row by row: the pixels `left ≤ x < right` of row `y`, cut to the image. */
export type SpanSink = (y: number, left: number, right: number) => void

/**
 * First pixel whose centre is at or right of `x`. With it as both ends of a span, a pixel belongs
 * to a shape where its centre does; a centre exactly on a shared edge belongs to the shape on its
 * right, so that neighbours meet without gap or overlap.
 */
export function firstCentreFrom(x: number): number {
  return Math.ceil(x - 0.5)
}
