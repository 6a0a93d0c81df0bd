import type { ActionView, Editor } from '@/editor'
import { say, t } from '@/i18n'
import { MenuAt, MenuGroup, MenuItem } from '@/ui/Menu'
import { isMac, shortcutWords } from '../keyboard'
import { SKIP_REASONS } from '../skip-reasons'
import type { OpenedProps } from './OpeningButton'

interface SkipReasonsProps extends OpenedProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
}

/** Skipping always has a reason: the project manager sorts skipped images by it. */
export function SkipReasons({ editor, actions, ...opened }: SkipReasonsProps) {
  return (
    <MenuAt {...opened} label={t('Skip this image')}>
      <MenuGroup title={t('Skip because')}>
        {SKIP_REASONS.map(({ id, reason }) => {
          const actionId = `task.skip-${id}`
          const key = actions.get(actionId)?.shortcuts[0]
          return (
            <MenuItem
              key={id}
              onAction={() => editor.dispatch(actionId)}
              shortcut={key === undefined ? undefined : shortcutWords(key, isMac)}
            >
              {say(reason)}
            </MenuItem>
          )
        })}
      </MenuGroup>
    </MenuAt>
  )
}
