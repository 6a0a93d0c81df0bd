import type { german } from './de'

/** A text for each grammatical number that a language tells apart. */
export type Plurals = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export type Entry = string | Plurals

/** English text → the same in another language. */
export type Entries = Readonly<Record<string, Entry>>

type German = typeof german

/** Every text of the pages that names no count. */
export type Text = {
  [Key in keyof German]: German[Key] extends string ? Key : never
}[keyof German]

/** Every text that is written for a count; its English form for many. */
export type CountedText = Exclude<keyof German, Text>

/** What a language has to bring. */
export type Catalogue = Readonly<Record<Text, string> & Record<CountedText, Plurals>>

/** The names between braces: `'{done} of {total}'` has `done` and `total`. */
export type Holes<Words extends string> = Words extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Holes<Rest>
  : never
