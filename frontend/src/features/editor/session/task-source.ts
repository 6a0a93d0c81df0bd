import { ApiProblem } from '@/api/problems'
import type { Lease, NextTask, TaskStage } from '@/api/types'
import type { Clock } from './clock'
import { type LabelServer, refusalOf } from './label-server'
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

interface ReadyTask<Image extends PreparedImage> {
  held: HeldTask<Image>
  keeper: LeaseKeeper
}

/** A task that somebody wants to see next, and what is told him where he does not get it. */
export interface ChosenTask {
  readonly taskId: string
  readonly onRefused: (problem: ApiProblem) => void
}

/** Which one: that which another page has, a certain one, or whatever comes next. */
export interface WantedTask {
  readonly takeOver?: boolean
  readonly chosen?: ChosenTask
}

interface TaskSourceParts<Image extends PreparedImage> {
  server: LabelServer
  clock: Clock
  projectId: string
  /** What is asked for; labels to draw where nothing is said. */
  stage?: TaskStage
  prepareImage: (next: NextTask) => Promise<Image>
  /** Tasks not to be handed out again: submitted here, and not yet known to the server. */
  excludedTaskIds: () => string[]
  /** Told what is held ready, whenever that changes but at leaving. */
  onReady: (tasks: readonly NextTask[]) => void
}

/**
 * Hands out tasks, and holds some more ready: claimed, kept alive, their images decoded. How many
 * is for the queue to say, which knows how fast this labeler is and how long his images take.
 *
 * `take` gives a prefetched task where there is one, so that the next image is on screen at once;
 * otherwise it asks the queue, which hands back the labeler's own unfinished work first.
 */
export class TaskSource<Image extends PreparedImage> {
  private readonly parts: TaskSourceParts<Image>
  /** The one that was claimed first comes first. */
  private ready: ReadyTask<Image>[] = []
  /** Held ready at most, as the queue said last. */
  private ahead = 1
  private fetchMs = 0
  private prefetching: Promise<void> | null = null
  private isDisposed = false
  /** The task that waits while another one is corrected; kept alive, and the next one. */
  private aside: LeaseKeeper | null = null

  constructor(parts: TaskSourceParts<Image>) {
    this.parts = parts
  }

  /** The next task to work on; null where the queue has nothing for this labeler. */
  async take(): Promise<HeldTask<Image> | null> {
    await this.prefetching
    const aside = await this.takeAside()
    if (aside !== null) return aside
    const first = this.ready.shift()
    if (first !== undefined) {
      this.tellReady()
      first.keeper.stop()
      return first.held
    }
    const next = await this.claim(false, [])
    return next === null ? null : this.hold(next)
  }

  /** A task that is set aside for a while: it stays the caller's, and is the next that is taken. */
  setAside(lease: Lease, activeMs: number): void {
    const { server, clock } = this.parts
    this.aside = new LeaseKeeper(lease, {
      server,
      clock,
      activeMs: () => activeMs,
      onLost: () => undefined,
    })
    this.aside.start()
  }

  /** The queue hands back what its holder has had longest; null where nobody answers for now. */
  private async takeAside(): Promise<HeldTask<Image> | null> {
    if (this.aside === null) return null
    try {
      const next = await this.claim(
        false,
        this.ready.map(({ held }) => held.next.task.id),
      )
      this.aside.stop()
      this.aside = null
      return next === null ? null : this.hold(next)
    } catch (error) {
      if (!(error instanceof ApiProblem) || this.ready.length === 0) throw error
      return null
    }
  }

  /** One certain task, with its image; whatever comes next where the queue keeps it back. */
  async takeTask(taskId: string): Promise<HeldTask<Image> | null> {
    const next = await this.reclaim(taskId)
    return next === null ? this.take() : this.hold(next)
  }

