import { defaultKeymap, type HoldId, type Keymap } from '@/editor'
import { t } from '@/i18n'
import { PAGE_KEYS } from './page-keys'
import { presetOf } from './presets'

/** What a person chose: a preset, and the keys of single commands that he wants otherwise. */
export interface ShortcutChoice {
  readonly preset: string
  readonly changes: Readonly<Record<string, readonly string[]>>
}

/** Keys by command; keys that act while they are held count as the command `hold.…`. */
export type Bindings = ReadonlyMap<string, readonly string[]>

export const USUAL_CHOICE: ShortcutChoice = { preset: 'maskwright', changes: {} }

const HOLD_PREFIX = 'hold.'

/** Whatever the preset: click adds, Alt-click takes away, Escape calls off. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  'edit.cancel': ['Escape'],
  'hold.erase': ['Alt'],
}

/** Keys that the browser gives to no page. */
const KEPT_BY_BROWSER = new Set(
  ['W', 'T', 'N'].flatMap((key) => [`Mod+${key}`, `Mod+Shift+${key}`]).concat('F11', 'F12'),
)

export function isHold(commandId: string): boolean {
  return commandId.startsWith(HOLD_PREFIX)
}

export function isAlways(commandId: string, chord: string): boolean {
  return ALWAYS[commandId]?.includes(chord) ?? false
}

/** The keys in force. No key belongs to two commands: who takes one takes it away. */
export function bindingsOf({ preset, changes }: ShortcutChoice): Bindings {
  const bindings = new Map<string, readonly string[]>([
    ...Object.entries(defaultKeymap.actions),
    ...Object.entries(PAGE_KEYS),
    ...holdsOfDefault(),
  ])
  layOver(bindings, presetOf(preset).keys)
  layOver(bindings, changes)
  for (const [id, chords] of Object.entries(ALWAYS)) {
    const own = bindings.get(id) ?? []
    layOver(bindings, { [id]: [...chords, ...own.filter((chord) => !chords.includes(chord))] })
  }
  return bindings
}

export function keymapOf(bindings: Bindings): Keymap {
  const actions: Record<string, readonly string[]> = {}
  const holds: Record<string, HoldId> = {}
  for (const [id, chords] of bindings) {
    if (!isHold(id)) actions[id] = chords
    else for (const key of chords) holds[key] = id.slice(HOLD_PREFIX.length) as HoldId
  }
  return { actions, holds }
}

/** A reviewer is led to what changed by the key that leads a labeler to what is missing. */
export function reviewKeymapOf(bindings: Bindings): Keymap {
  const { actions, holds } = keymapOf(bindings)
  const { 'findings.next-gap': nextKeys = [], ...others } = actions
  const ownKeys = actions['review.next-region'] ?? []
  return { actions: { ...others, 'review.next-region': [...ownKeys, ...nextKeys] }, holds }
}

export function ownerOf(bindings: Bindings, chord: string): string | null {
  for (const [id, chords] of bindings) if (chords.includes(chord)) return id
  return null
}

/** The command gets these keys; other commands lose them. */
export function withKeys(
  choice: ShortcutChoice,
  commandId: string,
  chords: readonly string[],
): ShortcutChoice {
  const changes: Record<string, readonly string[]> = { ...choice.changes, [commandId]: chords }
  for (const [id, own] of bindingsOf(choice)) {
    const left = own.filter((chord) => !chords.includes(chord))
    if (id !== commandId && left.length < own.length) changes[id] = left
  }
  return { ...choice, changes }
}

/** The command gets the preset's keys back, also from those who took them meanwhile. */
export function withoutChange(choice: ShortcutChoice, commandId: string): ShortcutChoice {
  const usual = bindingsOf({ preset: choice.preset, changes: {} }).get(commandId) ?? []
  const { [commandId]: _dropped, ...changes } = withKeys(choice, commandId, usual).changes
  return { ...choice, changes }
}

/** Why this key cannot be anybody's, or null. */
export function whyRefused(commandId: string, chord: string): string | null {
  if (KEPT_BY_BROWSER.has(chord))
    return t('The browser keeps this key for itself. Try another one.')
  if (isHold(commandId) && chord.includes('+') && chord !== '+') {
    return t('A key to be held is one key alone. Try without Ctrl or Shift.')
  }
  const owner = ownerOf(new Map(Object.entries(ALWAYS)), chord)
  if (owner !== null && owner !== commandId) {
    return t('This key means the same everywhere and stays as it is. Try another one.')
  }
  return null
}

/** Only what has the right shape: it comes from a server or a disk that may be older or newer. */
export function choiceFrom(value: unknown): ShortcutChoice {
  if (typeof value !== 'object' || value === null || !('preset' in value)) return USUAL_CHOICE
  const preset = typeof value.preset === 'string' ? value.preset : USUAL_CHOICE.preset
  const changes: Record<string, readonly string[]> = {}
  if ('changes' in value && typeof value.changes === 'object' && value.changes !== null) {
    for (const [id, chords] of Object.entries(value.changes)) {
      if (isTexts(chords)) changes[id] = chords
    }
  }
  return { preset: presetOf(preset).id, changes }
}

function holdsOfDefault(): [string, readonly string[]][] {
  const keys = new Map<string, string[]>()
  for (const [key, hold] of Object.entries(defaultKeymap.holds)) {
    const id = `${HOLD_PREFIX}${hold}`
    keys.set(id, [...(keys.get(id) ?? []), key])
  }
  return [...keys]
}

function layOver(
  bindings: Map<string, readonly string[]>,
  keys: Readonly<Record<string, readonly string[]>>,
): void {
  const taken = new Set(Object.values(keys).flat())
  for (const [id, chords] of bindings) {
    if (chords.some((chord) => taken.has(chord))) {
      bindings.set(
        id,
        chords.filter((chord) => !taken.has(chord)),
      )
    }
  }
  for (const [id, chords] of Object.entries(keys)) bindings.set(id, chords)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
