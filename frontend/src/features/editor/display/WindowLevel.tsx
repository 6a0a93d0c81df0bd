import type { DepthRange, Editor, LevelWindow } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { SettingSlider } from './SettingSlider'

/** Which part of a deep image's range is shown: its middle, and how wide it is. */
export function WindowLevel({ editor }: { editor: Editor }) {
  const depth = useEditorValue(editor, () => editor.display.depth)
  const window = useEditorValue(editor, ({ display }) => display.adjustments.window)
  if (depth === null) return null
  const { low, high } = window ?? depth
  const width = high - low
  const level = Math.round((low + high) / 2)
  const show = (wanted: LevelWindow) => editor.display.adjust({ window: wanted })
  return (
    <>
      <SettingSlider
        label={t('Level')}
        value={level}
        min={depth.min}
        max={depth.max}
        step={1}
        words={String(level)}
        onChange={(wanted) => show(windowAt(wanted, width))}
      />
      <SettingSlider
        label={t('Window')}
        value={width}
        min={1}
        max={widestOf(depth)}
        step={1}
        words={String(width)}
        onChange={(wanted) => show(windowAt(level, wanted))}
      />
    </>
  )
}

function windowAt(level: number, width: number): LevelWindow {
  const low = Math.round(level - width / 2)
  return { low, high: low + Math.max(1, width) }
}

function widestOf({ min, max, low, high }: DepthRange): number {
  return Math.max(2, max - min, high - low)
}
