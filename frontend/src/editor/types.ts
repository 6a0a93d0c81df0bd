/** What the editor says to, and hears from, the page around it. Nothing here knows React or the API. */

import type { Commands } from './actions/action-book'
import type { AreaControls, AreaOptions, AreasView } from './areas/areas'
import type { Display, DisplaySettings } from './display/display'
import type { Makers } from './display/mask-colors'
import type { PixelSize } from './display/pixel-size'
import type { HistoryState } from './document/history'
import type { Making } from './document/making'
import type { DrawingControls, DrawingView } from './drawing/drawing'
import type { Facts } from './facts/facts'
import type { Link } from './facts/links'
import type { Findings, FindingsView } from './findings/findings'
import type { Surveyor } from './findings/surveyor'
import type { Rect } from './geometry/rects'
import type { DecodedObjects } from './labelmap/decode-objects'
import type { TileVersion } from './labelmap/tile-versions'
import type { Layers, LayerView } from './layers/layers'
import type { Message } from './message'
import type { ObjectOperations } from './operations/operations'
import type { ImageSource } from './render/image-source'
import type { ScopeView, Scoping } from './scope/scoping'
import type { Timeline } from './timeline/timeline'
import type { ToolView } from './tools/toolbox'

import type { ViewportState } from './viewport-store'
import type { Views } from './views/views'
import type { Watching } from './watching/watching'

/** Undoes a subscription or an attachment; calling it twice is harmless. */
export type Disposer = () => void

/** Stable name of an object: a UUID made where the object is made, never reused. */
export type ObjectKey = string

/** A COCO run-length mask: column-major, zeros first; see `masks/rle.ts`. */
export interface EncodedMask {
  readonly size: readonly [heightPx: number, widthPx: number]
  readonly counts: string
}

export type AttributeValue = string | number | boolean | readonly string[] | null
export type Attributes = Readonly<Record<string, AttributeValue>>

/** How one object stands to another, by a relation of the ontology or in free words. */
export interface Relationship {
  readonly to: ObjectKey
  /** Id of the ontology's relation; null where `name` says it. */
  readonly relation: string | null
  readonly name: string
}

/** A class of the ontology, as far as drawing needs it. */
export interface ClassSpec {
  readonly id: string
  readonly name: string
  /** `#rrggbb`; where it is missing or malformed the palette chooses one. */
  readonly color?: string
  /** One key, for example `1` or `c`. */
  readonly hotkey?: string | null
  /** Objects on one layer never overlap. */
  readonly layer?: number
  /** Every stroke of a `stuff` class goes into its one object; a `thing` has many. */
  readonly kind: 'thing' | 'stuff'
  /** Instances may cover each other: each is drawn on a layer of its own where one is free. */
  readonly overlapping?: boolean
  /** The answers that a new object starts with. */
  readonly defaults?: Attributes
}

/** One labelled object, as it is loaded, saved and submitted. */
export interface ObjectSnapshot {
  readonly key: ObjectKey
  readonly classId: string
  readonly layer: number
  readonly mask: EncodedMask
  readonly attributes: Attributes
  readonly relationships: readonly Relationship[]
  readonly making: Making
}

export interface EditorTask {
  readonly width: number
  readonly height: number
  /** Other classes than the last task's, if any; told together with the rest. */
  readonly classes?: readonly ClassSpec[] | null
  /** Who or what made each object. */
  readonly makers?: Makers
  /** Null where the image could not be had: the masks stay editable and nothing is lost. */
  readonly imageSource: ImageSource | null
  readonly objects: readonly LoadedObject[]
  /** Answers about the image as a whole. */
  readonly imageAnswers?: Attributes
  /** Their tiles, where the worker made them ahead; used if they are of just these masks. */
  readonly decoded?: DecodedObjects | null
  /** The parts of the image that the task is about, where it is not about all of it. */
  readonly parts?: readonly Rect[] | null
  /** Zoom and place stay as they are where the image is as large as the last one. */
  readonly isViewKept?: boolean
}

type Optional = 'layer' | 'attributes' | 'relationships' | 'making'
export type LoadedObject = Omit<ObjectSnapshot, Optional> & Partial<Pick<ObjectSnapshot, Optional>>

/** What changed in the document; autosave sends just these objects. */
export interface DocumentChange {
  /** Objects whose pixels, class or attributes differ from before; snapshot them to send them. */
  readonly changed: ReadonlySet<ObjectKey>
  readonly deleted: ReadonlySet<ObjectKey>
  /** The answers about the image differ from before. */
  readonly isImageChanged: boolean
  /** True while a stroke is still being drawn; the same keys are reported once more at its end. */
  readonly isProvisional: boolean
}

export type ToolId =
  | 'select'
  | 'pan'
  | 'brush'
  | 'eraser'
  | 'pen'
  | 'polygon'
  | 'border'
  | 'split'
  | 'relate'
  | 'fill'
  | 'ruler'
  | 'wand'
  | 'threshold'
  | 'superpixels'
  | 'reshape'
  | 'place'
