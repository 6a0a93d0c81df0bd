import type { DirtyRect } from '../document/document'
import type { LayerWriter } from '../labelmap/layer-writer'
import type { ObjectId } from '../labelmap/tiles'
import { Listeners } from '../listeners'
import type { Disposer } from '../types'
import { BlendLayer } from './blend-layer'
import { CanvasStack } from './canvas-stack'
import { CursorRing } from './cursor-ring'
import { DevicePlacement } from './device-placement'
import { GhostView } from './ghost-view'
import { Guides } from './guides'
import { ImageFilterLayer } from './image-filter'
import { drawImageView } from './image-view'
import { LiveLayer } from './live-layer'
import type { Pace } from './mask-tiles'
import { MaskView } from './mask-view'
import { drawOverlay } from './overlay-view'
import type { Scene } from './scene'

interface Surface {
  readonly stack: CanvasStack
  readonly masks: MaskView
  readonly ring: CursorRing
  readonly filter: ImageFilterLayer
  readonly guides: Guides
  readonly ghosts: GhostView
  readonly blend: BlendLayer
  readonly live: LiveLayer
}

/** A frame that was drawn, for those who show the scene in another place. */
export interface DrawnFrame {
  readonly scene: Scene | null
  readonly isImageNew: boolean
}

/**
 * Draws the scene into stacked canvases, at most once per animation frame, and of each canvas only
 * what changed. Without a host it does nothing, so that the editor also runs headless.
 */
export class Renderer {
  readonly #scene: () => Scene | null
  readonly #onContextLost: (isLost: boolean) => void
  readonly drawn = new Listeners<DrawnFrame>()
  #surface: Surface | null = null
  #detach: Disposer = () => undefined
  #frame = 0
  #isImageStale = true
  #isOverlayStale = true
  #afterFrame: (() => void)[] = []

  constructor(scene: () => Scene | null, onContextLost: (isLost: boolean) => void) {
    this.#scene = scene
    this.#onContextLost = onContextLost
  }

  attach(host: HTMLElement, onResize: (width: number, height: number) => void): Disposer {
    this.#detach()
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative'
    host.style.touchAction = 'none'
    // Else browsers look in each move of a stroke for text that it might select.
    host.style.userSelect = 'none'
    const stack = new CanvasStack(host)
    const surface = {
      stack,
      masks: new MaskView('waits'),
      guides: new Guides(stack.cursor, stack.masks),
      ring: new CursorRing(stack.cursor),
      filter: new ImageFilterLayer(stack.images),
      ghosts: new GhostView(stack),
      blend: new BlendLayer(stack.images),
      live: new LiveLayer(stack.images),
    }
    this.#surface = surface
    const resize = () => {
      const { clientWidth, clientHeight } = host
      // The observer also tells the size that is there when it begins.
      if (!stack.resize(clientWidth, clientHeight)) return
      onResize(clientWidth, clientHeight)
      // A canvas is empty after its size was set: it is drawn before the browser shows it.
      this.viewChanged()
      this.#draw()
    }
    const sizes = new ResizeObserver(resize)
    sizes.observe(host)
    const stopListening = stack.onLost((isLost) => {
      this.#onContextLost(isLost)
      this.reset()
    })
    resize()
    const detach = () => {
      if (this.#surface !== surface) return
      cancelAnimationFrame(this.#frame)
      this.#frame = 0
      sizes.disconnect()
      stopListening()
      stack.remove()
      this.#surface = null
      this.#runAfterFrame()
    }
    this.#detach = detach
    return detach
  }

  dispose(): void {
    this.#detach()
  }

  /** Runs once the next frame is on its way to the screen; at once where none is to come. */
  afterFrame(perform: () => void): void {
    if (!this.#surface || document.hidden) {
      perform()
      return
    }
    this.#afterFrame.push(perform)
    this.#schedule()
  }

  /** Another document, or canvases that lost what was on them. */
  reset(): void {
    this.#surface?.masks.clear()
    this.viewChanged()
  }

  viewChanged(): void {
    this.#surface?.masks.moved()
    this.#isOverlayStale = true
    this.imageChanged()
  }

  imageChanged(): void {
    this.#isImageStale = true
    this.#schedule()
  }

  overlayChanged(): void {
    this.#isOverlayStale = true
    this.#schedule()
  }

  masksChanged(dirty: readonly DirtyRect[], pace: Pace): void {
    if (!this.#surface || dirty.length === 0) return
    for (const { rect } of dirty) this.#surface.masks.invalidate(rect, pace)
    this.#schedule()
  }

  /** These ids have other colours than before: the tiles that hold them are painted anew. */
  paintChanged(
    ids: readonly ObjectId[],
    layers: readonly (readonly [number, LayerWriter])[],
  ): void {
    if (!this.#surface || ids.length === 0) return
    for (const [, { census, layer }] of layers) {
      const tiles = new Set(ids.flatMap((id) => census.tilesOf(id)))
      for (const index of tiles) this.#surface.masks.invalidate(layer.rectOfTile(index), 'in-turn')
    }
    this.#schedule()
  }

  #schedule(): void {
    if (!this.#surface || this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#draw()
      if (this.#afterFrame.length > 0) afterPainting(() => this.#runAfterFrame())
    })
  }

  #runAfterFrame(): void {
    for (const perform of this.#afterFrame.splice(0)) perform()
  }

  /** Most tools have nothing to show while the pointer only passes by. */
  #drawOverlay(scene: Scene, stack: CanvasStack): void {
    const isEmpty = scene.shapes.length === 0 && scene.scope === null
    stack.overlay.show(!isEmpty)
    if (isEmpty) stack.overlay.clear()
    else drawOverlay(stack.overlay.awake(), scene, stack.devicePixelRatio)
  }

  #draw(): void {
    if (!this.#surface) return
    const { stack, masks, ring, filter, guides, ghosts, blend, live } = this.#surface
    const scene = this.#scene()
    stack.showAll(scene !== null)
    if (!scene) {
      stack.clear()
      ring.show(null)
      guides.showCrosshair(null)
      this.drawn.emit({ scene, isImageNew: this.#isImageStale })
      return
    }
    const place = new DevicePlacement(scene.viewport, scene.view, stack.devicePixelRatio)
    // What draws itself leaves the canvas below as it is, until that is to be seen again.
    const isLive = live.show(scene, place)
    const isImageNew = this.#isImageStale && !isLive
    stack.show('image', scene.visibility !== 'labels-only')
    const isFresh = masks.takeFresh()
    filter.show(scene.imageFilter)
    blend.show(scene, place, isImageNew)
    if (isImageNew) {
      drawImageView(stack.image.awake(), scene, place)
      guides.drawGrid(scene, place)
    }
    this.#isImageStale &&= isLive
    if (masks.needsFrame && !isFresh) masks.draw(stack.cells, scene, place)
    stack.show('masks', scene.visibility !== 'image-only' && masks.isShown)
    if (this.#isOverlayStale) this.#drawOverlay(scene, stack)
    ghosts.draw(scene)
    ring.show(scene.cursor)
    guides.showCrosshair(scene.aids.crosshair ? scene.pointer : null)
    this.#isOverlayStale = false
    this.drawn.emit({ scene, isImageNew })
    if (masks.needsFrame || ghosts.needsFrame) this.#schedule()
  }
}

/** In a task of its own: within an animation frame, that is after the browser has painted it. */
function afterPainting(perform: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    perform()
  }
  port2.postMessage(null)
}
