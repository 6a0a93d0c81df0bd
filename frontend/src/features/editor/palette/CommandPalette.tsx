import './palette.css'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { Kbd } from '@/ui/Kbd'
import { isMac, shortcutWords } from '../keyboard'
import { swatchOf } from '../panel/ClassList'
import { matching, type PaletteEntry, paletteEntries } from './entries'
import { noteRecentCommand, recentCommands } from './recent'

const WORDS = {
  title: t('Command palette'),
  placeholder: t('Type a command, class or object'),
  nothing: t('Nothing fits. Try fewer letters.'),
  notNow: t('not possible now'),
}

interface CommandPaletteProps {
  editor: Editor
  onClose: () => void
}

/** Everything one can do, by a few of its letters: tools, actions, classes, objects. */
export function CommandPalette({ editor, onClose }: CommandPaletteProps) {
  const [entries] = useState(() => paletteEntries(editor))
  const [recentIds] = useState(recentCommands)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const found = useMemo(() => matching(entries, query, recentIds), [entries, query, recentIds])
  const run = (entry: PaletteEntry) => {
    if (!entry.isEnabled) return
    noteRecentCommand(entry.id)
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = movedTo(event.key, active, found.length)
    const chosen = found[active]
    if (next !== null) setActive(next)
    else if (event.key === 'Enter' && chosen !== undefined) run(chosen)
    else return
    event.preventDefault()
  }
  const optionId = (index: number) => `${listId}-${index}`
  return (
    <ModalOverlay
      className="dialog-scrim palette-scrim"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className="palette-frame">
        <AriaDialog className="palette" aria-label={WORDS.title}>
          <input
            // biome-ignore lint/a11y/noAutofocus: the dialog is this field, and opens by a key
            autoFocus
            className="palette__input"
            role="combobox"
            aria-label={WORDS.title}
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={found.length > 0 ? optionId(active) : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder={WORDS.placeholder}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              setActive(0)
            }}
            onKeyDown={onKeyDown}
          />
          {found.length === 0 && <p className="palette__nothing">{WORDS.nothing}</p>}
          <div className="palette__list" role="listbox" id={listId} aria-label={WORDS.title}>
            {found.map((entry, index) => (
              <PaletteOption
                key={entry.id}
                id={optionId(index)}
                entry={entry}
                isActive={index === active}
                onPoint={() => setActive(index)}
                onChoose={() => run(entry)}
              />
            ))}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

interface PaletteOptionProps {
  id: string
  entry: PaletteEntry
  isActive: boolean
  onPoint: () => void
  onChoose: () => void
}

function PaletteOption({ id, entry, isActive, onPoint, onChoose }: PaletteOptionProps) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
    <div
      ref={element}
      id={id}
      className="palette__option"
      role="option"
      aria-selected={isActive}
      aria-disabled={!entry.isEnabled}
      tabIndex={-1}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      {entry.color !== null && (
        <span className="swatch" style={swatchOf(entry.color)} aria-hidden="true" />
      )}
      <span className="palette__label">{entry.label}</span>
      <span className="palette__group">{entry.isEnabled ? entry.group : WORDS.notNow}</span>
      {entry.keys[0] !== undefined && <Kbd>{shortcutWords(entry.keys[0], isMac)}</Kbd>}
    </div>
  )
}

function movedTo(key: string, active: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'ArrowDown') return (active + 1) % count
  if (key === 'ArrowUp') return (active - 1 + count) % count
  if (key === 'PageDown') return Math.min(count - 1, active + 8)
  if (key === 'PageUp') return Math.max(0, active - 8)
  return null
}
