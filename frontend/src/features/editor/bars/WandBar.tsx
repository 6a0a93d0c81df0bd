import type { Editor } from '@/editor'
import { useEditorValue } from '../hooks'
import { Choice } from './Choice'
import { RangeSetting } from './RangeSetting'

const MAX_TOLERANCE = 100

const REACH = [
  { value: 'near', label: 'Connected', title: 'Only what hangs together with the pixel clicked' },
  { value: 'all', label: 'Everywhere', title: 'This colour wherever it is in the image' },
] as const

const SPACES = [
  { value: 'lab', label: 'As seen', title: 'Differences as the eye sees them (CIELAB)' },
  { value: 'rgb', label: 'RGB', title: 'Differences of the file’s red, green and blue' },
] as const

/** How far from the clicked colour the magic wand goes. */
export function WandBar({ editor }: { editor: Editor }) {
  const { tolerance, space, isContiguous } = useEditorValue(editor, ({ areas }) => areas.wand)
  return (
    <>
      <RangeSetting
        label="Tolerance"
        value={tolerance}
        max={MAX_TOLERANCE}
        words={String(tolerance)}
        title="[ and ]"
        onChange={(value) => editor.areas.setWand({ tolerance: value })}
      />
      <Choice
        label="Reach"
        value={isContiguous ? 'near' : 'all'}
        options={REACH}
        onChange={(value) => editor.areas.setWand({ isContiguous: value === 'near' })}
      />
      <Choice
        label="Colour distance"
        value={space}
        options={SPACES}
        onChange={(value) => editor.areas.setWand({ space: value })}
      />
    </>
  )
}
