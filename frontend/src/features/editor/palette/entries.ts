import type { Editor } from '@/editor'
import { say, t } from '@/i18n'
import { isTaken } from '../panel/ClassList'
import { groupOf } from '../shortcuts/commands'
import { fuzzyScore } from './fuzzy'

/** One line of the palette. */
export interface PaletteEntry {
  readonly id: string
  readonly label: string
  readonly group: string
  readonly keys: readonly string[]
  /** A class's or object's colour. */
  readonly color: string | null
  /** What cannot be done now is found all the same: people look for its key. */
  readonly isEnabled: boolean
  readonly run: () => void
}

/** More lines than anybody reads; typing a letter more is quicker. */
const MOST_SHOWN = 60
const RECENT_BONUS = 6
/** More than any fit is worth. */
const AFTER_ALL_OTHERS = -1000
const SHORTEST_NAME = 3

/** All that can be done, every class, and every object. */
export function paletteEntries(editor: Editor): PaletteEntry[] {
  const { classes, objects, keymap } = editor.store.getSnapshot()
  const actions = editor
    .actions()
    .filter(({ id }) => id !== 'page.palette')
    .map(({ id, label, shortcuts, isEnabled }) => ({
      id,
      label: say(label),
      group: groupOf(id),
      keys: shortcuts,
      color: null,
      isEnabled,
      run: () => void editor.dispatch(id),
    }))
  const ofClasses = classes.map(({ id, name, color, hotkey }) => ({
    id: `draw:${id}`,
    label: t('Draw {name}', { name }),
    group: t('Classes'),
    keys: hotkey === null || isTaken(hotkey, keymap) ? [] : [hotkey.toUpperCase()],
    color,
    isEnabled: true,
    run: () => editor.setActiveClass(id),
  }))
  const ofObjects = objects.map(({ key, name, color }) => ({
    id: `select:${key}`,
    label: t('Select {name}', { name }),
    group: t('Objects'),
    keys: [],
    color,
    isEnabled: true,
    run: () => {
      editor.select([key])
      editor.zoomToObject(key)
    },
  }))
  return [...actions, ...ofClasses, ...ofObjects]
}

/** Other tools' words for it, as they stand in the command's id: `dilate`, `erode`, `separate`. */
function scoreOfOtherName(query: string, id: string): number | null {
  const word = query.trim().toLowerCase()
  return word.length >= SHORTEST_NAME && id.split(/[.-]/).some((name) => name.startsWith(word))
    ? 0
    : null
}

/**
 * Entries that fit, best first, and what cannot be done now at the end; where nothing is typed what was
 * used last comes first, and only what can be done is there.
 */
export function matching(
  entries: readonly PaletteEntry[],
  query: string,
  recentIds: readonly string[],
): PaletteEntry[] {
  const scored = entries.flatMap((entry) => {
    const fit = fuzzyScore(query, entry.label) ?? scoreOfOtherName(query, entry.id)
    if (fit === null || (query.trim() === '' && !entry.isEnabled)) return []
    const age = recentIds.indexOf(entry.id)
    const recency = age < 0 ? 0 : RECENT_BONUS + (recentIds.length - age) / recentIds.length
    return [{ entry, score: fit + recency + (entry.isEnabled ? 0 : AFTER_ALL_OTHERS) }]
  })
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_SHOWN)
    .map(({ entry }) => entry)
}
