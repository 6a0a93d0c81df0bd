import type { Editor } from '@/editor'
import { say, t } from '@/i18n'
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
  readonly run: () => void
}

/** More lines than anybody reads; typing a letter more is quicker. */
const MOST_SHOWN = 60
const RECENT_BONUS = 6

/** All that can be done now, every class, and every object. */
export function paletteEntries(editor: Editor): PaletteEntry[] {
  const { classes, objects } = editor.store.getSnapshot()
  const actions = editor
    .actions()
    .filter(({ id, isEnabled }) => isEnabled && id !== 'page.palette')
    .map(({ id, label, shortcuts }) => ({
      id,
      label: say(label),
      group: groupOf(id),
      keys: shortcuts,
      color: null,
      run: () => void editor.dispatch(id),
    }))
  const ofClasses = classes.map(({ id, name, color, hotkey }) => ({
    id: `draw:${id}`,
    label: t('Draw {name}', { name }),
    group: t('Classes'),
    keys: hotkey === null ? [] : [hotkey.toUpperCase()],
    color,
    run: () => editor.setActiveClass(id),
  }))
  const ofObjects = objects.map(({ key, name, color }) => ({
    id: `select:${key}`,
    label: t('Select {name}', { name }),
    group: t('Objects'),
    keys: [],
    color,
    run: () => {
      editor.select([key])
      editor.zoomToObject(key)
    },
  }))
  return [...actions, ...ofClasses, ...ofObjects]
}

/** Entries that fit, best first; where nothing is typed what was used last comes first. */
export function matching(
  entries: readonly PaletteEntry[],
  query: string,
  recentIds: readonly string[],
): PaletteEntry[] {
  const scored = entries.flatMap((entry) => {
    const fit = fuzzyScore(query, entry.label)
    if (fit === null) return []
    const age = recentIds.indexOf(entry.id)
    const recency = age < 0 ? 0 : RECENT_BONUS + (recentIds.length - age) / recentIds.length
    return [{ entry, score: fit + recency }]
  })
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_SHOWN)
    .map(({ entry }) => entry)
}
