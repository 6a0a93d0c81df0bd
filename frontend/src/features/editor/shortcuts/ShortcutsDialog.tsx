import './shortcuts.css'
import { useState } from 'react'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { SearchField } from '@/ui/Field'
import { Kbd } from '@/ui/Kbd'
import { isMac, shortcutWords } from '../keyboard'
import type { Bindings } from './bindings'
import { commandsOf, grouped, isFound, MOUSE_HABITS, takerOfHotkey } from './commands'

interface ShortcutsDialogProps {
  editor: Editor
  bindings: Bindings
  onChangeKeys: () => void
  onClose: () => void
}

interface HelpLine {
  readonly id: string
  readonly label: string
  readonly group: string
  readonly keys: readonly string[]
  /** Hands instead of keys, or why there are none. */
  readonly words?: string
}

/** Every key and habit of the hand, searchable; read from what is in force, so that it cannot lie. */
export function ShortcutsDialog(props: ShortcutsDialogProps) {
  const { editor, bindings, onChangeKeys, onClose } = props
  const [search, setSearch] = useState('')
  const lines = helpLines(editor, bindings).filter((line) => isFound(line, search))
  return (
    <Dialog title={t('Keyboard shortcuts')} isOpen onClose={onClose} size="lg">
      <DialogBody>
        <SearchField
          label={t('Search shortcuts')}
          value={search}
          onChange={setSearch}
          isAutoFocused
        />
        {lines.length === 0 && <p>{t('No shortcut matches “{search}”.', { search })}</p>}
        <div className="shortcuts">
          {grouped(lines).map(([title, ofGroup]) => (
            <section key={title} className="shortcuts__group">
              <h3 className="shortcuts__title">{title}</h3>
              <dl>
                {ofGroup.map(({ id, label, keys, words }) => (
                  <div className="shortcuts__row" key={id}>
                    <dt>{label}</dt>
                    <dd>
                      {keys.map((key) => (
                        <Kbd key={key}>{shortcutWords(key, isMac)}</Kbd>
                      ))}
                      {words}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogBody>
      <DialogActions>
        <Button onPress={onChangeKeys}>{t('Change shortcuts')}</Button>
        <Button variant="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function helpLines(editor: Editor, bindings: Bindings): HelpLine[] {
  const commands = commandsOf(editor)
  const ofCommands = commands.flatMap((command) => {
    const keys = bindings.get(command.id) ?? []
    return keys.length === 0 ? [] : [{ ...command, keys }]
  })
  const ofClasses = editor.store.getSnapshot().classes.flatMap((view): HelpLine[] => {
    if (view.hotkey === null) return []
    const taker = takerOfHotkey(view, bindings)
    const line = { id: `class:${view.id}`, label: view.name, group: t('Classes') }
    if (taker === null) return [{ ...line, keys: [view.hotkey.toUpperCase()] }]
    const label = commands.find(({ id }) => id === taker)?.label ?? taker
    return [
      {
        ...line,
        keys: [],
        words: t('{hotkey} is taken: {label}', { hotkey: view.hotkey.toUpperCase(), label }),
      },
    ]
  })
  const ofHands = MOUSE_HABITS.map(({ label, hand }) => ({
    id: `mouse:${label}`,
    label,
    group: t('Mouse'),
    keys: [],
    words: hand,
  }))
  return [...ofCommands, ...ofClasses, ...ofHands]
}
