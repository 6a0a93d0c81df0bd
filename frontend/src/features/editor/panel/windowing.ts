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
