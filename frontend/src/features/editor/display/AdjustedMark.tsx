import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'

/** Colours are judged by what is on screen: it says when that is not what was taken. */
export function AdjustedMark({ editor }: { editor: Editor }) {
  const isAdjusted = useEditorValue(editor, () => editor.display.isAdjusted)
  if (!isAdjusted) return null
  return (
    <button
      type="button"
      className="adjusted-mark"
      title={t('Show the image as it is (Shift+I)')}
      onClick={() => editor.dispatch('display.reset')}
    >
      {t('Image adjusted · Reset')}
    </button>
  )
}
