import type { DrawMode, Editor } from '@/editor'
import { useEditorValue } from '../hooks'
import { DrawingFrame } from './DrawingFrame'

const MODES: readonly { mode: DrawMode; name: string; title: string }[] = [
  { mode: 'over', name: 'Over', title: 'Draw over other objects (D changes)' },
  { mode: 'behind', name: 'Behind', title: 'Draw only where nothing is labelled (D changes)' },
  { mode: 'inside', name: 'Inside', title: 'Draw only within one object or class (D changes)' },
]

/** What a stroke does where other objects are. */
export function DrawModes({ editor, isDisabled }: { editor: Editor; isDisabled: boolean }) {
  const drawMode = useEditorValue(editor, (snapshot) => snapshot.drawMode)
  const isProtecting = useEditorValue(editor, (snapshot) => snapshot.drawing.isProtecting)
  return (
    <>
      <fieldset
        className="tool-bar__modes"
        aria-label="Where other objects are"
        disabled={isDisabled}
      >
        {MODES.map(({ mode, name, title }) => (
          <button
            key={mode}
            type="button"
            className="tool-bar__mode"
            aria-pressed={drawMode === mode}
            title={title}
            onClick={() => editor.setDrawMode(mode)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {drawMode === 'inside' && !isDisabled && <DrawingFrame editor={editor} />}
      {isProtecting && <span className="tool-bar__held">Others protected</span>}
    </>
  )
}
