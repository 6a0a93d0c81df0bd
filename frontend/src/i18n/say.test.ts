import { expect, test } from 'vitest'
import { say } from './t'

test('what tells two meanings of a word apart is not shown, whoever says it', () => {
  expect(say('Copy|of an object')).toBe('Copy')
  expect(say({ text: 'Copy|of an object', values: {} })).toBe('Copy')
})
