import './shortcuts.css'
import { useState } from 'react'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { SearchField } from '@/ui/Field'
import { Message } from '@/ui/Message'
import { Select } from '@/ui/Select'
import { useReadable } from '../hooks'
import { USUAL_CHOICE, withKeys, withoutChange } from './bindings'
import { commandsOf, grouped, isFound } from './commands'
import { KeysRow } from './KeysRow'
import { PRESETS, presetOf } from './presets'
import type { Shortcuts } from './shortcuts'

interface KeysDialogProps {
  editor: Editor
  shortcuts: Shortcuts
  onClose: () => void
}

/** Every command with its keys: record others, give them back, or take another tool's habits. */
export function KeysDialog({ editor, shortcuts, onClose }: KeysDialogProps) {
  const choice = useReadable(shortcuts.choice)
  const bindings = useReadable(shortcuts.bindings)
  const failure = useReadable(shortcuts.failure)
  const [search, setSearch] = useState('')
  const [recordingId, setRecordingId] = useState<string | null>(null)
  const commands = commandsOf(editor)
  const shown = commands.filter((command) =>
    isFound({ ...command, keys: bindings.get(command.id) ?? [] }, search),
  )
  const changed = Object.keys(choice.changes).length
  return (
    <Dialog title={t('Change shortcuts')} isOpen onClose={onClose} size="lg">
      <DialogBody>
        <div className="keys__top">
          <Select
            label={t('Preset')}
            options={PRESETS.map(({ id, label, description }) => ({
              value: id,
              label,
              description,
            }))}
            value={presetOf(choice.preset).id}
            onChange={(preset) => void shortcuts.change({ ...choice, preset })}
          />
          <SearchField label={t('Search commands')} value={search} onChange={setSearch} />
        </div>
        {failure !== null && (
          <Message
            tone="warning"
            title={t('Kept on this computer only: the server did not take it.')}
          >
            {t('The next change sends it again.')}
          </Message>
        )}
        {shown.length === 0 && <p>{t('No command matches “{search}”.', { search })}</p>}
        {grouped(shown).map(([title, ofGroup]) => (
          <section key={title} aria-label={title}>
            <h3 className="shortcuts__title">{title}</h3>
            <ul className="keys__list">
              {ofGroup.map((command) => (
                <KeysRow
                  key={command.id}
                  command={command}
                  commands={commands}
                  bindings={bindings}
                  classes={editor.store.getSnapshot().classes}
                  isChanged={choice.changes[command.id] !== undefined}
                  isRecording={recordingId === command.id}
                  onRecord={(isOn) => setRecordingId(isOn ? command.id : null)}
                  onKeys={(keys) => void shortcuts.change(withKeys(choice, command.id, keys))}
                  onReset={() => void shortcuts.change(withoutChange(choice, command.id))}
                />
              ))}
            </ul>
          </section>
        ))}
      </DialogBody>
      <DialogActions>
        <Button
          isDisabled={changed === 0}
          onPress={() => void shortcuts.change({ ...USUAL_CHOICE, preset: choice.preset })}
        >
          {changed === 0 ? t('Nothing changed') : t('Reset all changes')}
        </Button>
        <Button variant="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
