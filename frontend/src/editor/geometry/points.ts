/** Points carry their space in their type, so that screen units can never reach a mask. */
declare const space: unique symbol

/** CSS pixels from the view's top left corner. */
export interface ScreenPoint {
  readonly [space]: 'screen'
  readonly x: number
  readonly y: number
}

/** Image pixels; the centre of the pixel in column 3 of row 5 is (3.5, 5.5). */
export interface ImagePoint {
  readonly [space]: 'image'
  readonly x: number
  readonly y: number
}

export function screenPoint(x: number, y: number): ScreenPoint {
  return { x, y } as ScreenPoint
}

export function imagePoint(x: number, y: number): ImagePoint {
  return { x, y } as ImagePoint
}

export function distance(a: ImagePoint, b: ImagePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

export function screenDistance(a: ScreenPoint, b: ScreenPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

export interface Size {
  readonly width: number
  readonly height: number
}
