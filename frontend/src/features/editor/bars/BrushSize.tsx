import { useId } from 'react'
import type { Editor } from '@/editor'
import { useEditorValue } from '../hooks'

/** The slider is quadratic: small sizes, where one pixel matters, get half of its way. */
const MAX_SIZE_PX = 400

export function BrushSize({ editor }: { editor: Editor }) {
  const sizePx = useEditorValue(editor, (snapshot) => snapshot.brushSizePx)
  const id = useId()
  return (
    <span className="tool-bar__setting">
      <label htmlFor={id}>Size</label>
      <input
        id={id}
        className="slider"
        type="range"
        min={0}
        max={100}
        step={1}
        value={Math.round(100 * Math.sqrt(Math.min(sizePx, MAX_SIZE_PX) / MAX_SIZE_PX))}
        aria-valuetext={`${sizePx} pixels`}
        onChange={(event) => {
          const share = event.currentTarget.valueAsNumber / 100
          editor.setBrushSize(Math.max(1, Math.round(MAX_SIZE_PX * share * share)))
        }}
      />
      <output htmlFor={id} className="tool-bar__value">
        {sizePx} px
      </output>
    </span>
  )
}
