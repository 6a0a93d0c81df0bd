import type { CountedText, Entry, Holes, Text } from './catalogue'
import { formatNumber } from './format'
import { locale } from './language'
import { loaded } from './loaded'
import { ServerWords } from './server-words'

type Value = string | number
type Values = Readonly<Record<string, Value>>
/** Nothing to give where the text has no hole. */
type Given<Names extends string, Each> = [Names] extends [never]
  ? []
  : [values: Readonly<Record<Names, Each>>]

const HOLE = /\{(\w+)\}/g
let plurals: Intl.PluralRules | undefined

/** The English itself, without the hint that tells two meanings of a word apart. */
function plain(text: string): string {
  const hint = text.indexOf('|')
  return hint < 0 ? text : text.slice(0, hint)
}

function filled(pattern: string, values: Values | undefined): string {
  if (values === undefined) return pattern
  return pattern.replaceAll(HOLE, (hole, name: string) => {
    const value = values[name]
    if (value === undefined) return hole
    return typeof value === 'number' ? formatNumber(value) : value
  })
}

function translated(text: string, count: number | null): string | undefined {
  const entry: Entry | undefined = loaded.entries[text]
  if (entry === undefined || typeof entry === 'string') return entry
  plurals ??= new Intl.PluralRules(locale)
  return entry[plurals.select(count ?? 0)] ?? entry.other
}

/**
 * A text in the reader's language: `t('Save')`, `t('Task {place} of {total}', { place, total })`.
 *
 * Numbers are written as the reader writes them; one that must not be (an id) is given as a string.
 */
export function t<Words extends Text>(
  text: Words,
  ...[values]: Given<Holes<Words>, Value>
): string {
  return filled(translated(text, null) ?? plain(text), values)
}

/** A text for a count, which stands as `{n}`: `plural(images, '{n} image', '{n} images')`. */
export function plural<Words extends CountedText>(
  count: number,
  one: string,
  other: Words,
  ...[values]: Given<Exclude<Holes<Words>, 'n'>, Value>
): string {
  const english = count === 1 ? one : other
  return filled(translated(other, count) ?? english, { n: count, ...values })
}

/**
 * The parts of a text with something other than words in it, in the reader's order:
 * `parts('Press {key} to go on', { key: <Kbd keys="Enter" /> })`.
 */
export function parts<Words extends Text, Part>(
  text: Words,
  values: Readonly<Record<Holes<Words>, Part>>,
): (string | Part)[] {
  const held: Readonly<Record<string, Part>> = values
  const pieces: (string | Part)[] = []
  for (const [place, piece] of (translated(text, null) ?? plain(text)).split(HOLE).entries()) {
    const part = place % 2 === 0 ? piece : held[piece]
    if (part !== undefined && part !== '') pieces.push(part)
  }
  return pieces
}

/**
 * Words that somebody else chose at another time (the engine's actions, a step of the history kept
 * on this computer) in the reader's language; as they are where the catalogue has none.
 */
export function say(message: string | { text: string; values: Values }): string {
  if (typeof message === 'string') return translated(message, null) ?? plain(message)
  const { text, values } = message
  const count = values.n
  return filled(translated(text, typeof count === 'number' ? count : null) ?? plain(text), values)
}

const serverWords = new ServerWords(loaded.server)

/**
 * A problem's title: what the server said of just this case, else what its code means; the server's
 * English where the catalogue has neither.
 */
export function problemTitle(code: string, title: string): string {
  return serverWords.of(title) ?? loaded.problems[code] ?? title
}

/** A sentence of the server in the reader's language; as it is where the catalogue has none. */
export function serverSaid(sentence: string): string {
  return serverWords.of(sentence) ?? sentence
}
