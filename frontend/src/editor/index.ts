/** The mask editor's public face; everything else in this folder is its own business. */

export type { Action } from './actions/action'
export type { Commands } from './actions/action-book'
export { chordsOf, defaultKeymap, keyName } from './actions/keymap'
export type { AreaControls, AreasView } from './areas/areas'
export type { Shape } from './areas/computer'
export type { ThresholdView } from './areas/threshold'
export {
  type Adjustments,
  CHANNELS,
  type ChannelView,
  type Equalization,
  GAMMA_RANGE,
} from './display/adjustments'
export type { DeepImageOffer } from './display/depth'
export type { Aid, Display, DisplaySettings } from './display/display'
export {
  DRAWN_BY_HAND,
  type Maker,
  type MakerColor,
  type Makers,
  type MaskColors,
  TOOL_NAMES,
  toolName,
} from './display/mask-colors'
export { type PixelSize, pixelSizeOf, type ScaleBar, scaleBar } from './display/pixel-size'
export type { DepthRange, LevelWindow } from './display/window'
export { UnknownObject } from './document/errors'
export type { HistoryState } from './document/history'
export type { Making } from './document/making'
export type { DrawingControls, DrawingView } from './drawing/drawing'
export type { Frame } from './drawing/frame'
export { createEditor } from './editor'
export type {
  FindingsView,
  FoundIsland,
  FoundRegion,
  Survey,
} from './findings/findings'
export type { Rect } from './geometry/rects'
export { noteHand, whenAtRest, whenIdle } from './idle'
export type { DecodedObjects } from './labelmap/decode-objects'
export type { LayerView } from './layers/layers'
export { MaskError } from './masks/errors'
export { type Message, message } from './message'
export { sayNumbersAs } from './number-words'
export type { ClipboardStore } from './operations/clipboard'
export type { ObjectOperations } from './operations/operations'
export { paletteColor } from './palette/palette'
export { bitmapSourceOf, ImageUnreadable, loadBitmapSource } from './render/bitmap-source'
export type {
  ImagePatch,
  ImageSource,
  ImageSourceEvent,
  PixelBlock,
  SourceRect,
} from './render/image-source'
export {
  createPyramidSource,
  type TiledImageSource,
  type TilePyramid,
  TileUnavailable,
} from './render/pyramid-source'
export { drawFrames } from './render/scope-view'
export type { ScopeView } from './scope/scoping'
export type { SavedStep } from './timeline/saved-steps'
export type { Timeline, TimelineStep, UnsavedSteps } from './timeline/timeline'
export type {
  ActionView,
  Attributes,
  AttributeValue,
  ClassSpec,
  ClassView,
  Disposer,
  DocumentChange,
  DrawMode,
  Editor,
  EditorOptions,
  EditorSnapshot,
  EditorStatus,
  EditorTask,
  EncodedMask,
  EncodeJob,
  HoldId,
  KeyInput,
  Keymap,
  LayerEncoder,
  LoadedObject,
  Modifiers,
  ObjectKey,
  ObjectSnapshot,
  ObjectView,
  PointerInput,
  PointerStatus,
  Readable,
  Relationship,
  Subscribable,
  ToolId,
  WheelInput,
} from './types'
export type { ViewportState } from './viewport-store'
export type { WatchedChange, Watching } from './watching/watching'
export { createMaskWorker } from './worker/client'
export { prepareToDecode } from './worker/image-client'
