import type { Entries } from './catalogue'
import { language } from './language'

interface Loaded {
  entries: Entries
  /** A problem's code → its title. */
  problems: Readonly<Record<string, string>>
  /** What the server says, by its English; see `server-words.ts`. */
  server: Readonly<Record<string, string>>
}

const ENGLISH: Loaded = { entries: {}, problems: {}, server: {} }

async function load(): Promise<Loaded> {
  if (language === 'en') return ENGLISH
  try {
    const { german, problemTitles, serverSentences, nameComponents } = await import('./de')
    nameComponents()
    return { entries: german, problems: problemTitles, server: serverSentences }
  } catch {
    // Offline, and never opened in this language: the page is better in English than not at all.
    return ENGLISH
  }
}

/**
 * The texts of the page's language, there before any module that asks for one runs: so a text may
 * stand in a constant. English needs no catalogue, it stands in the source.
 */
export const loaded = await load()

if (typeof document !== 'undefined') {
  document.documentElement.lang = loaded === ENGLISH ? 'en' : language
}
