import { describe, expect, test } from 'vitest'
import {
  ApiProblem,
  isTransient,
  NetworkProblem,
  problemFromText,
  wordsForProblem,
} from './problems'

const WIRE = {
  type: 'https://maskwright.dev/problems/lease-lost',
  code: 'lease-lost',
  title: 'Somebody else holds this image now.',
  status: 409,
  request_id: 'r-1',
  kept: true,
}

describe('problemFromText', () => {
  test('reads a problem with its extras', () => {
    const problem = problemFromText(409, JSON.stringify(WIRE))
    expect(problem.code).toBe('lease-lost')
    expect(problem.requestId).toBe('r-1')
    expect(problem.wire.kept).toBe(true)
    expect(problem.fields).toEqual([])
  })

  test.each([
    [502, 'server-unavailable'],
    [503, 'server-unavailable'],
    [500, 'unexpected-answer'],
  ])('makes a problem of a page a proxy answered with %i', (status, code) => {
    expect(problemFromText(status, '<html>Bad gateway</html>').code).toBe(code)
  })

  test('makes a problem of JSON that is none', () => {
    expect(problemFromText(400, '{"detail":"x"}').code).toBe('unexpected-answer')
    expect(problemFromText(400, 'null').code).toBe('unexpected-answer')
  })
})

describe('wordsForProblem', () => {
  test('says what happened, what is safe and what to do when offline', () => {
    expect(wordsForProblem(new NetworkProblem())).toEqual({
      happened: 'The server cannot be reached.',
      safe: 'Nothing you entered is lost.',
      act: 'Check the connection, then try again.',
    })
  })

  test('names the time to wait after too many attempts', () => {
    const limited = { ...WIRE, code: 'too-many-attempts', status: 429, retry_after_seconds: 600 }
    expect(wordsForProblem(new ApiProblem(limited)).act).toBe('Try again in 10 min.')
  })

  test('does not show a bug of the page as the server’s words', () => {
    expect(wordsForProblem(new TypeError('x is undefined')).happened).toBe(
      'Something went wrong on this page.',
    )
  })
})

test('only what may pass by itself is transient', () => {
  expect(isTransient(new NetworkProblem())).toBe(true)
  expect(isTransient(problemFromText(503, ''))).toBe(true)
  expect(isTransient(problemFromText(500, ''))).toBe(false)
  expect(isTransient(new ApiProblem(WIRE))).toBe(false)
  expect(isTransient(new TypeError())).toBe(false)
})
