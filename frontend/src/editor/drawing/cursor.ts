import type { ScreenPoint } from '../geometry/points'
import type { CursorOverlay } from '../render/scene'
import type { Toolbox } from '../tools/toolbox'
import type { Drawing } from './drawing'

interface CursorSituation {
  readonly toolbox: Toolbox
  readonly drawing: Drawing
  readonly pointer: ScreenPoint | null
  readonly zoom: number
  readonly isErasing: boolean
}

/** The ring of tools that have a size; while the size is being changed it stays where it was. */
export function cursorOf(situation: CursorSituation): CursorOverlay | null {
  const { toolbox, drawing, pointer, zoom } = situation
  const sizePx = drawing.tipSizePx
  const at = toolbox.sizingAt ?? pointer
  if (!at || toolbox.isPanning || sizePx === null) return null
  const isBorder = toolbox.current === 'border'
  const isErasing = toolbox.current === 'eraser' || (situation.isErasing && !isBorder)
  const tip = isBorder ? 'round' : drawing.view.tip
  return { at, diameterPx: sizePx * zoom, isErasing, tip }
}
