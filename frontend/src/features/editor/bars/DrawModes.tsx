import type { DrawMode, Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { DrawingFrame } from './DrawingFrame'

const MODES: readonly { mode: DrawMode; name: string; title: string }[] = [
  { mode: 'over', name: t('Over'), title: t('Draw over other objects (D changes)') },
  {
    mode: 'behind',
    name: t('Behind'),
    title: t('Draw only where nothing is labelled (D changes)'),
  },
  {
    mode: 'inside',
    name: t('Inside'),
    title: t('Draw only within one object or class (D changes)'),
  },
]

/** What a stroke does where other objects are. */
export function DrawModes({ editor, isDisabled }: { editor: Editor; isDisabled: boolean }) {
  const drawMode = useEditorValue(editor, (snapshot) => snapshot.drawMode)
  const isProtecting = useEditorValue(editor, (snapshot) => snapshot.drawing.isProtecting)
  return (
    <>
      <fieldset
        className="tool-bar__modes"
        aria-label={t('Where other objects are')}
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
      {isProtecting && <span className="tool-bar__held">{t('Others protected')}</span>}
    </>
  )
}
