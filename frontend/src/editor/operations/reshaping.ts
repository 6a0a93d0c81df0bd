import type { AreaHost } from '../areas/area-host'
import type { AreaComputer, Shape } from '../areas/computer'
import { Latest } from '../areas/latest'
import type { ObjectRecord } from '../document/objects'
import { differenceOfRuns, unionOfRuns } from '../geometry/run-algebra'
import { NO_RUNS, type Runs } from '../geometry/runs'
import { eraseOnlyRule } from '../labelmap/write-rule'
import { message } from '../message'
import { ghostArea } from '../render/ghost'
import type { ObjectKey, ToolId } from '../types'

export interface ReshapingView {
  readonly shape: Shape
  /** Pixels: a radius, or the area of the smallest island that stays. */
  readonly amountPx: number
}

/** Changes of the selected objects' shapes by a number, shown before they are applied. */
export interface ReshapingControls {
  begin(shape: Shape): void
  setAmount(amountPx: number): void
  apply(): void
  cancel(): void
}

interface Reshaped {
  readonly record: ObjectRecord
  readonly added: Runs
  readonly taken: Runs
}

export const MOST_PX: Readonly<Record<Shape, number>> = {
  dilate: 50,
  erode: 50,
  smooth: 20,
  'drop-islands': 10_000,
}
const LABELS: Readonly<Record<Shape, string>> = {
  dilate: message('Grow'),
  erode: message('Shrink'),
  smooth: message('Smooth'),
  'drop-islands': message('Drop islands'),
}
const NO_CHANGE = message('That changes nothing. Set another number.')
const NOTHING_CHANGES: Readonly<Record<Shape, string>> = {
  dilate: NO_CHANGE,
  erode: NO_CHANGE,
  smooth: NO_CHANGE,
  'drop-islands': message('No island is smaller than that.'),
}
const DARK = '#101010'

export class Reshaping implements ReshapingControls {
  readonly #host: AreaHost
  readonly #computer: AreaComputer
  readonly #latest: Latest
  #amounts: Record<Shape, number> = { dilate: 2, erode: 2, smooth: 3, 'drop-islands': 50 }
  #view: ReshapingView | null = null
  #keys: readonly ObjectKey[] = []
  #found: { readonly view: ReshapingView; readonly reshaped: readonly Reshaped[] } | null = null
  #toolBefore: ToolId = 'select'
  #isApplyWanted = false

  constructor(host: AreaHost, computer: AreaComputer) {
    this.#host = host
    this.#computer = computer
    this.#latest = new Latest(() =>
      host.edit(() => host.refuse(message('That could not be computed. Nothing was changed.'))),
    )
  }

  get view(): ReshapingView | null {
    return this.#view
  }

  begin(shape: Shape): void {
    const { document, protection } = this.#host.task
    const selected = document.selection.map((key) => document.objects.get(key))
    if (selected.length === 0) {
      this.#host.refuse(message('Select the objects whose shape is to change.'))
      return
    }
    if (selected.some((record) => protection.isProtected(record))) {
      this.#host.refuse(message('What is selected is locked or hidden.'))
      return
    }
    const { toolbox } = this.#host
    if (toolbox.current !== 'reshape') this.#toolBefore = toolbox.current
    toolbox.choose('reshape')
    this.#keys = selected.map(({ key }) => key)
    this.#show({ shape, amountPx: this.#amounts[shape] })
  }

  setAmount(amountPx: number): void {
    if (!this.#view) return
    const { shape } = this.#view
    const amount = Math.max(1, Math.min(MOST_PX[shape], Math.round(amountPx)))
    this.#amounts[shape] = amount
    this.#show({ shape, amountPx: amount })
  }

  nudge(direction: 1 | -1): void {
    if (this.#view) this.setAmount(this.#view.amountPx + direction)
  }

  /** At once where it has been computed; otherwise as soon as it is. */
  apply(): void {
    const { document } = this.#host.task
    if (!this.#found || this.#found.view !== this.#view) {
      this.#isApplyWanted = this.#view !== null
      return
    }
    const { view, reshaped } = this.#found
    if (reshaped.every(({ added, taken }) => added.length === 0 && taken.length === 0)) {
      this.#isApplyWanted = false
      this.#host.edit(() => this.#host.refuse(NOTHING_CHANGES[view.shape]))
      return
    }
    this.#host.edit(() => {
      this.#host.step(LABELS[view.shape], () => {
        document.drawWith('reshape')
        const ids = reshaped.map(({ record }) => record.id)
        for (const { record, added, taken } of reshaped) {
          if (!document.objects.find(record.key)) continue
          document.writeRuns(record.layer, taken, eraseOnlyRule([record.id]))
          for (const { layer, rule } of added.length > 0 ? this.#host.writesInto(record) : []) {
            // Of two selected neighbours that grow, neither takes from the other.
            const mayReplace = rule.mayReplace.slice()
            for (const id of ids) mayReplace[id] = 0
            document.writeRuns(layer, added, { ...rule, mayReplace })
          }
        }
      })
      this.cancel()
    })
  }

  cancel(): void {
    if (this.#view) this.#host.edit(() => this.#host.toolbox.choose(this.#toolBefore))
  }

  putAway(): void {
    this.#view = null
    this.#found = null
    this.#isApplyWanted = false
    this.#latest.forget()
    this.#host.showGhost(null)
  }

  #show(view: ReshapingView): void {
    this.#host.edit(() => {
      this.#view = view
    })
    this.#latest.ask(async () => {
      const reshaped = await this.#compute(view)
      if (this.#view !== view || !this.#host.hasTask) return
      this.#found = { view, reshaped }
      const { size } = this.#host.task.document
      const added = reshaped.map((each) => each.added).reduce(unionOfRuns, NO_RUNS)
      const taken = reshaped.map((each) => each.taken).reduce(unionOfRuns, NO_RUNS)
      const parts = [
        { runs: taken, color: DARK },
        { runs: this.#host.promised(added, false).runs, color: this.#host.color },
      ]
      this.#host.showGhost({ area: ghostArea(size, parts), lines: null })
      if (this.#isApplyWanted) this.apply()
    })
  }

  #compute({ shape, amountPx }: ReshapingView): Promise<Reshaped[]> {
    const { document } = this.#host.task
    const { size } = document
    const records = this.#keys
      .map((key) => document.objects.find(key))
      .filter((record) => record !== undefined)
    return Promise.all(
      records.map(async (record) => {
        const runs = document.runsOf(record)
        const request = { call: 'reshape', shape, amountPx, runs, size } as const
        const now = await this.#computer.run<'reshape'>(request)
        return { record, added: differenceOfRuns(now, runs), taken: differenceOfRuns(runs, now) }
      }),
    )
  }
}
