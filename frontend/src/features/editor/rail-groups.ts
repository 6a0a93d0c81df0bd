/** Ids of the engine's actions as they stand on the rail: looking, drawing, filling, reshaping, undoing. */
export const RAIL_GROUPS: readonly (readonly string[])[] = [
  ['tool.select', 'tool.pan'],
  ['tool.brush', 'tool.eraser', 'tool.pen', 'tool.polygon'],
  ['tool.fill', 'tool.wand', 'tool.threshold', 'tool.superpixels'],
  ['tool.border', 'tool.split', 'tool.relate'],
  ['edit.undo', 'edit.redo'],
  ['view.zoom-in', 'view.zoom-out', 'view.fit', 'view.actual-pixels', 'tool.ruler'],
]

/** The same where nothing may be changed. */
export const LOOKING_GROUPS: readonly (readonly string[])[] = [
  ['tool.select', 'tool.pan'],
  ['view.zoom-in', 'view.zoom-out', 'view.fit', 'view.actual-pixels', 'tool.ruler'],
]
