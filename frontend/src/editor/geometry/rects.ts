import type { Size } from './points'

/** Half open: pixels with left ≤ x < right and top ≤ y < bottom. Empty where right ≤ left. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export const EMPTY_RECT: Rect = { left: 0, top: 0, right: 0, bottom: 0 }

export function isEmpty(rect: Rect): boolean {
  return rect.right <= rect.left || rect.bottom <= rect.top
}

export function rectOfSize({ width, height }: Size): Rect {
  return { left: 0, top: 0, right: width, bottom: height }
}

export function union(a: Rect, b: Rect): Rect {
  if (isEmpty(a)) return b
  if (isEmpty(b)) return a
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  }
}

export function intersection(a: Rect, b: Rect): Rect {
  const rect = {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  }
  return isEmpty(rect) ? EMPTY_RECT : rect
}

export function grown(rect: Rect, margin: number): Rect {
  return {
    left: rect.left - margin,
    top: rect.top - margin,
    right: rect.right + margin,
    bottom: rect.bottom + margin,
  }
}

/** The rectangle grown to take in pixels `left ≤ x < right` of row `y`; itself where they are in. */
export function grownTo(rect: Rect | null, y: number, left: number, right: number): Rect {
  if (!rect) return { left, top: y, right, bottom: y + 1 }
  if (y >= rect.top && y < rect.bottom && left >= rect.left && right <= rect.right) return rect
  return {
    left: Math.min(rect.left, left),
    top: Math.min(rect.top, y),
    right: Math.max(rect.right, right),
    bottom: Math.max(rect.bottom, y + 1),
  }
}
