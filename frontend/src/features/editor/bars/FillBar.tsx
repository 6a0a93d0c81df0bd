import type { Editor } from '@/editor'
import { ActionButton } from './ActionButton'

/** What the bucket can do at once, beside the click. */
export function FillBar({ editor }: { editor: Editor }) {
  return (
    <span className="bar-group">
      <ActionButton editor={editor} id="fill.holes" />
      <ActionButton editor={editor} id="fill.unlabelled" />
    </span>
  )
}
