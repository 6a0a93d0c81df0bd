import { ApiProblem } from '@/api/problems'
import type { NextTask } from '@/api/types'
import type { Clock } from './clock'
import type { LabelServer } from './label-server'
import { LeaseKeeper } from './lease-keeper'

/** Something decoded that holds memory until it is disposed of, as an ImageBitmap does. */
export interface PreparedImage {
  dispose(): void
}

/** A task that is ours, with its image on the way. */
export interface HeldTask<Image extends PreparedImage> {
  next: NextTask
  image: Promise<Image>
}

interface TaskSourceParts<Image extends PreparedImage> {
  server: LabelServer
  clock: Clock
  projectId: string
  prepareImage: (next: NextTask) => Promise<Image>
  /** Tasks not to be handed out again: submitted here, and not yet known to the server. */
  excludedTaskIds: () => string[]
}

/**
 * Hands out tasks, and holds exactly one more ready: claimed, kept alive, its image decoded.
 *
 * `take` gives the prefetched task where there is one, so that the next image is on screen at
 * once; otherwise it asks the queue, which hands back the labeler's own unfinished work first.
 */
export class TaskSource<Image extends PreparedImage> {
  private readonly parts: TaskSourceParts<Image>
  private ready: { held: HeldTask<Image>; keeper: LeaseKeeper } | null = null
  private prefetching: Promise<void> | null = null
  private isDisposed = false

  constructor(parts: TaskSourceParts<Image>) {
    this.parts = parts
  }

  /** The next task to work on; null where the queue has nothing for this labeler. */
  async take(): Promise<HeldTask<Image> | null> {
    await this.prefetching
    if (this.ready !== null) {
      const { held, keeper } = this.ready
      keeper.stop()
      this.ready = null
      return held
    }
    const next = await this.claim(false, [])
    return next === null ? null : this.hold(next)
  }

  /** Claims one more and decodes its image. Trying is enough: without it the next task comes slower. */
  prefetch(): Promise<void> {
    if (this.ready !== null || this.isDisposed) return Promise.resolve()
    this.prefetching ??= this.prefetchOnce().finally(() => {
      this.prefetching = null
    })
    return this.prefetching
  }

  /** Whether `take` can go on without the network. */
  get hasReady(): boolean {
    return this.ready !== null
  }

  /**
   * The task under a new lease, where the old one ran out and nobody else got it; null where
   * somebody did. A different task that the queue hands out instead is kept as the next one.
   */
  async reclaim(taskId: string): Promise<NextTask | null> {
    await this.prefetching
    const excluded = this.ready === null ? [] : [this.ready.held.next.task.id]
    const next = await this.claim(false, excluded)
    if (next === null) return null
    if (next.task.id === taskId) return next
    if (this.ready === null) this.keepReady(next)
    else await this.giveBack(next)
    return null
  }

  /** Leaving: the prefetched task goes back to the queue at once, for somebody else. */
  dispose(): void {
    this.isDisposed = true
    this.dropReady()
  }

  private dropReady(): void {
    if (this.ready === null) return
    const { held, keeper } = this.ready
    this.ready = null
    keeper.stop()
    void held.image.then((image) => image.dispose())
    void this.giveBack(held.next)
  }

  private async prefetchOnce(): Promise<void> {
    try {
      const next = await this.claim(true, [])
      if (next === null) return
      if (this.isDisposed) await this.giveBack(next)
      else this.keepReady(next)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
    }
  }

  private claim(prefetch: boolean, exclude: string[]): Promise<NextTask | null> {
    const { server, projectId, excludedTaskIds } = this.parts
    return server.claimNext(projectId, { prefetch, exclude: [...exclude, ...excludedTaskIds()] })
  }

  private keepReady(next: NextTask): void {
    const { server, clock } = this.parts
    const keeper = new LeaseKeeper(next.lease, {
      server,
      clock,
      activeMs: () => next.label.active_ms,
      onLost: () => this.forgetReady(next.lease.id),
    })
    keeper.start()
    this.ready = { held: this.hold(next), keeper }
  }

  private forgetReady(leaseId: string): void {
    if (this.ready?.held.next.lease.id !== leaseId) return
    void this.ready.held.image.then((image) => image.dispose())
    this.ready = null
  }

  private hold(next: NextTask): HeldTask<Image> {
    return { next, image: this.parts.prepareImage(next) }
  }

  private async giveBack(next: NextTask): Promise<void> {
    try {
      const { id, fence } = next.lease
      await this.parts.server.release(id, { fence }, { keepalive: true })
    } catch (error) {
      // A lease that cannot be given back runs out by itself.
      if (!(error instanceof ApiProblem)) throw error
    }
  }
}
