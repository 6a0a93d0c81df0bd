import type { Editor, Shape } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { RangeSetting } from './RangeSetting'

/** `most` is where the slider ends. */
const WORDS: Record<Shape, { name: string; label: string; most: number }> = {
  dilate: { name: t('Grow'), label: t('by'), most: 50 },
  erode: { name: t('Shrink'), label: t('by'), most: 50 },
  smooth: { name: t('Smooth'), label: t('over'), most: 20 },
  'drop-islands': { name: t('Drop islands'), label: t('smaller than'), most: 2000 },
}

/** How far a shape is changed; the image shows what comes (coloured) and what goes (dark). */
export function ReshapeBar({ editor }: { editor: Editor }) {
  const view = useEditorValue(editor, ({ areas }) => areas.reshaping)
  if (view === null) return null
  const { name, label, most } = WORDS[view.shape]
  return (
    <>
      <span className="tool-bar__target">
        <strong>{name}</strong>
      </span>
      <RangeSetting
        label={label}
        value={view.amountPx}
        min={1}
        max={most}
        words={t('{n} px', { n: view.amountPx })}
        title={t('{one} and {other}', { one: '[', other: ']' })}
        onChange={(value) => editor.areas.reshaping.setAmount(value)}
      />
      <span className="bar-group">
        <button
          type="button"
          className="bar-button"
          data-primary
          onClick={() => editor.areas.reshaping.apply()}
        >
          {t('Apply')}
        </button>
        <button
          type="button"
          className="bar-button"
          onClick={() => editor.areas.reshaping.cancel()}
        >
          {t('Cancel')}
        </button>
      </span>
    </>
  )
}
