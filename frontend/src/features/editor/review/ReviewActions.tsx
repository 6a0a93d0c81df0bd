import type { ActionView } from '@/editor'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import type { Desk } from '../desk'
import { SkipMenu } from '../header/SkipMenu'
import { useLasting, useReadable } from '../hooks'
import { isMac, shortcutWords } from '../keyboard'
import type { ReviewDesk } from './review-desk'
import { useIsChanged } from './use-is-changed'

interface ReviewActionsProps {
  desk: Desk
  review: ReviewDesk
  actions: ReadonlyMap<string, ActionView>
}

/** The verdicts, in place of submitting. */
export function ReviewActions({ desk, review, actions }: ReviewActionsProps) {
  const { editor, session } = desk
  const state = useReadable(session.state)
  const isBusy = state.kind === 'open' && state.phase !== 'working'
  const isSlow = useLasting(isBusy)
  const isChanged = useIsChanged(desk, review)
  const isSendingBack = useReadable(review.reason) !== null
  return (
    <>
      <SkipMenu editor={editor} actions={actions} isDisabled={isBusy} />
      <Button
        size="sm"
        isDisabled={isBusy}
        onPress={() => editor.dispatch('review.send-back')}
        aria-keyshortcuts={ariaKey(actions.get('review.send-back'))}
      >
        {t('Send back…')}
        <Keys action={actions.get('review.send-back')} />
      </Button>
      <Button
        size="sm"
        variant="primary"
        isPending={isSlow}
        isDisabled={(isBusy && !isSlow) || isSendingBack}
        onPress={() => editor.dispatch('task.submit')}
        aria-keyshortcuts={ariaKey(actions.get('task.submit'))}
      >
        {isChanged ? t('Hand in correction') : t('Approve')}
        <Keys action={actions.get('task.submit')} />
      </Button>
    </>
  )
}

function Keys({ action }: { action: ActionView | undefined }) {
  const key = action?.shortcuts[0]
  if (key === undefined) return null
  const words = shortcutWords(key, isMac).replace(t('Enter'), '↵').replace(t('Backspace'), '⌫')
  return <span className="editor-header__keys">{words.replaceAll('+', ' ')}</span>
}

function ariaKey(action: ActionView | undefined): string | undefined {
  return action?.shortcuts[0]?.replace('Mod', isMac ? 'Meta' : 'Control')
}
