import type { Editor } from '@/editor'

const PLACE = 'Drag it to its place'

/** What was pasted is set down, or not. */
export function PlaceBar({ editor }: { editor: Editor }) {
  return (
    <>
      <span className="tool-bar__target">{PLACE}</span>
      <span className="bar-group">
        <button
          type="button"
          className="bar-button"
          data-primary
          title="Enter"
          onClick={() => editor.areas.placing.setDown()}
        >
          Set down
        </button>
        <button
          type="button"
          className="bar-button"
          title="Esc"
          onClick={() => editor.areas.placing.cancel()}
        >
          Cancel
        </button>
      </span>
    </>
  )
}
