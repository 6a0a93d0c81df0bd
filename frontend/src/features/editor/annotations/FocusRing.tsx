import type { Editor } from '@/editor'
import { useEditorValue } from '../hooks'
import { usePlacedOnImage } from './place'

/** Around the place that was just shown, for a moment: a gap may be one pixel. */
export function FocusRing({ editor }: { editor: Editor }) {
  const focus = useEditorValue(editor, ({ findings }) => findings.focus)
  const layer = usePlacedOnImage(editor)
  if (focus === null) return null
  const { left, top, right, bottom } = focus.bounds
  return (
    <div ref={layer}>
      <span
        key={focus.count}
        className="annotations__ring"
        aria-hidden="true"
        data-image-x={left}
        data-image-y={top}
        data-image-width={right - left}
        data-image-height={bottom - top}
      />
    </div>
  )
}
