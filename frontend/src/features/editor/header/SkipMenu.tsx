import type { ActionView, Editor } from '@/editor'
import { say, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Menu, MenuGroup, MenuItem } from '@/ui/Menu'
import { SkipForward } from '../icons'
import { isMac, shortcutWords } from '../keyboard'
import { SKIP_REASONS } from '../skip-reasons'

interface SkipMenuProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
  isDisabled: boolean
}

/** Skipping always has a reason: the project manager sorts skipped images by it. */
export function SkipMenu({ editor, actions, isDisabled }: SkipMenuProps) {
  return (
    <Menu
      label={t('Skip this image')}
      trigger={
        <Button size="sm" variant="quiet" icon={<SkipForward />} isDisabled={isDisabled}>
          {t('Skip')}
        </Button>
      }
    >
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
    </Menu>
  )
}
