import { useId } from 'react'
import type { Editor } from '@/editor'
import { useEditorValue } from '../hooks'

/** How strongly the masks cover the image. Their borders stay. */
export function DisplaySettings({ editor }: { editor: Editor }) {
  const opacity = useEditorValue(editor, (snapshot) => snapshot.maskOpacity)
  const percent = Math.round(opacity * 100)
  const id = useId()
  return (
    <div className="display-settings">
      <label htmlFor={id}>Mask opacity</label>
      <input
        id={id}
        className="slider"
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={`${percent} %`}
        onChange={(event) => editor.setMaskOpacity(event.currentTarget.valueAsNumber / 100)}
      />
      <output htmlFor={id}>{percent} %</output>
    </div>
  )
}
