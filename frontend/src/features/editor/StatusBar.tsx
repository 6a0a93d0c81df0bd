import { memo } from 'react'
import type { Editor } from '@/editor'
import { say } from '@/i18n'
import { AdjustedMark } from './display/AdjustedMark'
import { ScaleBar } from './display/ScaleBar'
import { useEditorValue } from './hooks'
import { PointerPosition } from './PointerPosition'

/** Where the pointer is, how large the image is shown, and what the tool can do now. */
export const StatusBar = memo(function StatusBar({ editor }: { editor: Editor }) {
  const hint = useEditorValue(editor, (snapshot) => snapshot.hint)
  const notice = useEditorValue(editor, (snapshot) => snapshot.notice)
  const told = useEditorValue(editor, (snapshot) => snapshot.told)
  const size = useEditorValue(editor, (snapshot) => snapshot.size)
  return (
    <footer className="status-bar">
      <PointerPosition editor={editor} />
      {size !== null && (
        <span className="status-bar__size">{`${size.width} × ${size.height} px`}</span>
      )}
      <AdjustedMark editor={editor} />
      <span
        className="status-bar__hint"
        data-notice={notice !== null || undefined}
        data-told={told !== null || undefined}
      >
        {say(notice ?? told ?? hint)}
      </span>
      <span className="visually-hidden" aria-live="polite">
        {say(notice ?? told ?? '')}
      </span>
      <ScaleBar editor={editor} />
    </footer>
  )
})
