import { beforeEach, expect, test } from 'vitest'
import { ApiProblem } from '@/api/problems'
import { ManualClock, settle } from '../session/testing/manual-clock'
import { type PendingReports, type Report, storedReports } from './pending-reports'
import { ScreenTime } from './screen-time'
import { TimeReporter } from './time-reporter'

const LEASE = 'lease-1'
/** When the page began, by the computer's clock. */
const PAGE_MS = 1_800_000_000_000
let clock: ManualClock
let time: ScreenTime

beforeEach(() => {
  clock = new ManualClock()
  time = new ScreenTime(clock)
  time.setPlace({ leaseId: LEASE, tool: 'brush' })
})

function msByState(): Record<string, number> {
  return Object.fromEntries(time.take().map(({ tool, state, ms }) => [`${tool} ${state}`, ms]))
}

test('time counts for a minute after the last input, and is idle then', async () => {
  time.noteInput()
  await clock.advance(90_000)

  expect(msByState()).toEqual({ 'brush counted': 60_000, 'brush idle': 30_000 })
  expect(time.take()).toEqual([])
})

test('a hidden tab and one beside another that counts are said to be that', async () => {
  await clock.advance(5_000)
  time.setVisible(false)
  await clock.advance(7_000)
  time.setVisible(true)
  time.setCountingTab(false)
  await clock.advance(3_000)

  expect(msByState()).toEqual({
    'brush counted': 5_000,
    'brush hidden': 7_000,
    'brush other_tab': 3_000,
  })
})

test('each tool has its own time, and without an image there is none', async () => {
  await clock.advance(1_000)
  time.setPlace({ leaseId: LEASE, tool: 'pen' })
  await clock.advance(2_000)
  time.setPlace(null)
  await clock.advance(9_000)

  expect(msByState()).toEqual({ 'brush counted': 1_000, 'pen counted': 2_000 })
})

test('idle time is split where it began, whenever it is asked for', async () => {
  await clock.advance(50_000)
  expect(msByState()).toEqual({ 'brush counted': 50_000 })
  await clock.advance(50_000)
  expect(msByState()).toEqual({ 'brush counted': 10_000, 'brush idle': 40_000 })
})

function memory(): PendingReports & { kept: Report[] } {
  const pending = {
    kept: [] as Report[],
    read: () => pending.kept,
    write: (reports: readonly Report[]) => {
      pending.kept = [...reports]
    },
  }
  return pending
}

function problem(status: number): ApiProblem {
  return new ApiProblem({ status, code: 'x', title: 'x', type: 'x' })
}

test('reports wait for the network, go oldest first, and say how long they waited', async () => {
  const pending = memory()
  const earlier: Report = { client_id: 'tab-0', seq: 9, segments: [], ended_at_ms: PAGE_MS - 5_000 }
  pending.kept = [earlier]
  const sent: string[] = []
  let isOnline = false
  const reporter = new TimeReporter({
    screenTime: time,
    pending,
    clock,
    clientId: 'tab-1',
    pageBeganMs: PAGE_MS,
    send: async ({ client_id, seq }, agoMs) => {
      if (!isOnline) throw problem(0)
      sent.push(`${client_id} ${seq}, ${agoMs / 1000} s ago`)
    },
  })

  reporter.start()
  await clock.advance(70_000)
  expect(pending.kept.map(({ seq }) => seq)).toEqual([9, 1, 2])
  isOnline = true
  await clock.advance(30_000)

  expect(sent).toEqual([
    'tab-0 9, 96 s ago',
    'tab-1 1, 60 s ago',
    'tab-1 2, 30 s ago',
    'tab-1 3, 0 s ago',
  ])
  expect(pending.kept).toEqual([])
  reporter.stop()
})

test('a report that can never be taken in does not hold up the others', async () => {
  const pending = memory()
  pending.kept = [{ client_id: 'tab-0', seq: 1, segments: [], ended_at_ms: PAGE_MS }]
  const sent: number[] = []
  const reporter = new TimeReporter({
    screenTime: time,
    pending,
    clock,
    clientId: 'tab-1',
    pageBeganMs: PAGE_MS,
    send: async ({ client_id, seq }) => {
      if (client_id === 'tab-0') throw problem(422)
      sent.push(seq)
    },
  })
  await clock.advance(1_000)

  await reporter.flush()
  await settle()

  expect(sent).toEqual([1])
  expect(pending.kept).toEqual([])
})

test('without storage reports live as long as the tab', () => {
  const full = {
    getItem: () => null,
    removeItem: () => undefined,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  } as unknown as Storage
  const pending = storedReports('ann', full)

  pending.write([{ client_id: 'tab', seq: 1, segments: [], ended_at_ms: PAGE_MS }])

  expect(pending.read()).toHaveLength(1)
})
