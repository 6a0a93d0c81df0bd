import type { Editor } from '@/editor'
import { t } from '@/i18n'

const PLACE = t('Drag it to its place')

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
          {t('Set down')}
        </button>
        <button
          type="button"
          className="bar-button"
          title={t('Esc')}
          onClick={() => editor.areas.placing.cancel()}
        >
          {t('Cancel')}
        </button>
      </span>
    </>
  )
}
