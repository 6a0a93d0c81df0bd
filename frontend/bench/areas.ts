/** Fills, merges and superpixels as the main thread feels them. */
import type { Editor } from '../src/editor'

export interface AreaTimes {
  readonly fill: readonly number[]
  readonly merge: readonly number[]
  /** Copying as many ids as the image has pixels. */
  readonly copy: readonly number[]
}

/**
 * Milliseconds of the main thread until all has been told, each undone again. Between them the page
 * is idle, as it is while a hand moves on.
 */
export async function timeFillAndMerge(editor: Editor, rounds: number): Promise<AreaTimes> {
  const times = { fill: [] as number[], merge: [] as number[], copy: [] as number[] }
  const { width = 0, height = 0 } = editor.store.getSnapshot().size ?? {}
  const ids = new Uint16Array(width * height).fill(1)
  const timed = (into: number[], perform: () => unknown) => {
    const started = performance.now()
    perform()
    into.push(performance.now() - started)
  }
  for (let round = 0; round < rounds; round++) {
    editor.select([])
    timed(times.copy, () => ids.slice())
    await untilIdle()
    timed(times.fill, () => editor.areas.fillUnlabelled())
    editor.undo()
    editor.operations.selectAll()
    await untilIdle()
    timed(times.merge, () => editor.operations.merge())
    editor.undo()
  }
  return times
}

/** Once nothing is left to do that was put off until the page is idle. */
export async function untilIdle(): Promise<void> {
  for (let calm = 0; calm < 3; ) {
    const left = await new Promise<number>((done) =>
      requestIdleCallback((idle) => done(idle.timeRemaining())),
    )
    calm = left > 30 ? calm + 1 : 0
  }
}

/** Milliseconds from taking up the tool to segments under the cursor, and the longest task meanwhile. */
export async function timeSegmenting(editor: Editor) {
  const longTasks: number[] = []
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration)
  })
  observer.observe({ type: 'longtask' })
  const started = performance.now()
  editor.setTool('superpixels')
  await new Promise<void>((resolve) => {
    const stop = editor.store.subscribe(() => {
      if (editor.store.getSnapshot().areas.superpixels.state !== 'ready') return
      stop()
      resolve()
    })
  })
  const ms = performance.now() - started
  observer.disconnect()
  return { ms, longestTaskMs: Math.max(0, ...longTasks) }
}

/** Main thread's milliseconds per step of the slider: the step, and the frame that follows it. */
export async function timeSlider(editor: Editor, steps: number) {
  const times = { slider: [] as number[], idle: [] as number[] }
  for (let step = 0; step < 2 * steps; step++) {
    const isIdle = step % 2 === 1
    const ms = await timeFrame(() => {
      if (!isIdle) editor.areas.setDetail((step * 37) % 101)
    })
    ;(isIdle ? times.idle : times.slider).push(ms)
  }
  return times
}

function timeFrame(perform: () => void): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const started = performance.now()
      perform()
      const own = performance.now() - started
      requestAnimationFrame(() => {
        const frame = performance.now()
        const { port1, port2 } = new MessageChannel()
        // Handled once the frame has been painted.
        port1.onmessage = () => resolve(own + performance.now() - frame)
        port2.postMessage(null)
      })
    })
  })
}
