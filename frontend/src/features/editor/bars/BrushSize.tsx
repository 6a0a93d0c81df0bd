import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { SizeSlider } from './SizeSlider'

const MAX_SIZE_PX = 400

export function BrushSize({ editor }: { editor: Editor }) {
  const sizePx = useEditorValue(editor, (snapshot) => snapshot.brushSizePx)
  return (
    <SizeSlider
      label={t('Size')}
      sizePx={sizePx}
      largestPx={MAX_SIZE_PX}
      onChange={(size) => editor.setBrushSize(size)}
      onNudge={(direction) => editor.drawing.nudgeSize(direction)}
    />
  )
}