/** Over what is there, only where nothing is, or only within one object or class. */
export type DrawMode = 'over' | 'behind' | 'inside'

/** One row of the object list. */
export interface ObjectView {
  readonly key: ObjectKey
  readonly classId: string
  readonly layer: number
  /** Counts the objects of a class from 1; kept when others are deleted. */
  readonly number: number
  readonly name: string
  /** `#rrggbb`, the shade in which this object is drawn. */
  readonly color: string
  readonly isHidden: boolean
  readonly isLocked: boolean
  readonly isSelected: boolean
  readonly areaPx: number
  readonly attributes: Attributes
  readonly relationships: readonly Relationship[]
  readonly making: Making
}

export interface ClassView {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly hotkey: string | null
  readonly kind: 'thing' | 'stuff'
  readonly layer: number
  readonly overlapping: boolean
  readonly isActive: boolean
  readonly isLocked: boolean
}

export interface ActionView {
  readonly id: string
  readonly label: Message
  readonly icon: string
  /** As the keymap writes them: `Mod+Shift+Z`, `[`, `B`. */
  readonly shortcuts: readonly string[]
  readonly isEnabled: boolean
  readonly isChecked: boolean
}

/** `empty`: no task · `ready` · `image-failed`: masks can be edited, the image is not to be seen ·
 *  `context-lost`: the browser took the canvas away; it is drawn again when it gives it back. */
export type EditorStatus = 'empty' | 'ready' | 'image-failed' | 'context-lost'

/** Changes when the document, the tool or a setting does: not with every pointer move. */
export interface EditorSnapshot extends ToolView {
  readonly status: EditorStatus
  readonly size: { readonly width: number; readonly height: number } | null
  /** What the tool's state lets one do: "Drag to paint · Alt erases". */
  readonly hint: Message
  /** Why the last stroke did nothing, for example that the object is locked. */
  readonly notice: Message | null
  /** What was done, where nothing on screen shows it, for example that something was copied. */
  readonly told: Message | null
  readonly isErasing: boolean
  readonly brushSizePx: number
  readonly drawMode: DrawMode
  readonly drawing: DrawingView
  readonly maskOpacity: number
  readonly display: DisplaySettings
  readonly visibility: 'all' | 'image-only' | 'labels-only'
  readonly classes: readonly ClassView[]
  readonly activeClassId: string | null
  readonly objects: readonly ObjectView[]
  readonly selectedKeys: readonly ObjectKey[]
  readonly imageAnswers: Attributes
  readonly areas: AreasView
  readonly layers: readonly LayerView[]
  /** The keys in force; another value where the page has set others. */
  readonly keymap: Keymap
  readonly findings: FindingsView
  /** The parts that the task is about; null: the whole image. */
  readonly scope: ScopeView | null
  readonly timeline: HistoryState
  readonly undoLabel: Message | null
  readonly redoLabel: Message | null
  readonly pixelSize: PixelSize | null
  /** Counts every committed change of the document, undo and redo included. */
  readonly revision: number
}

/** Changes with every pointer move and zoom; the status bar's own store. */
export interface PointerStatus {
  /** Image pixel under the cursor, or null outside the image. */
  readonly pixel: { readonly x: number; readonly y: number } | null
  readonly objectKey: ObjectKey | null
  readonly zoomPercent: number
  /** Arrow keys move it: where it is has to be said, for it cannot be felt. */
  readonly isByKeys: boolean
}

/** Fits `useSyncExternalStore(store.subscribe, store.getSnapshot)`. */
export interface Readable<T> {
  readonly subscribe: (listener: () => void) => Disposer
  readonly getSnapshot: () => T
}

export interface Subscribable<T> {
  readonly subscribe: (listener: (event: T) => void) => Disposer
}

