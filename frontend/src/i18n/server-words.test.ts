import { describe, expect, test } from 'vitest'
import { serverSentences } from './de'
import { ServerWords } from './server-words'

const words = new ServerWords(serverSentences)

describe('what the server says', () => {
  test('is found by its pattern, with what stood in its holes', () => {
    expect(
      words.of(
        'The image measures 9000 × 70 px; at most 100 megapixels and 100000 px a side are taken.',
      ),
    ).toBe(
      'Das Bild misst 9000 × 70 px; angenommen werden höchstens 100 Megapixel und 100000 px je Seite.',
    )
    expect(words.of('photos.example was not found.')).toBe('photos.example wurde nicht gefunden.')
  })

  test('is taken sentence by sentence, and after the name of its field', () => {
    expect(words.of('There is no such token, or it was revoked already. It took too long.')).toBe(
      'Dieses Token gibt es nicht, oder es wurde schon widerrufen. Es dauerte zu lange.',
    )
    expect(words.of('classes[0].name: String should have at least 1 character')).toBe(
      'classes[0].name: braucht mindestens 1 Zeichen',
    )
    expect(words.of('rule: Value error, Say which `skill`.')).toBe(
      'rule: Bitte angeben, welche Fähigkeit: `skill`.',
    )
  })

  test('has words translated that stand in a hole, but nobody’s own names', () => {
    expect(words.of('It is kept for you for a while.')).toBe(
      'Es ist eine Weile für Sie reserviert.',
    )
    expect(words.of('“unknown” is there twice.')).toBe('„unknown“ gibt es doppelt.')
  })

  test('is nothing where the catalogue does not know it', () => {
    expect(words.of('The moon is full.')).toBeNull()
    expect(words.of('It took too long. The moon is full.')).toBeNull()
  })
})
