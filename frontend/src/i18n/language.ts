/** The languages that the pages can be read in, by their BCP 47 tag and their own name. */
export const LANGUAGES = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
] as const

export type Language = (typeof LANGUAGES)[number]['tag']

const CHOICE = 'maskwright.language'

function supported(tag: string | null | undefined): Language | null {
  const language = tag?.toLowerCase().split('-')[0]
  return LANGUAGES.find(({ tag: known }) => known === language)?.tag ?? null
}

function choice(): Language | null {
  try {
    return supported(localStorage.getItem(CHOICE))
  } catch {
    // A page without storage (or a test without a browser) has no choice to remember.
    return null
  }
}

/** What the browser asks for, the most wanted first. */
function wanted(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])
}

/** The first language that somebody wants and the pages have; English where there is none. */
export function languageFrom(chosen: Language | null, tags: readonly string[]): Language {
  if (chosen !== null) return chosen
  for (const tag of tags) {
    const language = supported(tag)
    if (language !== null) return language
  }
  return 'en'
}

/** The region too, where the browser names one: a date reads otherwise in London than in Boston. */
export function localeFrom(language: Language, tags: readonly string[]): string {
  return tags.find((tag) => supported(tag) === language) ?? language
}

/** The language of this page for as long as it is open: a change loads the page anew. */
export const language: Language = languageFrom(choice(), wanted())

/** What numbers, dates and lists are written by. */
export const locale: string = localeFrom(language, wanted())

/**
 * Keep a person's choice for the next page that this browser opens.
 *
 * Returns whether that page will be in another language than this one.
 */
export function remember(chosen: string | null | undefined): boolean {
  const next = supported(chosen)
  if (next === null) return false
  try {
    localStorage.setItem(CHOICE, next)
  } catch {
    return false
  }
  return next !== language
}