export interface Modifiers {
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** A pointer event in CSS pixels from the host's top left corner. */
export interface PointerInput extends Partial<Modifiers> {
  readonly x: number
  readonly y: number
  /** 0 left, 1 middle, 2 right. */
  readonly button?: number
  readonly pointerType?: 'mouse' | 'pen' | 'touch'
  readonly pressure?: number
  readonly pointerId?: number
}

export interface WheelInput extends Partial<Modifiers> {
  readonly x: number
  readonly y: number
  readonly deltaY: number
}

export interface KeyInput extends Partial<Modifiers> {
  /** As `KeyboardEvent.key`. */
  readonly key: string
  /** As `KeyboardEvent.code`; tells Shift+1 from the sign that this keyboard makes of it. */
  readonly code?: string
  readonly repeat?: boolean
}

/** Shortcuts per action, and the keys that act only while they are held. */
export interface Keymap {
  readonly actions: Readonly<Record<string, readonly string[]>>
  readonly holds: Readonly<Record<string, HoldId>>
}
export type HoldId = 'pan' | 'erase' | 'protect' | 'image-only' | 'labels-only'

export interface EditorOptions extends AreaOptions {
  readonly classes?: readonly ClassSpec[]
  readonly keymap?: Keymap
  /** Makes object keys; by default `randomId`. */
  readonly createKey?: () => ObjectKey
  /** Off the main thread where given: `createMaskWorker()`. */
  readonly encoder?: LayerEncoder
  /** The same for looking over all pixels. */
  readonly surveyor?: Surveyor
}

/** Encodes the objects of one layer; a worker in the browser, plain functions elsewhere. */
export interface LayerEncoder {
  encode(job: EncodeJob): Promise<ReadonlyMap<number, string>>
  dispose(): void
}

/** Tiles of a layer (256×256 ids, or one id for all) and the ids to encode from them. */
export interface EncodeJob {
  readonly width: number
  readonly height: number
  readonly tiles: readonly { readonly index: number; readonly tile: TileVersion }[]
  readonly ids: readonly number[]
}

export interface Editor {
  /** Replaces document, history and view. Throws `MaskError` naming the object whose mask is bad,
   *  and leaves the task that was open as it was. */
  loadTask(task: EditorTask): void
  unloadTask(): void
  setClasses(classes: readonly ClassSpec[]): void
  setKeymap(keymap: Keymap): void

  /** Puts the canvases into the host, listens to its pointer and wheel; keys stay with the page. */
  attach(host: HTMLElement): Disposer
  dispose(): void

  readonly areas: AreaControls
  readonly operations: ObjectOperations
  readonly store: Readable<EditorSnapshot>
  readonly status: Readable<PointerStatus>
  readonly changes: Subscribable<DocumentChange>
  readonly commands: Commands
  readonly timeline: Timeline
  /** Answers and relationships, as steps of undo. */
  readonly facts: Facts
  /** Two objects that were joined by a line, in its direction. */
  readonly links: Subscribable<Link>
  /** Which layers are shown. */
  readonly layers: Layers
  /** What is missing, and where. */
  readonly findings: Findings
  /** Where the image lies on screen. */
  readonly viewport: Readable<ViewportState>
  readonly drawing: DrawingControls

  /** How image and masks are shown. */
  readonly display: Display
  /** The minimap, and a second view of the image. */
  readonly views: Views
  /** A label that is only looked at, and follows what is done elsewhere. */
  readonly watching: Watching
  /** Leads through the parts that the task is about. */
  readonly scope: Scoping

  /** Exact at the time of the call. Throws `UnknownObject`. */
  snapshotObject(key: ObjectKey): ObjectSnapshot
  /** Through the encoder, off the main thread; keys that are gone meanwhile are left out. */
  snapshotObjects(keys: Iterable<ObjectKey>): Promise<ObjectSnapshot[]>
  snapshotAll(): ObjectSnapshot[]

  pointerDown(input: PointerInput): void
  /** `coalesced` holds every sample since the last move, oldest first; by default `[input]`. */
  pointerMove(input: PointerInput, coalesced?: readonly PointerInput[]): void
  pointerUp(input: PointerInput): void
  /** The browser took the pointer away: what was being drawn is taken back. */
  pointerCancel(): void
  pointerLeave(): void
  doubleClick(input: PointerInput): void
  wheel(input: WheelInput): void
  /** True where the key was used, so that the page calls `preventDefault`. */
  keyDown(input: KeyInput): boolean
  keyUp(input: KeyInput): boolean
  /** Lets go of every held key, as when the window loses focus. */
  releaseKeys(): void

  /** False where there is no such action or it is not enabled now. */
  dispatch(actionId: string): boolean
  actions(): readonly ActionView[]

  setTool(tool: ToolId): void
  setBrushSize(sizePx: number): void
  setDrawMode(mode: DrawMode): void
  /** Opacity of the fill, 0 to 1; borders stay. */
  setMaskOpacity(opacity: number): void
  /** The next stroke begins a new object of this class (or continues its one, for stuff). */
  setActiveClass(classId: string): void
  select(keys: Iterable<ObjectKey>): void
  setHidden(keys: Iterable<ObjectKey>, isHidden: boolean): void
  setLocked(keys: Iterable<ObjectKey>, isLocked: boolean): void
  setClassLocked(classId: string, isLocked: boolean): void
  deleteObjects(keys: Iterable<ObjectKey>): void
  changeClass(keys: Iterable<ObjectKey>, classId: string): void
  /** Null where the object has no pixel. */
  boundsOf(key: ObjectKey): Rect | null
  setAttributes(key: ObjectKey, attributes: Attributes): void
  undo(): boolean
  redo(): boolean

  /** Size of the view in CSS pixels; `attach` keeps it up to date by itself. */
  resize(widthPx: number, heightPx: number): void
  zoomToFit(): void
  zoomToActualPixels(): void
  zoomToObject(key: ObjectKey): void
  zoomBy(factor: number): void
}
