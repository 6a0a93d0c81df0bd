import {
  drawFrames,
  type Editor,
  type ImageSource,
  type SourceRect,
  type ViewportState,
} from '@/editor'
import { paintDifference, paintedSize, paintVersion } from '@/features/differences'
import type { EngineWorkbench } from '../workbench'
import type { Compared, Comparison, ComparisonLook } from './comparison'

/** Behind the image, as the editor's own ground. */
const GROUND = '#161616'

interface PainterParts {
  editor: Editor
  workbench: EngineWorkbench
  comparison: Comparison
}

/** Draws an earlier version over the canvas: its differences, or itself, left of the curtain or for a
 *  moment. */
export class ComparePainter {
  private readonly canvas: HTMLCanvasElement
  private readonly parts: PainterParts
  private readonly pictures = new Pictures()
  private readonly stops: (() => void)[]
  private frame: number | null = null

  constructor(canvas: HTMLCanvasElement, parts: PainterParts) {
    this.canvas = canvas
    this.parts = parts
    const { editor, comparison } = parts
    const sources = [editor.viewport, comparison.view, comparison.look]
    this.stops = sources.map((source) => source.subscribe(() => this.schedule()))
    this.schedule()
  }

  dispose(): void {
    for (const stop of this.stops) stop()
    if (this.frame !== null) cancelAnimationFrame(this.frame)
  }

  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null
      this.draw()
    })
  }

  private draw(): void {
    const { editor, comparison, workbench } = this.parts
    const { viewport, size } = editor.viewport.getSnapshot()
    const context = this.prepared(size)
    const look = comparison.look.get()
    const { compared } = comparison.view.get()
    const prepared = workbench.shown.get()
    if (context === null || compared === null || prepared === null || look.mode === 'off') return
    const { image } = prepared
    const place = (picture: CanvasImageSource) => {
      const { zoom, offsetX, offsetY } = viewport
      const { width, height, step } = paintedSize(image)
      context.imageSmoothingEnabled = false
      const [shownWidth, shownHeight] = [width * step * zoom, height * step * zoom]
      context.drawImage(picture, offsetX, offsetY, shownWidth, shownHeight)
    }
    if (look.mode === 'differences') {
      context.globalAlpha = look.opacity
      place(this.pictures.difference(compared, look, image))
      return
    }
    if (look.mode === 'blink' && !look.isEarlierOn) return
    const share = look.mode === 'wipe' ? look.wipe : 1
    context.beginPath()
    context.rect(0, 0, share * size.width, size.height)
    context.clip()
    context.fillStyle = GROUND
    context.fillRect(0, 0, size.width, size.height)
    drawImage(context, image, viewport, size)
    const { maskOpacity, objects } = editor.store.getSnapshot()
    context.globalAlpha = maskOpacity
    const colors = new Map(prepared.classes.map((row) => [row.key, colorOfRow(row)]))
    // What is the same object now has its colour of now: else all of it would seem to change.
    for (const { key, class_id } of compared.earlier.objects) {
      const now = objects.find((object) => object.key === key)
      if (now?.classId === class_id) colors.set(key, now.color)
    }
    place(this.pictures.earlier(compared, image, colors))
    context.globalAlpha = 1
    // The earlier version hides those of the label in review, and they are of the image.
    drawFrames(context, viewport, editor.scope.shown?.parts ?? [])
  }

  /** The context, empty and at the screen's resolution. */
  private prepared({ width, height }: ViewportState['size']): CanvasRenderingContext2D | null {
    const scale = devicePixelRatio
    const [deviceWidth, deviceHeight] = [Math.round(width * scale), Math.round(height * scale)]
    // Another size empties it, and so does the same one again.
    this.canvas.width = deviceWidth
    this.canvas.height = deviceHeight
    const context = this.canvas.getContext('2d')
    context?.scale(scale, scale)
    return context
  }
}

type Row = NonNullable<ReturnType<EngineWorkbench['shown']['get']>>['classes'][number]

function colorOfRow(row: Row): string {
  return row.kind === 'class' ? row.spec.color : GROUND
}

function drawImage(
  context: CanvasRenderingContext2D,
  image: ImageSource,
  { zoom, offsetX, offsetY }: ViewportState['viewport'],
  size: ViewportState['size'],
): void {
  const region = seenPart(image, { zoom, offsetX, offsetY }, size)
  const finest = Math.floor(Math.log2(1 / (zoom * devicePixelRatio)))
  const level = Math.max(0, Math.min(image.levels - 1, finest))
  context.imageSmoothingEnabled = zoom < 1
  for (const { bitmap, source, covers } of image.patches(region, level)) {
    context.drawImage(
      bitmap,
      source.x,
      source.y,
      source.width,
      source.height,
      covers.x * zoom + offsetX,
      covers.y * zoom + offsetY,
      covers.width * zoom,
      covers.height * zoom,
    )
  }
}

function seenPart(
  { width, height }: ImageSource,
  { zoom, offsetX, offsetY }: ViewportState['viewport'],
  size: ViewportState['size'],
): SourceRect {
  const left = Math.max(0, Math.floor(-offsetX / zoom))
  const top = Math.max(0, Math.floor(-offsetY / zoom))
  const right = Math.min(width, Math.ceil((size.width - offsetX) / zoom))
  const bottom = Math.min(height, Math.ceil((size.height - offsetY) / zoom))
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}

type ImageSize = Parameters<typeof paintedSize>[0]

/** Pictures of the last comparison, kept for as long as it is the same. */
class Pictures {
  private ofDifference: { key: readonly unknown[]; picture: OffscreenCanvas } | null = null
  private ofEarlier: { key: readonly unknown[]; picture: OffscreenCanvas } | null = null

  difference(compared: Compared, { hidden }: ComparisonLook, image: ImageSize): OffscreenCanvas {
    const key = [compared, hidden]
    this.ofDifference = reused(this.ofDifference, key, () =>
      paintDifference(compared.difference, image, hidden),
    )
    return this.ofDifference.picture
  }

  earlier(
    compared: Compared,
    image: ImageSize,
    colors: ReadonlyMap<string, string>,
  ): OffscreenCanvas {
    this.ofEarlier = reused(this.ofEarlier, [compared], () =>
      paintVersion(compared.earlier, image, colors),
    )
    return this.ofEarlier.picture
  }
}

function reused(
  before: { key: readonly unknown[]; picture: OffscreenCanvas } | null,
  key: readonly unknown[],
  paint: () => ImageData,
): { key: readonly unknown[]; picture: OffscreenCanvas } {
  if (before?.key.every((part, index) => part === key[index])) return before
  const pixels = paint()
  const picture = new OffscreenCanvas(pixels.width, pixels.height)
  picture.getContext('2d')?.putImageData(pixels, 0, 0)
  return { key, picture }
}
