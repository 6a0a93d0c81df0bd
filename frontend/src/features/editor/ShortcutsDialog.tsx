import { useState } from 'react'
import type { Editor } from '@/editor'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { SearchField } from '@/ui/Field'
import { Kbd } from '@/ui/Kbd'
import { isMac, shortcutWords } from './keyboard'

interface ShortcutsDialogProps {
  editor: Editor
  onClose: () => void
}

interface Shortcut {
  label: string
  keys: readonly string[]
}

/** Keys that belong to the page around the engine, and keys that act while they are held. */
const PAGE_SHORTCUTS: readonly Shortcut[] = [
  { label: 'Submit and open the next image', keys: ['Mod+Enter'] },
  { label: 'Hide or show both panels', keys: ['\\'] },
  { label: 'Project instructions', keys: ['F1'] },
  { label: 'Go to the next part of the page', keys: ['F6'] },
  { label: 'These shortcuts', keys: ['?'] },
]
const HELD_SHORTCUTS: readonly Shortcut[] = [
  { label: 'Hold and drag to pan (or drag with the middle button)', keys: ['Space'] },
  { label: 'Hold to erase with any drawing tool', keys: ['Alt', 'E'] },
  { label: 'Hold to see the image only', keys: ['I'] },
  { label: 'Hold to see the labels only', keys: ['O'] },
]

const GROUP_TITLES: Record<string, string> = {
  tool: 'Tools',
  brush: 'Drawing',
  draw: 'Drawing',
  edit: 'Editing',
  object: 'Objects',
  class: 'Classes',
  view: 'View',
}

/** Every key, searchable; the engine's own come from its actions, so that the list cannot lie. */
export function ShortcutsDialog({ editor, onClose }: ShortcutsDialogProps) {
  const [search, setSearch] = useState('')
  const groups = shortcutGroups(editor)
    .map(({ title, shortcuts }) => ({
      title,
      shortcuts: shortcuts.filter(({ label }) => matches(`${title} ${label}`, search)),
    }))
    .filter(({ shortcuts }) => shortcuts.length > 0)
  return (
    <Dialog title="Keyboard shortcuts" isOpen onClose={onClose} size="lg">
      <DialogBody>
        <SearchField label="Search shortcuts" value={search} onChange={setSearch} />
        {groups.length === 0 && <p>No shortcut matches “{search}”.</p>}
        <div className="shortcuts">
          {groups.map(({ title, shortcuts }) => (
            <section key={title} className="shortcuts__group">
              <h3 className="shortcuts__title">{title}</h3>
              <dl>
                {shortcuts.map(({ label, keys }) => (
                  <div className="shortcuts__row" key={label}>
                    <dt>{label}</dt>
                    <dd>
                      {keys.map((key) => (
                        <Kbd key={key}>{shortcutWords(key, isMac)}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogBody>
    </Dialog>
  )
}

function shortcutGroups(editor: Editor): { title: string; shortcuts: Shortcut[] }[] {
  const groups = new Map<string, Shortcut[]>()
  const add = (title: string, shortcut: Shortcut) =>
    groups.set(title, [...(groups.get(title) ?? []), shortcut])
  for (const { id, label, shortcuts } of editor.actions()) {
    if (shortcuts.length === 0) continue
    add(GROUP_TITLES[id.split('.')[0] ?? ''] ?? 'More', { label, keys: shortcuts })
  }
  for (const { name, hotkey } of editor.store.getSnapshot().classes) {
    if (hotkey !== null) add('Classes', { label: name, keys: [hotkey.toUpperCase()] })
  }
  for (const shortcut of HELD_SHORTCUTS) add('Held keys', shortcut)
  for (const shortcut of PAGE_SHORTCUTS) add('Page', shortcut)
  return Array.from(groups, ([title, shortcuts]) => ({ title, shortcuts }))
}

function matches(text: string, search: string): boolean {
  return text.toLowerCase().includes(search.trim().toLowerCase())
}
