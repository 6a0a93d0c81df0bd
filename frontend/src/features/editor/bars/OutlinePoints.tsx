import { useId } from 'react'
import type { Editor } from '@/editor'
import { plural, t } from '@/i18n'
import { useEditorValue } from '../hooks'

const MAX_TOLERANCE_PX = 10

/** How fine the points of the selected object are; the mask changes only where one is moved. */
export function OutlinePoints({ editor }: { editor: Editor }) {
  const tolerancePx = useEditorValue(editor, (snapshot) => snapshot.drawing.tolerancePx)
  const hasOne = useEditorValue(editor, (snapshot) => snapshot.selectedKeys.length === 1)
  const id = useId()
  if (!hasOne) return null
  const words = tolerancePx === 0 ? t('exact') : t('{n} px', { n: tolerancePx })
  return (
    <span className="tool-bar__setting">
      <label htmlFor={id}>{t('Points within')}</label>
      <input
        id={id}
        className="slider slider--short"
        type="range"
        min={0}
        max={MAX_TOLERANCE_PX}
        step={0.5}
        value={Math.min(MAX_TOLERANCE_PX, tolerancePx)}
        aria-valuetext={
          tolerancePx === 0
            ? t('exact, a point at every bend')
            : plural(tolerancePx, '{n} pixel', '{n} pixels')
        }
        title={t('Bends smaller than this get no point; the mask itself stays exact')}
        onChange={(event) => editor.drawing.setTolerance(event.currentTarget.valueAsNumber)}
      />
      <output htmlFor={id} className="tool-bar__value">
        {words}
      </output>
      <button
        type="button"
        className="tool-bar__toggle"
        disabled={tolerancePx === 0}
        title={t('Make the mask what the straight lines between the points hold')}
        onClick={() => editor.drawing.simplifyOutline()}
      >
        {t('Simplify')}
      </button>
    </span>
  )
}
