import type { Editor } from '@/editor'
import { useEditorValue } from '../hooks'

/** Colours are judged by what is on screen: it says when that is not what was taken. */
export function AdjustedMark({ editor }: { editor: Editor }) {
  const isAdjusted = useEditorValue(editor, () => editor.display.isAdjusted)
  if (!isAdjusted) return null
  return (
    <button
      type="button"
      className="adjusted-mark"
      title="Show the image as it is (Shift+I)"
      onClick={() => editor.dispatch('display.reset')}
    >
      Image adjusted · Reset
    </button>
  )
}
