/**
 * Work that no frame waits for. `untilMs` says, on `performance.now()`'s clock, how long it may take;
 * where the page is never idle it is run after `timeoutMs`. Some browsers know no idle time: there it
 * runs a task later.
 */
export function whenIdle(perform: (untilMs: number) => void, timeoutMs = 1_000): void {
  if (typeof requestIdleCallback === 'undefined') {
    setTimeout(() => perform(performance.now() + SLICE_MS))
    return
  }
  requestIdleCallback(
    (idle) => perform(performance.now() + Math.max(SLICE_MS, idle.timeRemaining() - 1)),
    { timeout: timeoutMs },
  )
}

export const SLICE_MS = 2

/** Longer than between two moves of a hand, shorter than it takes to look at what it drew. */
const REST_MS = 250

let movedAtMs = Number.NEGATIVE_INFINITY

/** Somebody draws, or moves to where he will. */
export function noteHand(atMs = performance.now()): void {
  movedAtMs = atMs
}

interface Waiting {
  readonly perform: (untilMs: number) => void
  readonly latestAtMs: number
}

/** In the order in which they came. */
const waiting: Waiting[] = []
/** One for all: in a stroke's frames a timer of each is felt. */
let timer: { readonly atMs: number; readonly handle: ReturnType<typeof setTimeout> } | null = null

/**
 * The same for what can also wait until the hand rests. Between the frames of a stroke browsers have
 * idle time, but whatever runs in it makes the next frame later. A hand that never rests is waited
 * for no longer than `latestMs`.
 */
export function whenAtRest(perform: (untilMs: number) => void, latestMs = 5_000): void {
  wait({ perform, latestAtMs: performance.now() + latestMs })
}

function wait(one: Waiting): void {
  waiting.push(one)
  const atMs = dueAtMs(one)
  if (timer && timer.atMs <= atMs) return
  if (timer) clearTimeout(timer.handle)
  arm(atMs)
}

function arm(atMs: number): void {
  const handle = setTimeout(performDue, Math.max(0, atMs - performance.now()))
  timer = { atMs, handle }
}

function dueAtMs({ latestAtMs }: Waiting): number {
  return Math.min(movedAtMs + REST_MS, latestAtMs)
}

function performDue(): void {
  timer = null
  const now = performance.now()
  for (const one of waiting.splice(0)) {
    if (dueAtMs(one) > now) waiting.push(one)
    else whenIdle((untilMs) => performOrWait(one, untilMs), Math.max(1, one.latestAtMs - now))
  }
  if (waiting.length > 0) arm(Math.min(...waiting.map(dueAtMs)))
}

/** The hand may have moved on before the page was idle. */
function performOrWait(one: Waiting, untilMs: number): void {
  if (dueAtMs(one) > performance.now()) wait(one)
  else one.perform(untilMs)
}
