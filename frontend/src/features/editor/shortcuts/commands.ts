import type { ClassView, Editor, HoldId } from '@/editor'
import { say, t } from '@/i18n'
import { isMac, shortcutWords } from '../keyboard'
import { type Bindings, ownerOf } from './bindings'

/** One thing that can have keys, as help and the key settings show it. */
export interface Command {
  readonly id: string
  readonly label: string
  readonly group: string
}

const GROUP_OF_PREFIX: Readonly<Record<string, string>> = {
  tool: t('Tools'),
  brush: t('Drawing'),
  draw: t('Drawing'),
  fill: t('Drawing'),
  edit: t('Editing'),
  object: t('Objects'),
  select: t('Objects'),
  class: t('Classes'),
  layer: t('Classes'),
  findings: t('Objects'),
  view: t('View'),
  display: t('View'),
  hold: t('Held keys'),
  task: t('Task'),
  review: t('Review'),
  page: t('Page'),
}

const HOLD_LABELS: Readonly<Record<HoldId, string>> = {
  pan: t('Hold and drag to pan'),
  erase: t('Hold to erase with any drawing tool'),
  protect: t('Hold to protect all other objects for a stroke'),
  'image-only': t('Hold to see the image only'),
  'labels-only': t('Hold to see the labels only'),
}

/** Hands that need no key; the same in every preset. */
export const MOUSE_HABITS: readonly { readonly label: string; readonly hand: string }[] = [
  { label: t('Add'), hand: t('Click or drag') },
  { label: t('Take away'), hand: t('Alt-click or Alt-drag') },
  { label: t('Select the object underneath'), hand: t('Click it again') },
  { label: t('Size of the brush'), hand: t('Alt and the wheel, or Alt and right-drag') },
  { label: t('Zoom to the pointer'), hand: t('Wheel') },
  { label: t('Pan'), hand: t('Middle-drag') },
  { label: t('Close an outline'), hand: t('Double click') },
]

/** All commands: the engine's and the page's actions, and the keys to be held. */
export function commandsOf(editor: Editor): Command[] {
  const actions = editor
    .actions()
    .map(({ id, label }) => ({ id, label: say(label), group: groupOf(id) }))
  const holds = Object.entries(HOLD_LABELS).map(([hold, label]) => {
    const id = `hold.${hold}`
    return { id, label, group: groupOf(id) }
  })
  return [...actions, ...holds]
}

export function groupOf(id: string): string {
  return GROUP_OF_PREFIX[id.split('.')[0] ?? ''] ?? t('More')
}

/** The command that has the class's key, where one does: then the key never reaches the class. */
export function takerOfHotkey({ hotkey }: ClassView, bindings: Bindings): string | null {
  return hotkey === null ? null : ownerOf(bindings, hotkey.toUpperCase())
}

interface Searched {
  readonly id: string
  readonly label: string
  readonly group: string
  readonly keys: readonly string[]
  readonly words?: string
}

/**
 * Whether its name, its group or its keys hold what is looked for. Keys are looked for as they are
 * printed, with a plus or without; a command also by the word in its id that other tools have for it.
 */
export function isFound({ id, label, group, keys, words = '' }: Searched, search: string): boolean {
  const [, otherName = ''] = id.split('.')
  const printed = keys.flatMap((key) => [shortcutWords(key, isMac), key.length === 1 ? key : ''])
  const text = [group, label, otherName, ...printed, words].join(' ')
  return spaced(text).includes(spaced(search))
}

function spaced(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/(?<=\S)[\s+]+(?=\S)/g, ' ')
}

/** Groups in the order of their first command. */
export function grouped<Item extends { readonly group: string }>(
  items: readonly Item[],
): [group: string, items: Item[]][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item])
  return [...groups]
}
