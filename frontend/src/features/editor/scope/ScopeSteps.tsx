import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { PlainButton } from '@/ui/PlainButton'
import { useEditorValue } from '../hooks'
import { Frame } from '../icons'

/** Which of the framed parts of the image one is at, and the way to the next. */
export function ScopeSteps({ editor }: { editor: Editor }) {
  const scope = useEditorValue(editor, (snapshot) => snapshot.scope)
  if (scope === null) return null
  const total = scope.parts.length
  return (
    <PlainButton
      size="sm"
      variant="secondary"
      icon={<Frame />}
      aria-keyshortcuts="N"
      aria-label={
        total === 1
          ? t('Show the part that is asked about (N)')
          : t('Part {n} of {total}: show the next one (N)', { n: scope.current + 1, total })
      }
      onPress={() => editor.scope.next()}
    >
      {total === 1 ? t('One part') : t('Part {n} of {total}', { n: scope.current + 1, total })}
    </PlainButton>
  )
}
