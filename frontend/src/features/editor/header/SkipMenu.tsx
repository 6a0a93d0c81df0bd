import type { ActionView, Editor } from '@/editor'
import { t } from '@/i18n'
import { SkipForward } from '../icons'
import { SkipReasons } from '../parts'
import { OpeningButton } from './OpeningButton'

interface SkipMenuProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
  isDisabled: boolean
}

/** Asks why before it skips. */
export function SkipMenu({ editor, actions, isDisabled }: SkipMenuProps) {
  return (
    <OpeningButton
      opens="menu"
      variant="quiet"
      icon={<SkipForward />}
      isDisabled={isDisabled}
      panel={(opened) => <SkipReasons {...opened} editor={editor} actions={actions} />}
    >
      {t('Skip')}
    </OpeningButton>
  )
}
