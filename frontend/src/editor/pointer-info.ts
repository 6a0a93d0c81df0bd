import { screenPoint } from './geometry/points'
import type { PointerInfo } from './tools/tool'
import type { PointerInput } from './types'
import type { View } from './view'

/** As pointer events number the other end of a pen. */
const ERASER_BUTTON = 5

/** A pointer event as the tools see it. */
export function pointerInfo(input: PointerInput, view: View, isOnTheWay = false): PointerInfo {
  const screen = screenPoint(input.x, input.y)
  return {
    screen,
    image: view.imageFromScreen(screen),
    button: input.button === ERASER_BUTTON ? 0 : (input.button ?? 0),
    isEraserEnd: input.button === ERASER_BUTTON,
    isExact: false,
    isOnTheWay,
    pressure: input.pointerType === 'pen' ? (input.pressure ?? null) : null,
    shiftKey: input.shiftKey ?? false,
    altKey: input.altKey ?? false,
    ctrlKey: input.ctrlKey ?? false,
    metaKey: input.metaKey ?? false,
  }
}
