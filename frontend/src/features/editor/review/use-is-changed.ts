import type { Desk } from '../desk'
import { useLaterEditorValue, useReadable } from '../hooks'
import type { ReviewDesk } from './review-desk'

/** Whether the reviewer has made another label of it. */
export function useIsChanged({ editor, session }: Desk, review: ReviewDesk): boolean {
  useReadable(session.state)
  useReadable(review.known)
  return useLaterEditorValue(editor, () => review.isChanged)
}
