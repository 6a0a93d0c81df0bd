import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { Circle, Square } from '../icons'

const TIPS = [
  { tip: 'round', name: t('Round tip'), Icon: Circle },
  { tip: 'square', name: t('Square tip'), Icon: Square },
] as const

/** Shape of the brush, and whether a pen's pressure changes its size. */
export function BrushTip({ editor }: { editor: Editor }) {
  const current = useEditorValue(editor, (snapshot) => snapshot.drawing.tip)
  const isPressureOn = useEditorValue(editor, (snapshot) => snapshot.drawing.isPressureOn)
  const hasPen = useEditorValue(editor, (snapshot) => snapshot.drawing.hasPen)
  return (
    <>
      <fieldset className="tool-bar__modes" aria-label={t('Tip')}>
        {TIPS.map(({ tip, name, Icon }) => (
          <button
            key={tip}
            type="button"
            className="tool-bar__mode tool-bar__mode--icon"
            aria-pressed={current === tip}
            aria-label={name}
            title={`${name} (Shift+B changes)`}
            onClick={() => editor.drawing.setTip(tip)}
          >
            <Icon aria-hidden="true" />
          </button>
        ))}
      </fieldset>
      {(hasPen || isPressureOn) && (
        <button
          type="button"
          className="tool-bar__toggle"
          aria-pressed={isPressureOn}
          title={t('A pen that is pressed harder paints wider')}
          onClick={() => editor.drawing.setPressure(!isPressureOn)}
        >
          {t('Pressure')}
        </button>
      )}
    </>
  )
}