  /** The one that somebody chose; whatever comes next, and why, where he can't have it. */
  async takeChosen({ taskId, onRefused }: ChosenTask): Promise<HeldTask<Image> | null> {
    try {
      return this.hold(await this.parts.server.choose(taskId))
    } catch (error) {
      const isKeptFromHim = error instanceof ApiProblem && refusalOf(error) === 'refused'
      if (!isKeptFromHim) throw error
      onRefused(error)
      return this.take()
    }
  }

  /** Claims ahead and decodes the images. Trying is enough: without it the next task comes slower. */
  prefetch(): Promise<void> {
    this.prefetching ??= this.prefetchAll().finally(() => {
      this.prefetching = null
    })
    return this.prefetching
  }

  /** Whether `take` can go on without the network. */
  get hasReady(): boolean {
    return this.ready.length > 0
  }

  /** The task under a lease that lives, where nobody else got it meanwhile; else null. */
  async reclaim(taskId: string): Promise<NextTask | null> {
    await this.prefetching
    const ahead = this.takeReady(taskId)
    if (ahead !== null) return ahead
    try {
      const resumed = await this.parts.server.resume(taskId)
      await this.prefetching
      return this.takeReady(taskId) ?? resumed
    } catch (error) {
      if (
        error instanceof ApiProblem &&
        (refusalOf(error) === 'lease-lost' || error.status === 404)
      )
        return null
      throw error
    }
  }

  /** Prefetching may be the quicker one to get a task again: both begin when the network is back. */
  private takeReady(taskId: string): NextTask | null {
    const at = this.ready.findIndex(({ held }) => held.next.task.id === taskId)
    const [found] = at < 0 ? [] : this.ready.splice(at, 1)
    if (found === undefined) return null
    found.keeper.stop()
    void found.held.image.then((image) => image.dispose())
    this.tellReady()
    return found.held.next
  }

  /** Leaving: prefetched tasks go back to the queue at once, for somebody else. */
  dispose(): void {
    this.isDisposed = true
    this.aside?.stop()
    this.dropReady()
  }

  /** Prefetched tasks go back to the queue: another page of this person works now. */
  dropReady(): void {
    for (const { held, keeper } of this.ready.splice(0)) {
      keeper.stop()
      void held.image.then((image) => image.dispose())
      void this.giveBack(held.next)
    }
  }

  private async prefetchAll(): Promise<void> {
    try {
      while (this.ready.length < this.ahead && !this.isDisposed) {
        const next = await this.claim(true, [])
        if (next === null) break
        if (this.isDisposed) await this.giveBack(next)
        else this.keepReady(next)
      }
      this.tellReady()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
    }
  }

  private async claim(prefetch: boolean, exclude: string[]): Promise<NextTask | null> {
    const { server, projectId, excludedTaskIds } = this.parts
    const next = await server.claimNext(projectId, {
      stage: this.parts.stage ?? 'label',
      prefetch,
      exclude: [...exclude, ...excludedTaskIds()],
      fetch_ms: this.fetchMs,
    })
    if (next !== null) this.ahead = Math.max(0, next.leases_at_once - 1)
    return next
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
    this.ready.push({ held: this.hold(next), keeper })
  }

  private forgetReady(leaseId: string): void {
    const at = this.ready.findIndex(({ held }) => held.next.lease.id === leaseId)
    for (const { held } of at < 0 ? [] : this.ready.splice(at, 1)) {
      void held.image.then((image) => image.dispose())
    }
  }

  /** Its image is on the way from now on. */
  hold(next: NextTask): HeldTask<Image> {
    const beganMs = this.parts.clock.monotonicMs()
    const image = this.parts.prepareImage(next).then((prepared) => {
      this.fetchMs = Math.round(this.parts.clock.monotonicMs() - beganMs)
      return prepared
    })
    return { next, image }
  }

  private tellReady(): void {
    if (!this.isDisposed) this.parts.onReady(this.ready.map(({ held }) => held.next))
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
