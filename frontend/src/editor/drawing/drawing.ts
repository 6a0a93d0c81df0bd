import type { LabelDocument } from '../document/document'
import type { BrushTip } from '../geometry/stroke'
import type { Keyboard } from '../keyboard'
import type { DrawMode, ObjectKey, ToolId } from '../types'
import type { Frame } from './frame'

/** How strokes are made, as far as it is a matter of settings. */
export interface DrawingView {
  readonly tip: BrushTip
  /** The pen's pressure changes the size of the brush. */
  readonly isPressureOn: boolean
  /** A pen that tells its pressure has been seen. */
  readonly hasPen: boolean
  /** Points of outlines go to borders and to the image's edge that are near. */
  readonly isSnapOn: boolean
  /** How far around the grabbed place a shared border follows, in image pixels. */
  readonly borderRadiusPx: number
  /** Bends of an outline smaller than this get no point of their own; 0 is exact. */
  readonly tolerancePx: number
  /** What "draw inside" keeps within. */
  readonly frame: Frame | null
  /** Held: everything but the active object is protected. */
  readonly isProtecting: boolean
}

/** What the page may set. */
export interface DrawingControls {
  setTip(tip: BrushTip): void
  setPressure(isOn: boolean): void
  setSnap(isOn: boolean): void
  setBorderRadius(radiusPx: number): void
  setTolerance(tolerancePx: number): void
  setFrame(frame: Frame): void
  /** The selected object becomes what the straight lines between its points hold. */
  simplifyOutline(): void
  /** The size of the tool in hand, one step smaller or larger. */
  nudgeSize(direction: 1 | -1): void
}

/** What the settings need of the workspace. */
export interface DrawingHost {
  readonly hasTask: boolean
  readonly document: LabelDocument
  readonly activeClassId: string | null
  readonly keyboard: Keyboard
  readonly toolbox: { readonly current: ToolId }
  readonly outlines: { simplify(): void }
  select(keys: Iterable<ObjectKey>): void
  change<T>(perform: () => T): T
  touch(): void
}

const MAX_BRUSH_PX = 2000
const MAX_BORDER_RADIUS_PX = 300
const MAX_TOLERANCE_PX = 20

/** Settings of the drawing tools; they outlive the task. */
export class Drawing implements DrawingControls {
  readonly #host: DrawingHost
  #mode: DrawMode = 'over'
  #brushSizePx = 24
  #view: DrawingView = {
    tip: 'round',
    isPressureOn: false,
    hasPen: false,
    isSnapOn: true,
    borderRadiusPx: 64,
    tolerancePx: 1,
    frame: null,
    isProtecting: false,
  }

  constructor(host: DrawingHost) {
    this.#host = host
  }

  /** The same object until a setting changes. */
  get view(): DrawingView {
    const isProtecting = this.isProtecting
    if (this.#view.isProtecting !== isProtecting) this.#view = { ...this.#view, isProtecting }
    return this.#view
  }

  get mode(): DrawMode {
    return this.#mode
  }

  get brushSizePx(): number {
    return this.#brushSizePx
  }

  get isProtecting(): boolean {
    return this.#host.keyboard.isHeld('protect')
  }

  get frame(): Frame | null {
    return this.#view.frame
  }

  setTip(tip: BrushTip): void {
    this.#set({ tip })
  }

  setPressure(isPressureOn: boolean): void {
    this.#set({ isPressureOn })
  }

  penSeen(): void {
    if (!this.#view.hasPen) this.#set({ hasPen: true })
  }

  setSnap(isSnapOn: boolean): void {
    this.#set({ isSnapOn })
  }

  setBorderRadius(radiusPx: number): void {
    this.#set({ borderRadiusPx: whole(radiusPx, 2, MAX_BORDER_RADIUS_PX) })
  }

  setTolerance(tolerancePx: number): void {
    const rounded = Math.round(tolerancePx * 2) / 2
    this.#set({ tolerancePx: Math.max(0, Math.min(MAX_TOLERANCE_PX, rounded)) })
  }

  setFrame(frame: Frame): void {
    this.#set({ frame })
  }

  simplifyOutline(): void {
    this.#host.change(() => this.#host.outlines.simplify())
  }

  setBrushSize(sizePx: number): void {
    this.#brushSizePx = whole(sizePx, 1, MAX_BRUSH_PX)
    this.#set({})
  }

  /** Diameter of what the tool in hand covers, or null where it has no size. */
  get tipSizePx(): number | null {
    switch (this.#host.toolbox.current) {
      case 'brush':
      case 'eraser':
        return this.#brushSizePx
      case 'border':
        return 2 * this.#view.borderRadiusPx
      default:
        return null
    }
  }

  setTipSize(sizePx: number): void {
    if (this.#host.toolbox.current === 'border') this.setBorderRadius(sizePx / 2)
    else this.setBrushSize(sizePx)
  }

  nudgeSize(direction: 1 | -1): void {
    const sizePx = this.tipSizePx
    if (sizePx === null) return
    const unit = this.#host.toolbox.current === 'border' ? 2 : 1
    this.setTipSize(nextSize(sizePx / unit, direction) * unit)
  }

  /**
   * Inside is inside of what is selected when the mode is chosen: it is let go, so that the next
   * stroke begins a new object there. Leaving the mode takes it up again.
   */
  chooseMode(mode: DrawMode): void {
    if (mode === this.#mode) return
    const before = this.#mode
    this.#mode = mode
    if (mode === 'inside') this.#enterFrame()
    else if (before === 'inside') this.#leaveFrame()
    this.#set({})
  }

  #enterFrame(): void {
    if (!this.#host.hasTask) return
    const { activeObject, objects } = this.#host.document
    const { frame } = this.#view
    const isThere = frame && (frame.kind === 'class' || objects.find(frame.key) !== undefined)
    if (activeObject) {
      this.#view = { ...this.#view, frame: { kind: 'object', key: activeObject.key } }
      this.#host.select([])
    } else if (!isThere && this.#host.activeClassId !== null) {
      const { activeClassId } = this.#host
      this.#view = { ...this.#view, frame: { kind: 'class', classId: activeClassId } }
    }
  }

  #leaveFrame(): void {
    const { frame } = this.#view
    if (!this.#host.hasTask || frame?.kind !== 'object') return
    const { document } = this.#host
    if (document.selection.length === 0) this.#host.select([frame.key])
  }

  #set(part: Partial<DrawingView>): void {
    this.#host.change(() => {
      this.#view = { ...this.#view, ...part }
      this.#host.touch()
    })
  }
}

/** Whole pixels near the hand's sense of size: steps of about a fifth. */
function nextSize(sizePx: number, direction: 1 | -1): number {
  return sizePx + direction * Math.max(1, Math.round(sizePx * 0.2))
}

function whole(value: number, smallest: number, largest: number): number {
  return Math.max(smallest, Math.min(largest, Math.round(value)))
}
