import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { SizeSlider } from './SizeSlider'

const MAX_RADIUS_PX = 300
const MIN_RADIUS_PX = 2

/** How far around the grabbed place a border follows the pointer. */
export function BorderRadius({ editor }: { editor: Editor }) {
  const radiusPx = useEditorValue(editor, (snapshot) => snapshot.drawing.borderRadiusPx)
  return (
    <>
      <span className="tool-bar__target">{t('Moving borders')}</span>
      <SizeSlider
        label={t('Radius')}
        sizePx={radiusPx}
        smallestPx={MIN_RADIUS_PX}
        largestPx={MAX_RADIUS_PX}
        onChange={(radius) => editor.drawing.setBorderRadius(radius)}
        onNudge={(direction) => editor.drawing.nudgeSize(direction)}
      />
    </>
  )
}
