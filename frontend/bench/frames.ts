/** Frames as the main thread sees them, while a stroke or the control runs. */
export interface FrameReport {
  /** From the first input of a frame to the task after its painting. */
  readonly workMs: readonly number[]
  /** Between the beginnings of frames. */
  readonly intervalMs: readonly number[]
  readonly longTaskMs: readonly number[]
}

export class FrameRecorder {
  readonly #workMs: number[] = []
  readonly #intervalMs: number[] = []
  readonly #longTaskMs: number[] = []
  readonly #stop = new AbortController()
  readonly #longTasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) this.#longTaskMs.push(duration)
  })
  #firstInput: number | null = null
  #lastFrame: number | null = null
  #isRunning = true

  constructor() {
    this.#longTasks.observe({ type: 'longtask' })
    const noteInput = () => {
      this.#firstInput ??= performance.now()
    }
    for (const name of ['pointerdown', 'pointermove', 'pointerup']) {
      window.addEventListener(name, noteInput, { capture: true, signal: this.#stop.signal })
    }
    const channel = new MessageChannel()
    channel.port1.onmessage = ({ data }: MessageEvent<number>) => {
      this.#workMs.push(performance.now() - data)
    }
    const onFrame = (now: number) => {
      if (!this.#isRunning) return
      if (this.#lastFrame !== null) this.#intervalMs.push(now - this.#lastFrame)
      this.#lastFrame = now
      // A message that is posted here is handled once the frame has been painted.
      if (this.#firstInput !== null) channel.port2.postMessage(this.#firstInput)
      this.#firstInput = null
      requestAnimationFrame(onFrame)
    }
    requestAnimationFrame(onFrame)
  }

  finish(): FrameReport {
    this.#isRunning = false
    this.#stop.abort()
    this.#longTasks.disconnect()
    const { length } = this.#workMs
    return {
      workMs: this.#workMs.slice(0, length),
      intervalMs: this.#intervalMs,
      longTaskMs: this.#longTaskMs,
    }
  }
}
