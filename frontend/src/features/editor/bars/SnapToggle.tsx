import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'

/** Points go to borders and to the image's edge that are near. */
export function SnapToggle({ editor }: { editor: Editor }) {
  const isSnapOn = useEditorValue(editor, (snapshot) => snapshot.drawing.isSnapOn)
  return (
    <button
      type="button"
      className="tool-bar__toggle"
      aria-pressed={isSnapOn}
      title={t(
        "Points go to near borders and to the image's edge (Shift+S; hold Ctrl to place freely)",
      )}
      onClick={() => editor.drawing.setSnap(!isSnapOn)}
    >
      {t('Snap')}
    </button>
  )
}
