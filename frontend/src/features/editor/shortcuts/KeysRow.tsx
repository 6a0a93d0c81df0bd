import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { type ClassView, chordsOf } from '@/editor'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { X } from '@/ui/icons'
import { Kbd } from '@/ui/Kbd'
import { isMac, shortcutWords } from '../keyboard'
import { keyInputOf } from '../use-editor-keys'
import { type Bindings, isAlways, ownerOf, whyRefused } from './bindings'
import type { Command } from './commands'

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])
const NO_KEYS = new Set(['Dead', 'Unidentified', 'Process'])

interface KeysRowProps {
  command: Command
  commands: readonly Command[]
  bindings: Bindings
  classes: readonly ClassView[]
  isChanged: boolean
  isRecording: boolean
  onRecord: (isOn: boolean) => void
  onKeys: (keys: readonly string[]) => void
  onReset: () => void
}

/** One command: its keys, each of which can go, and one more by pressing it. */
export function KeysRow(props: KeysRowProps) {
  const { command, bindings, isChanged, isRecording, onRecord, onKeys, onReset } = props
  const keys = bindings.get(command.id) ?? []
  const [pressed, setPressed] = useState<string | null>(null)
  // The button that began it is gone meanwhile, and has the keyboard again when it comes back.
  const [hasRecorded, setRecorded] = useState(false)
  const refusal = pressed === null ? null : whyRefused(command.id, pressed)
  const conflict = pressed === null || refusal !== null ? null : conflictOf(pressed, props)
  const stop = () => {
    setPressed(null)
    setRecorded(true)
    onRecord(false)
  }
  const take = (chord: string) => {
    onKeys([...keys.filter((key) => key !== chord), chord])
    stop()
  }
  useRecording(isRecording, {
    isAsking: conflict !== null,
    onChord: (chord) => {
      const isFree = whyRefused(command.id, chord) === null && conflictOf(chord, props) === null
      if (isFree) take(chord)
      else setPressed(chord)
    },
    onStop: stop,
  })
  return (
    <li className="keys__row">
      <span className="keys__label">{command.label}</span>
      <span className="keys__keys">
        {keys.map((key) => (
          <span className="keys__key" key={key}>
            <Kbd>{shortcutWords(key, isMac)}</Kbd>
            {!isAlways(command.id, key) && (
              <button
                type="button"
                className="keys__remove"
                aria-label={t('Remove {keys} from {command}', {
                  keys: shortcutWords(key, isMac),
                  command: command.label,
                })}
                onClick={() => onKeys(keys.filter((other) => other !== key))}
              >
                <X />
              </button>
            )}
          </span>
        ))}
        {isRecording && conflict === null && (
          <span className="keys__recording" role="status">
            {t('Press a key · Esc stops')}
          </span>
        )}
      </span>
      <span className="keys__actions">
        {isChanged && !isRecording && (
          <Button
            size="sm"
            variant="quiet"
            onPress={onReset}
            aria-label={t('Reset {command}', { command: command.label })}
          >
            {t('Reset')}
          </Button>
        )}
        {!isRecording && (
          <Button
            size="sm"
            autoFocus={hasRecorded}
            onPress={() => onRecord(true)}
            aria-label={t('Add key to {command}', { command: command.label })}
          >
            {t('Add key')}
          </Button>
        )}
      </span>
      {refusal !== null && isRecording && <RowNote text={refusal} />}
      {conflict !== null && pressed !== null && isRecording && (
        <RowNote
          text={t('{keys} is the key of {owner}.', {
            keys: shortcutWords(pressed, isMac),
            owner: conflict,
          })}
        >
          <Button size="sm" variant="primary" autoFocus onPress={() => take(pressed)}>
            {t('Use it here')}
          </Button>
          <Button size="sm" onPress={stop}>
            {t('Leave it there')}
          </Button>
        </RowNote>
      )}
    </li>
  )
}

function RowNote({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <span className="keys__note" role="alert">
      {text}
      {children}
    </span>
  )
}

/** Whose key it is now, in words; null where it is free, or this command's own. */
function conflictOf(chord: string, { command, commands, bindings, classes }: KeysRowProps) {
  const owner = ownerOf(bindings, chord)
  if (owner !== null && owner !== command.id) {
    return t('“{command}”', { command: commands.find(({ id }) => id === owner)?.label ?? owner })
  }
  const ofClass = classes.find(({ hotkey }) => hotkey?.toUpperCase() === chord)
  return owner === null && ofClass !== undefined ? t('class {name}', { name: ofClass.name }) : null
}

interface RecordingEvents {
  /** The key that was pressed is somebody else's, and he is asked which of the two gets it. */
  isAsking: boolean
  onChord: (chord: string) => void
  onStop: () => void
}

/** While recording every key is caught before the dialog, or a focused button, hears of it; while he is
 *  asked only Escape, which would close the dialog. */
function useRecording(isOn: boolean, { isAsking, onChord, onStop }: RecordingEvents): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isAsking && event.key !== 'Escape') return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.key === 'Escape') onStop()
    const isWhole = !MODIFIERS.has(event.key) && !NO_KEYS.has(event.key) && !event.repeat
    const chord = chordsOf(keyInputOf(event)).at(-1)
    if (isWhole && event.key !== 'Escape' && chord !== undefined) onChord(chord)
  })
  useEffect(() => {
    if (!isOn) return
    const listener = (event: KeyboardEvent) => onKeyDown(event)
    window.addEventListener('keydown', listener, { capture: true })
    return () => window.removeEventListener('keydown', listener, { capture: true })
  }, [isOn])
}
