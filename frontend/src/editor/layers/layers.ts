import type { ClassList } from '../class-list'
import type { LabelDocument } from '../document/document'
import type { Protection } from '../document/protection'
import { type Message, message } from '../message'
import { StableList } from '../object-views'
import type { ObjectKey } from '../types'

/** A layer that the ontology or some object uses. */
export interface LayerView {
  readonly layer: number
  readonly objectCount: number
  readonly isHidden: boolean
  /** All others are hidden. */
  readonly isSolo: boolean
}

interface LayersSpace {
  readonly hasTask: boolean
  readonly task: { readonly document: LabelDocument; readonly protection: Protection }
  readonly classes: ClassList
  change<T>(perform: () => T): T
  touch(): void
  step(label: Message, perform: () => void): void
}

/** Which layers are shown: a matter of view, not undone and not saved. */
export class Layers {
  readonly #space: LayersSpace
  readonly #list = new StableList<LayerView>()

  constructor(space: LayersSpace) {
    this.#space = space
  }

  setHidden(layer: number, isHidden: boolean): void {
    this.#edit((hidden) => {
      if (isHidden) hidden.add(layer)
      else hidden.delete(layer)
    })
  }

  /** Shows this layer alone; all of them again where it was alone already. */
  solo(layer: number): void {
    const isSolo = this.list().some((view) => view.layer === layer && view.isSolo)
    const others = this.list().filter((view) => view.layer !== layer)
    this.#edit((hidden) => {
      hidden.clear()
      if (!isSolo) for (const other of others) hidden.add(other.layer)
    })
  }

  /** Moves objects; a pixel that is taken there stays whose it is. */
  move(keys: Iterable<ObjectKey>, layer: number): void {
    const { document } = this.#space.task
    this.#space.change(() =>
      this.#space.step(message('Move to layer'), () => {
        for (const key of keys) document.changeLayer(key, layer)
      }),
    )
  }

  list(): readonly LayerView[] {
    const counts = new Map<number, number>(this.#space.classes.all.map(({ layer }) => [layer, 0]))
    const task = this.#space.hasTask ? this.#space.task : null
    for (const { layer } of task?.document.objects.all() ?? []) {
      counts.set(layer, (counts.get(layer) ?? 0) + 1)
    }
    const isHidden = (layer: number) => task?.protection.hiddenLayers.has(layer) ?? false
    const shown = Array.from(counts.keys()).filter((layer) => !isHidden(layer))
    const views = Array.from(counts, ([layer, objectCount]) => ({
      layer,
      objectCount,
      isHidden: isHidden(layer),
      isSolo: counts.size > 1 && shown.length === 1 && shown[0] === layer,
    }))
    return this.#stable(views.sort((a, b) => a.layer - b.layer))
  }

  #stable(views: readonly LayerView[]): readonly LayerView[] {
    const before = this.#list.current
    return this.#list.update(
      views.map((view, index) => {
        const known = before[index]
        return known && isSame(known, view) ? known : view
      }),
    )
  }

  #edit(perform: (hidden: Set<number>) => void): void {
    this.#space.change(() => {
      perform(this.#space.task.protection.hiddenLayers)
      this.#space.touch()
    })
  }
}

function isSame(a: LayerView, b: LayerView): boolean {
  return (
    a.layer === b.layer &&
    a.objectCount === b.objectCount &&
    a.isHidden === b.isHidden &&
    a.isSolo === b.isSolo
  )
}
