const AT_START = 12
const AT_WORD = 8
const IN_A_ROW = 5
const PER_SKIPPED = 0.2
const EXACT = 40

/**
 * How well the letters of the query, in their order, fit the text; null where they are not all in
 * it. Beginnings of words and letters in a row count most, so that "db" finds "Draw behind".
 */
export function fuzzyScore(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replaceAll(' ', '')
  const letters = text.toLowerCase()
  if (wanted === '') return 0
  const whole = letters.indexOf(query.trim().toLowerCase())
  const atWhole = whole < 0 ? null : EXACT + placeScore(letters, whole) - letters.length / 100
  return best(atWhole, scoreFrom(wanted, letters))
}

/** Tries the word beginnings first; a greedy walk from the left where those do not do. */
function scoreFrom(wanted: string, letters: string): number | null {
  return best(walk(wanted, letters, true), walk(wanted, letters, false))
}

function walk(wanted: string, letters: string, isByWords: boolean): number | null {
  let score = 0
  let last = -1
  for (const letter of wanted) {
    const next = letters.indexOf(letter, last + 1)
    if (next < 0) return null
    let at = next
    if (isByWords && next !== last + 1) at = wordStart(letters, letter, last + 1) ?? next
    score += at === last + 1 && last >= 0 ? IN_A_ROW : placeScore(letters, at)
    score -= PER_SKIPPED * (at - last - 1)
    last = at
  }
  return score
}

function wordStart(letters: string, letter: string, from: number): number | null {
  for (let at = letters.indexOf(letter, from); at >= 0; at = letters.indexOf(letter, at + 1)) {
    if (at === 0 || !isWordLetter(letters[at - 1])) return at
  }
  return null
}

function placeScore(letters: string, at: number): number {
  if (at === 0) return AT_START
  return isWordLetter(letters[at - 1]) ? 0 : AT_WORD
}

function isWordLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
}

function best(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.max(one, other)
}
