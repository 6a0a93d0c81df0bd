import type { QueryClient } from '@tanstack/react-query'
import { labelVersionQuery, labelVersionsQuery } from '@/api/assets'
import { type Difference, differenceQuery, verdictsQuery } from '@/api/reviews'
import type { Id, LabelVersion, NextTask } from '@/api/types'
import { type ChangedRegion, changedRegions, type DifferenceKind } from '@/features/differences'
import type { WireVersion } from '../history/saved-version'
import { Observable } from '../session/observable'
import { doubtfulRegions } from './doubts'

/** An earlier version beside the one in review. */
export interface Compared {
  readonly earlier: WireVersion
  readonly difference: Difference
  /** The largest first. */
  readonly regions: readonly ChangedRegion[]
}

export interface ComparisonView {
  readonly subjectId: Id | null
  /** Those that the label can be compared with, the newest first. */
  readonly versions: readonly LabelVersion[]
  readonly earlierId: Id | null
  readonly compared: Compared | null
  readonly problem: unknown
}

export type ComparisonMode = 'off' | 'differences' | 'wipe' | 'blink'

/** How a comparison is shown; stays from image to image. */
export interface ComparisonLook {
  readonly mode: ComparisonMode
  readonly opacity: number
  /** Where the curtain is, of the view's width; the earlier version is left of it. */
  readonly wipe: number
  /** Which of the two versions stands there just now, where they take turns. */
  readonly isEarlierOn: boolean
  readonly hidden: ReadonlySet<DifferenceKind>
}

const NOTHING: ComparisonView = {
  subjectId: null,
  versions: [],
  earlierId: null,
  compared: null,
  problem: null,
}

/** What an earlier version of the label in review was like. */
export class Comparison {
  readonly view = new Observable<ComparisonView>(NOTHING)
  readonly look = new Observable<ComparisonLook>({
    mode: 'off',
    opacity: 0.75,
    wipe: 0.5,
    isEarlierOn: true,
    hidden: new Set(),
  })
  private readonly queryClient: QueryClient
  private next: NextTask | null = null
  private loading: Promise<void> = Promise.resolve()
  private nextIndex = 0
  /** All versions of the image's labels, once they are known. */
  private all: readonly LabelVersion[] = []
  private doubts: readonly ChangedRegion[] | null = null
  private isDisposed = false

  constructor(queryClient: QueryClient) {
    this.queryClient = queryClient
  }

  /** The image in review is another one. What was sent back is compared with its rework at once. */
  follow(next: NextTask | null): Promise<void> {
    this.next = next
    this.all = []
    this.doubts = null
    this.nextIndex = 0
    this.view.set(NOTHING)
    const subjectId = next?.task.subject_version_id ?? null
    if (next === null || subjectId === null) return Promise.resolve()
    return this.attempt(() => this.findVersions(next, subjectId))
  }

  choose(earlierId: Id): Promise<void> {
    this.view.set({ ...this.view.get(), earlierId, compared: null, problem: null })
    if (this.look.get().mode === 'off') this.change({ mode: 'differences' })
    return this.attempt(() => this.compare(earlierId))
  }

  change(part: Partial<ComparisonLook>): void {
    this.look.set({ ...this.look.get(), ...part })
  }

  /** Shows the comparison in this way, or not at all; the newest earlier version by default. */
  async toggle(mode: ComparisonMode): Promise<void> {
    this.change({ mode: this.look.get().mode === mode ? 'off' : mode })
    await this.chooseNewest()
  }

  /**
   * The next region to look at: those that changed, those that people dispute, those where a model
   * sees something else, each with the largest first; null where nothing is known of any.
   */
  async nextRegion(): Promise<ChangedRegion | null> {
    await this.loading
    // Of what several people drew, their dispute says more than the last one's own drawing.
    if (!this.isAgreed) await this.chooseNewest()
    if (this.doubts === null) await this.attempt(() => this.findDoubts())
    const regions = [...(this.view.get().compared?.regions ?? []), ...(this.doubts ?? [])]
    const region = regions[this.nextIndex % Math.max(1, regions.length)] ?? null
    this.nextIndex += 1
    return region
  }

  dispose(): void {
    this.isDisposed = true
  }

  private async chooseNewest(): Promise<void> {
    const { earlierId, versions } = this.view.get()
    const [newest] = versions
    if (earlierId === null && newest !== undefined) await this.choose(newest.id)
  }

  /** Failures are shown beside the list of versions, and choosing again tries again. */
  private attempt(load: () => Promise<void>): Promise<void> {
    const { next } = this
    this.loading = load().catch((problem: unknown) => {
      if (this.isFor(next)) this.view.set({ ...this.view.get(), problem })
    })
    return this.loading
  }

  private async findVersions(next: NextTask, subjectId: Id): Promise<void> {
    const all = await this.queryClient.fetchQuery(labelVersionsQuery(next.asset.id))
    const sentBackId = next.task.round > 1 ? await this.lastSentBack(next) : null
    if (!this.isFor(next)) return
    this.all = all
    const subject = all.find(({ id }) => id === subjectId)
    const versions = all
      // What somebody said about a part of the image differs from a label wherever it was not asked.
      .filter(({ kind }) => kind !== 'region')
      .filter(({ created_at }) => subject !== undefined && created_at < subject.created_at)
      .sort((one, other) => (one.created_at < other.created_at ? 1 : -1))
    this.view.set({ ...NOTHING, subjectId, versions })
    if (versions.some(({ id }) => id === sentBackId)) await this.choose(sentBackId ?? '')
    else if (this.look.get().mode !== 'off') await this.chooseNewest()
  }

  private get isAgreed(): boolean {
    const { subjectId } = this.view.get()
    return this.all.some(({ id, origin }) => id === subjectId && origin === 'consensus')
  }

  private async findDoubts(): Promise<void> {
    const { next, all } = this
    const { subjectId, earlierId } = this.view.get()
    if (next === null || subjectId === null) return
    // What is compared already is not gone through twice.
    const versions = all.filter(({ id }) => id !== earlierId)
    const { asset } = next
    const found = await doubtfulRegions(this.queryClient, { asset, subjectId, versions })
    if (this.isFor(next)) this.doubts = found
  }

  private async lastSentBack(next: NextTask): Promise<Id | null> {
    const verdicts = await this.queryClient.fetchQuery(verdictsQuery(next.asset.id))
    return verdicts.find(({ decision }) => decision === 'rejected')?.subject_version_id ?? null
  }

  private async compare(earlierId: Id): Promise<void> {
    const { next } = this
    const { subjectId } = this.view.get()
    if (next === null || subjectId === null) return
    const [difference, earlier] = await Promise.all([
      this.queryClient.fetchQuery(differenceQuery(subjectId, earlierId)),
      this.queryClient.fetchQuery(labelVersionQuery(earlierId)),
    ])
    if (!this.isFor(next) || this.view.get().earlierId !== earlierId) return
    const { width, height } = next.asset
    const regions = changedRegions(difference, { width, height })
    this.nextIndex = 0
    this.view.set({ ...this.view.get(), compared: { earlier, difference, regions } })
  }

  private isFor(next: NextTask | null): boolean {
    return this.next === next && !this.isDisposed
  }
}
