import { expect, test } from 'vitest'
import type { WireProblem } from '@/api/types'
import type { Upload } from './queue'
import { summarize } from './summary'

const REFUSAL: WireProblem = {
  type: 't',
  code: 'not-an-image',
  title: 'Not an image.',
  status: 422,
}

let lastId = 0

function upload(change: Partial<Upload>): Upload {
  lastId += 1
  return {
    id: lastId,
    projectId: 'p',
    file: new File([new Uint8Array(100)], `file-${lastId}.jpg`),
    state: 'waiting',
    sentBytes: 0,
    attempts: 0,
    problem: null,
    members: [],
    ...change,
  }
}

test('members of a zip count as images of their own', () => {
  const summary = summarize([
    upload({
      state: 'added',
      members: [
        { name: 'a.jpg', status: 'accepted' },
        { name: 'b.jpg', status: 'accepted' },
        { name: 'c.jpg', status: 'duplicate' },
        { name: 'd.svg', status: 'rejected', problem: REFUSAL },
      ],
    }),
  ])
  expect(summary.added).toBe(2)
  expect(summary.duplicates).toBe(1)
  expect(summary.refused.map(({ name, reason }) => [name, reason])).toEqual([
    ['d.svg', 'Not an image.'],
  ])
})

test('only a file that never arrived can be tried again', () => {
  const lost = upload({ state: 'failed', problem: { ...REFUSAL, code: 'network', status: 0 } })
  const refused = upload({
    state: 'failed',
    problem: REFUSAL,
    members: [{ name: 'x.svg', status: 'rejected', problem: REFUSAL }],
  })
  const summary = summarize([lost, refused])
  expect(summary.refused.map((entry) => entry.uploadId)).toEqual([lost.id, null])
})

test('the sent part never exceeds the file, whatever the form around it adds', () => {
  const summary = summarize([upload({ state: 'sending', sentBytes: 180 })])
  expect(summary.sentBytes).toBe(100)
  expect(summary.totalBytes).toBe(100)
})

test('a file between two attempts means that the connection is awaited', () => {
  expect(summarize([upload({})]).isWaitingForConnection).toBe(false)
  expect(summarize([upload({ attempts: 2 })]).isWaitingForConnection).toBe(true)
})
