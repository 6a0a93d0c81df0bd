import type { LabelHistory } from '../recorder'

/** Of a document that remembers no steps. */
export const NO_HISTORY: LabelHistory = {
  isSettled: () => true,
  takeUnsaved: () => null,
  restore: () => undefined,
}
