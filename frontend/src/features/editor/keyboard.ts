/** Which keys belong to the page's own controls, and which to the editor. */

import { t } from '@/i18n'

const TEXT_ENTRY =
  'input:not([type=range],[type=checkbox],[type=radio]), textarea, select, [contenteditable=true]'
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'
const CONTROL = 'button, a[href], input, summary, [role=slider], [role=radio], [role=option]'
/** Whatever can be reached beside the canvas: from there Tab goes on, or nobody would come further. */
const TAB_STOP = '[tabindex="0"]:not(.stage__canvas)'
/** Parts of the page that give every plain key a meaning of their own. */
const OWN_KEYS = '[data-own-keys]'
/** Text that is sent by Enter, also with Ctrl. */
const SENDS = '[data-sends]'
/** With Ctrl, in a text: a word is deleted, stepped over. */
const KEYS_OF_WRITING = new Set(['Backspace', 'Delete', 'ArrowLeft', 'ArrowRight'])
const KEYS_OF_CONTROLS = new Set([
  'Enter',
  ' ',
  'Tab',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
])

export type KeyOwner = 'text' | 'overlay' | 'control' | 'editor'

interface PressedKey {
  readonly key: string
  readonly target: EventTarget | null
  readonly ctrlKey?: boolean
  readonly metaKey?: boolean
}

/** Whose key this is. A focused button keeps Enter and Space; letters still choose tools. */
export function ownerOfKey(event: PressedKey): KeyOwner {
  const { target, key } = event
  if (!(target instanceof Element)) return 'editor'
  if (target.closest(OVERLAY) !== null) return 'overlay'
  const isCommand = event.ctrlKey || event.metaKey
  if (target.matches(TEXT_ENTRY)) {
    const isItsOwn = KEYS_OF_WRITING.has(key) || (key === 'Enter' && target.matches(SENDS))
    return isCommand && isItsOwn ? 'overlay' : 'text'
  }
  if (!isCommand && target.closest(OWN_KEYS) !== null) return 'text'
  // A slider has no use for Enter; the tool whose bar it stands in has.
  if (key === 'Enter' && target.matches('input[type=range]')) return 'editor'
  if (key === 'Tab' && target.closest(TAB_STOP) !== null) return 'control'
  if (target.closest(CONTROL) !== null && KEYS_OF_CONTROLS.has(key)) return 'control'
  return 'editor'
}

/** As they are printed on the keys; a plus stands between keys, so that its own has a name. */
const KEY_NAMES: Record<string, string> = {
  '+': t('Plus'),
  Backspace: t('Backspace'),
  Delete: t('Del'),
  Enter: t('Enter'),
  Escape: t('Esc'),
  Shift: t('Shift'),
  Space: t('Space'),
}

/** A shortcut of the engine's keymap as it stands on this computer's keyboard. */
export function shortcutWords(shortcut: string, isMac: boolean): string {
  return shortcut
    .split(/\+(?=.)/)
    .map((key) => (key === 'Mod' ? (isMac ? '⌘' : t('Ctrl')) : (KEY_NAMES[key] ?? key)))
    .join('+')
}

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')
