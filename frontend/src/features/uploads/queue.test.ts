import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiProblem, NetworkProblem } from '@/api/problems'
import type { UploadAnswer, UploadItem } from '@/api/types'
import { type SendFile, UploadQueue } from './queue'

function file(name: string, bytes = 10): File {
  return new File([new Uint8Array(bytes)], name)
}

function answerWith(...statuses: UploadItem['status'][]): UploadAnswer {
  return {
    items: statuses.map((status, index) => ({ name: `member-${index}.jpg`, status })),
    accepted: statuses.filter((status) => status === 'accepted').length,
    duplicates: statuses.filter((status) => status === 'duplicate').length,
    queued: 0,
    rejected: statuses.filter((status) => status === 'rejected').length,
  }
}

/** A server whose answers the test gives one by one. */
function heldServer() {
  const calls: {
    name: string
    signal: AbortSignal
    answer: (answer: UploadAnswer) => void
    fail: (error: unknown) => void
  }[] = []
  const send: SendFile = (_projectId, sent, _onProgress, signal) =>
    new Promise((resolve, reject) => {
      calls.push({ name: sent.name, signal, answer: resolve, fail: reject })
    })
  return { calls, send }
}

function states(queue: UploadQueue): Record<string, string> {
  return Object.fromEntries(queue.getSnapshot().map((upload) => [upload.file.name, upload.state]))
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Let promises settle and publish what has changed. */
async function settle(ms = 150): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

describe('UploadQueue', () => {
  test('sends at most three files at a time, in order', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send })
    queue.add(
      'p',
      ['a', 'b', 'c', 'd', 'e'].map((name) => file(name)),
    )
    expect(server.calls.map((call) => call.name)).toEqual(['a', 'b', 'c'])
    server.calls[1]?.answer(answerWith('accepted'))
    await settle()
    expect(server.calls.map((call) => call.name)).toEqual(['a', 'b', 'c', 'd'])
    expect(states(queue)).toEqual({
      a: 'sending',
      b: 'added',
      c: 'sending',
      d: 'sending',
      e: 'waiting',
    })
  })

  test('tries a lost file again after a pause that doubles, and then succeeds', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send })
    queue.add('p', [file('a')])
    server.calls[0]?.fail(new NetworkProblem())
    await settle(999)
    expect(server.calls).toHaveLength(1)
    expect(states(queue)).toEqual({ a: 'waiting' })
    await settle(1)
    expect(server.calls).toHaveLength(2)
    server.calls[1]?.fail(new NetworkProblem())
    await settle(1_999)
    expect(server.calls).toHaveLength(2)
    await settle(1)
    server.calls[2]?.answer(answerWith('accepted'))
    await settle()
    expect(states(queue)).toEqual({ a: 'added' })
  })

  test('lets other files go on while a lost one waits', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send, concurrency: 1 })
    queue.add('p', [file('a'), file('b')])
    server.calls[0]?.fail(new NetworkProblem())
    await settle(10)
    expect(server.calls.map((call) => call.name)).toEqual(['a', 'b'])
  })

  test('sends at once when the connection is back', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send, backOffMs: () => 60_000 })
    queue.add('p', [file('a')])
    server.calls[0]?.fail(new NetworkProblem())
    await settle()
    queue.hurry()
    expect(server.calls).toHaveLength(2)
  })

  test('gives up after its last attempt and starts afresh when asked', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send, attemptsLimit: 2, backOffMs: () => 1 })
    queue.add('p', [file('a')])
    server.calls[0]?.fail(new NetworkProblem())
    await settle()
    server.calls[1]?.fail(new NetworkProblem())
    await settle()
    expect(states(queue)).toEqual({ a: 'failed' })
    expect(queue.getSnapshot()[0]?.problem?.code).toBe('network')
    queue.retry(queue.getSnapshot()[0]?.id ?? -1)
    expect(server.calls).toHaveLength(3)
  })

  test('does not send a refused file again', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send })
    queue.add('p', [file('a')])
    const refusal = { type: 't', code: 'payload-too-large', title: 'Too large.', status: 413 }
    server.calls[0]?.fail(new ApiProblem(refusal))
    await settle(120_000)
    expect(server.calls).toHaveLength(1)
    expect(queue.getSnapshot()[0]?.problem?.title).toBe('Too large.')
  })

  test('tells a duplicate from a failure, and a zip with one good member is added', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send })
    queue.add('p', [file('again.jpg'), file('broken.jpg'), file('mixed.zip')])
    server.calls[0]?.answer(answerWith('duplicate'))
    server.calls[1]?.answer(answerWith('rejected'))
    server.calls[2]?.answer(answerWith('rejected', 'accepted', 'duplicate'))
    await settle()
    expect(states(queue)).toEqual({
      'again.jpg': 'duplicate',
      'broken.jpg': 'failed',
      'mixed.zip': 'added',
    })
  })

  test('aborts a cancelled file, forgets it and goes on with the next', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send, concurrency: 1 })
    queue.add('p', [file('a'), file('b')])
    queue.cancel(queue.getSnapshot()[0]?.id ?? -1)
    expect(server.calls[0]?.signal.aborted).toBe(true)
    await settle()
    expect(states(queue)).toEqual({ b: 'sending' })
  })

  test('reports a project only when something of it was stored', async () => {
    const server = heldServer()
    const onStored = vi.fn()
    const queue = new UploadQueue({ send: server.send, onStored })
    queue.add('p', [file('a'), file('b')])
    server.calls[0]?.answer(answerWith('duplicate'))
    await settle()
    expect(onStored).not.toHaveBeenCalled()
    server.calls[1]?.answer(answerWith('accepted'))
    await settle()
    expect(onStored).toHaveBeenCalledExactlyOnceWith('p')
  })

  test('clears what is finished and keeps what is under way', async () => {
    const server = heldServer()
    const queue = new UploadQueue({ send: server.send })
    queue.add('p', [file('a'), file('b')])
    queue.add('other', [file('c')])
    server.calls[0]?.answer(answerWith('accepted'))
    server.calls[2]?.answer(answerWith('accepted'))
    await settle()
    queue.clear('p')
    expect(states(queue)).toEqual({ b: 'sending', c: 'added' })
  })
})
