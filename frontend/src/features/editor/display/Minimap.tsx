import { memo, useEffect, useRef } from 'react'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { X } from '@/ui/icons'
import { useEditorValue } from '../hooks'

const LONGEST_PX = 176
const LONGEST_ON_SMALL_SCREENS_PX = 120
const SMALL_SCREEN = '(width < 72rem) or (height < 48rem)'

/** The whole image, bottom right; it is there while some of the image is not on screen. */
export const Minimap = memo(function Minimap({ editor }: { editor: Editor }) {
  const isShown = useEditorValue(editor, ({ display, status }) => {
    return display.aids.minimap && status !== 'empty'
  })
  return isShown ? <OpenMinimap editor={editor} /> : null
})

function OpenMinimap({ editor }: { editor: Editor }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (host.current === null) return
    const isSmall = matchMedia(SMALL_SCREEN).matches
    const longest = isSmall ? LONGEST_ON_SMALL_SCREENS_PX : LONGEST_PX
    return editor.views.attachMinimap(host.current, longest)
  }, [editor])
  return (
    <div className="minimap">
      <div
        className="minimap__map"
        ref={host}
        role="img"
        aria-label={t('Minimap: drag to move the view')}
      />
      <button
        type="button"
        className="minimap__close"
        aria-label={t('Hide the minimap')}
        title={t('Hide the minimap (Shift+M)')}
        onClick={() => editor.display.setAid('minimap', false)}
      >
        <X aria-hidden="true" />
      </button>
    </div>
  )
}
