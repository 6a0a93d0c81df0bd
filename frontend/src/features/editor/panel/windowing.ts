/** Rows of equal height, of which only those in view are drawn. */
export interface RowWindow {
  first: number
  /** One past the last. */
  end: number
}

const ROWS_AROUND = 8

export function windowOf(
  rowCount: number,
  rowPx: number,
  view: { scrollPx: number; heightPx: number },
): RowWindow {
  const first = Math.max(0, Math.floor(view.scrollPx / rowPx) - ROWS_AROUND)
  const end = Math.min(rowCount, Math.ceil((view.scrollPx + view.heightPx) / rowPx) + ROWS_AROUND)
  return { first: Math.min(first, end), end }
}

/** Rounded up to it, so that a list that becomes higher or lower keeps its elements' places. */
const SLOTS_AT_ONCE = 32

/**
 * Rows whose numbers are equal modulo this are never there at once: the one can take the elements of
 * the other.
 */
export function slotCount(rowPx: number, heightPx: number): number {
  const rows = Math.ceil(heightPx / rowPx) + 1 + 2 * ROWS_AROUND
  return Math.ceil(rows / SLOTS_AT_ONCE) * SLOTS_AT_ONCE
}

/** Where to scroll so that a row is in view; null where it is already. */
export function scrollToRow(
  row: number,
  rowPx: number,
  view: { scrollPx: number; heightPx: number },
): number | null {
  const topPx = row * rowPx
  if (topPx < view.scrollPx) return topPx
  if (topPx + rowPx > view.scrollPx + view.heightPx) return topPx + rowPx - view.heightPx
  return null
}
