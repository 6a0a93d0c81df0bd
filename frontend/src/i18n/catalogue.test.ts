import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Entries } from './catalogue'
import { german } from './de'
import { scan } from './testing/scan'

const SOURCE = fileURLToPath(new URL('..', import.meta.url))
const GERMAN = fileURLToPath(new URL('./de', import.meta.url))

const entries: Entries = german
const found = scan(SOURCE)
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole).sort()

describe('the source', () => {
  test('has no words outside of the catalogue', () => {
    expect(found.bare).toEqual([])
  })

  test('writes each text where it asks for it', () => {
    expect(found.dynamic).toEqual([])
  })

  test('writes a counted text the same way everywhere', () => {
    const torn = [...found.counted].filter(([, forms]) => new Set(forms.map((f) => f.one)).size > 1)
    expect(torn).toEqual([])
  })

  test('has a bar only before which meaning is meant, for what follows it is not shown', () => {
    const barred = [...found.used.keys()].filter((text) => text.includes('|'))
    expect(barred.filter((text) => !/^[^|]+\|[\w ]+$/.test(text) || / \|/.test(text))).toEqual([])
  })
})

describe('the German catalogue', () => {
  test('has every text of the source', () => {
    const missing = [...found.used].filter(([text]) => !Object.hasOwn(german, text))
    expect(missing.flatMap(([, places]) => places)).toEqual([])
  })

  test('has no text that the source no longer asks for', () => {
    expect(Object.keys(german).filter((text) => !found.used.has(text))).toEqual([])
  })

  test('leaves no text empty and no hole out', () => {
    const wrong = Object.entries(entries).filter(([text, entry]) => {
      const forms = typeof entry === 'string' ? [entry] : Object.values(entry)
      const own = (form: string) => holes(form).filter((hole) => hole !== '{n}')
      const asked = holes(text).filter((hole) => hole !== '{n}')
      return forms.some((form) => form.trim() === '' || own(form).join() !== asked.join())
    })
    expect(wrong).toEqual([])
  })

  test('has a form for one and a form for many where a text is counted', () => {
    const forms = (text: string) => entries[text]
    const flat = [...found.counted.keys()].filter((text) => typeof forms(text) === 'string')
    expect(flat).toEqual([])
    const counted = Object.values(entries).filter((entry) => typeof entry !== 'string')
    expect(counted.filter((entry) => !('one' in entry && 'other' in entry))).toEqual([])
  })

  test('says each text once, whichever feature it belongs to', () => {
    // The server's sentences are looked up apart from the pages' own.
    const files = readdirSync(GERMAN).filter((file) => file !== 'server.ts')
    const keys = files.flatMap((file) =>
      [
        ...readFileSync(join(GERMAN, file), 'utf8').matchAll(
          /^ {2}(?:'((?:[^'\\]|\\.)*)'|(\w+)):/gm,
        ),
      ].map(([, quoted, bare]) => quoted ?? bare),
    )
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
  })
})
