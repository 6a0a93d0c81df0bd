import type { ImagePoint, ScreenPoint, Size } from './geometry/points'
import type { ObjectKey, PointerStatus } from './types'
import type { View } from './view'

interface Pointing {
  readonly pointer: ScreenPoint | null
  readonly view: View
  readonly cursor: { readonly hint: unknown }
  pickAt(point: ImagePoint): ObjectKey | null
}

export const NOWHERE: PointerStatus = {
  pixel: null,
  objectKey: null,
  zoomPercent: 100,
  isByKeys: false,
}

/** What is under the pointer; null for the size where no task is open. */
export function pointerStatus(space: Pointing, size: Size | null): PointerStatus {
  const zoomPercent = Math.round(space.view.viewport.zoom * 100)
  const isByKeys = space.cursor.hint !== null
  const nowhere = { pixel: null, objectKey: null, zoomPercent, isByKeys }
  if (!size || !space.pointer) return nowhere
  const point = space.view.imageFromScreen(space.pointer)
  const pixel = { x: Math.floor(point.x), y: Math.floor(point.y) }
  const isInside = pixel.x >= 0 && pixel.y >= 0 && pixel.x < size.width && pixel.y < size.height
  if (!isInside) return nowhere
  return { pixel, objectKey: space.pickAt(point), zoomPercent, isByKeys }
}

export function isSameStatus(a: PointerStatus, b: PointerStatus): boolean {
  return (
    a.pixel?.x === b.pixel?.x &&
    a.pixel?.y === b.pixel?.y &&
    a.objectKey === b.objectKey &&
    a.zoomPercent === b.zoomPercent &&
    a.isByKeys === b.isByKeys
  )
}
