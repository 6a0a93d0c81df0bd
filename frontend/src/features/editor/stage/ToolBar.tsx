import { useId } from 'react'
import type { Editor, EditorSnapshot } from '@/editor'
import { useEditorValue } from '../hooks'

/** The active tool's own small bar: what can be set about it, and the class it draws. */
export function ToolBar({ editor }: { editor: Editor }) {
  const tool = useEditorValue(editor, (snapshot) => snapshot.tool)
  const isErasing = useEditorValue(editor, (snapshot) => snapshot.isErasing)
  const isPainting = tool === 'brush' || tool === 'eraser'
  if (!isPainting && tool !== 'pen') return null
  return (
    <div className="tool-bar" role="toolbar" aria-label="Tool settings">
      <Target editor={editor} />
      {isPainting && <BrushSize editor={editor} />}
      {tool !== 'eraser' && <DrawModes editor={editor} isDisabled={isErasing} />}
    </div>
  )
}

function Target({ editor }: { editor: Editor }) {
  const name = useEditorValue(editor, targetName)
  const isErasing = useEditorValue(editor, (snapshot) => snapshot.isErasing)
  const tool = useEditorValue(editor, (snapshot) => snapshot.tool)
  const verb = isErasing || tool === 'eraser' ? 'Erasing' : 'Drawing'
  return (
    <span className="tool-bar__target">
      {verb}
      {verb === 'Drawing' && name !== null && <strong>{name}</strong>}
    </span>
  )
}

/** The selected object, which strokes go on; without one, a new object of the active class. */
function targetName({ objects, classes, activeClassId }: EditorSnapshot): string | null {
  const selected = objects.filter(({ isSelected }) => isSelected)
  if (selected.length === 1) return selected[0]?.name ?? null
  const active = classes.find(({ id }) => id === activeClassId)
  return active === undefined ? null : `new ${active.name}`
}

/** The slider is quadratic: small sizes, where one pixel matters, get half of its way. */
const MAX_SIZE_PX = 400

function BrushSize({ editor }: { editor: Editor }) {
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

function DrawModes({ editor, isDisabled }: { editor: Editor; isDisabled: boolean }) {
  const drawMode = useEditorValue(editor, (snapshot) => snapshot.drawMode)
  return (
    <fieldset
      className="tool-bar__modes"
      aria-label="Where other objects are"
      disabled={isDisabled}
    >
      {(['over', 'behind'] as const).map((mode) => (
        <button
          key={mode}
          type="button"
          className="tool-bar__mode"
          aria-pressed={drawMode === mode}
          title={
            mode === 'over'
              ? 'Draw over other objects (D changes)'
              : 'Draw behind other objects: only where nothing is labelled (D changes)'
          }
          onClick={() => editor.setDrawMode(mode)}
        >
          {mode === 'over' ? 'Over' : 'Behind'}
        </button>
      ))}
    </fieldset>
  )
}
