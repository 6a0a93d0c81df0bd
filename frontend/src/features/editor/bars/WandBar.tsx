import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { Choice } from './Choice'
import { RangeSetting } from './RangeSetting'

const MAX_TOLERANCE = 100

const REACH = [
  {
    value: 'near',
    label: t('Connected'),
    title: t('Only what hangs together with the pixel clicked'),
  },
  { value: 'all', label: t('Everywhere'), title: t('This colour wherever it is in the image') },
] as const

const SPACES = [
  { value: 'lab', label: t('As seen'), title: t('Differences as the eye sees them (CIELAB)') },
  { value: 'rgb', label: 'RGB', title: t('Differences of the file’s red, green and blue') },
] as const

/** How far from the clicked colour the magic wand goes. */
export function WandBar({ editor }: { editor: Editor }) {
  const { tolerance, space, isContiguous } = useEditorValue(editor, ({ areas }) => areas.wand)
  return (
    <>
      <RangeSetting
        label={t('Tolerance')}
        value={tolerance}
        max={MAX_TOLERANCE}
        words={String(tolerance)}
        title={t('{one} and {other}', { one: '[', other: ']' })}
        onChange={(value) => editor.areas.setWand({ tolerance: value })}
      />
      <Choice
        label={t('Reach')}
        value={isContiguous ? 'near' : 'all'}
        options={REACH}
        onChange={(value) => editor.areas.setWand({ isContiguous: value === 'near' })}
      />
      <Choice
        label={t('Colour distance')}
        value={space}
        options={SPACES}
        onChange={(value) => editor.areas.setWand({ space: value })}
      />
    </>
  )
}
