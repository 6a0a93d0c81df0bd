interface Pattern {
  readonly matches: RegExp
  readonly words: string
  /** Of the pattern without its holes. */
  readonly length: number
}

const HOLE = /\{\d+\}/
const HOLES = /\{(\d+)\}/g

/**
 * Says what the server said in the language of a catalogue (`de/server.ts`).
 *
 * The English is the key, as with the texts of the pages: a sentence is found by its pattern, what
 * stands in its holes is translated too, and several sentences are taken one by one. So a problem
 * that was kept with an image months ago is understood as well as one that has just come.
 */
export class ServerWords {
  readonly #catalogue: Readonly<Record<string, string>>
  #patterns: readonly Pattern[] | null = null

  constructor(catalogue: Readonly<Record<string, string>>) {
    this.#catalogue = catalogue
  }

  /** Null where the catalogue has no such sentence. */
  of(said: string): string | null {
    return this.#whole(said) ?? this.#inSentences(said) ?? this.#afterItsSubject(said)
  }

  #whole(said: string): string | null {
    const exact = this.#catalogue[said]
    if (exact !== undefined) return exact
    for (const { matches, words } of this.#knownPatterns()) {
      const found = matches.exec(said)
      if (found === null) continue
      return words.replaceAll(HOLES, (_, place: string, at: number) => {
        const value = found[Number(place)] ?? ''
        // What stands in quotation marks is somebody's own name for something.
        return (words[at - 1] === '„' ? null : this.of(value)) ?? value
      })
    }
    return null
  }

  /** The first of them as long as it can be: some have a full stop within. */
  #inSentences(said: string): string | null {
    const ends = [...said.matchAll(/[.!?”] /g)].map(({ index }) => index + 1)
    for (const end of ends.reverse()) {
      const first = this.#whole(said.slice(0, end))
      const rest = first === null ? null : this.of(said.slice(end + 1))
      if (rest !== null) return `${first} ${rest}`
    }
    return null
  }

  /** `classes[0].name: Field required`: the field's name is the same in every language. */
  #afterItsSubject(said: string): string | null {
    const colon = said.indexOf(': ')
    const rest = colon < 0 ? null : this.of(said.slice(colon + 2))
    return rest === null ? null : `${said.slice(0, colon)}: ${rest}`
  }

  /** Those that say most come first: “{1} was not found.” fits more than it means. */
  #knownPatterns(): readonly Pattern[] {
    this.#patterns ??= Object.entries(this.#catalogue)
      .filter(([english]) => HOLE.test(english))
      .map(([english, words]) => patternOf(english, words))
      .sort((a, b) => b.length - a.length)
    return this.#patterns
  }
}

function patternOf(english: string, words: string): Pattern {
  const pieces = english.split(HOLE).map((piece) => piece.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
  const matches = new RegExp(`^${pieces.join('(.+?)')}$`, 's')
  return { matches, words, length: pieces.join('').length }
}
