import type { Editor } from '@/editor'
import { useEditorValue } from '../hooks'

/** What a stroke does where other objects are. */
export function DrawModes({ editor, isDisabled }: { editor: Editor; isDisabled: boolean }) {
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
