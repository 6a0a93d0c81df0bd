import { takeEarlyImage } from '@/api/early'
import type { NextTask } from '@/api/types'
import {
  bitmapSourceOf,
  createPyramidSource,
  type ImagePatch,
  type ImageSource,
  type ImageSourceEvent,
  loadBitmapSource,
  type PixelBlock,
  type SourceRect,
  type TiledImageSource,
  TileUnavailable,
} from '@/editor'
import { t } from '@/i18n'
import { Observable } from '../session/observable'
import type { RetryableImage } from '../workbench'
import { levelOnScreen, tilesOf } from './tiles'

type TaskAsset = NextTask['asset']

/** The image did not come, or is none. The message says which. */
export class ImageUnavailable extends Error {
  override name = 'ImageUnavailable'
}

/** Resolves when the image can be shown, or when `failure` says why it cannot. */
export async function loadTaskImage(asset: TaskAsset): Promise<RetryableImage> {
  const image = new TaskImage(asset)
  await image.retry()
  return image
}

/**
 * The open task's image: one bitmap, or a pyramid of tiles for the largest. It is there from the
 * start, blank while it loads or after it failed, so that a retry needs no new document and loses
 * no history of undo.
 */
class TaskImage implements RetryableImage {
  readonly width: number
  readonly height: number
  readonly failure = new Observable<Error | null>(null)
  private readonly asset: TaskAsset
  private source: ImageSource | null = null
  /** The same, where it comes in tiles. */
  private tiled: TiledImageSource | null = null
  private stopListening: () => void = () => undefined
  private readonly listeners = new Set<(event: ImageSourceEvent) => void>()
  private readonly listening = new AbortController()

  constructor(asset: TaskAsset) {
    this.asset = asset
    this.width = asset.width
    this.height = asset.height
    const { signal } = this.listening
    globalThis.addEventListener('online', () => this.lookAgain(), { signal })
  }

  get levels(): number {
    return this.source?.levels ?? 1
  }

  async retry(): Promise<void> {
    try {
      const source = await openSource(this.asset)
      if (this.listening.signal.aborted) {
        source.dispose()
        return
      }
      this.stopListening()
      this.source?.dispose()
      this.source = source
      this.stopListening = source.subscribe((event) => this.pass(event))
      this.tiled = 'loadAhead' in source ? source : null
      this.tiled?.loadAhead(levelOnScreen(this.asset))
      this.pass({ kind: 'loaded' })
    } catch (error) {
      this.pass({ kind: 'failed', error: imageError(error) })
    }
  }

  /** The network is back: what was not to be had without it may be now. */
  private lookAgain(): void {
    if (this.failure.get() !== null) void this.retry()
    else this.tiled?.retryMissing()
  }

  patches(region: SourceRect, level: number): readonly ImagePatch[] {
    return this.source?.patches(region, level) ?? []
  }

  async *readPixels(level: number, signal: AbortSignal): AsyncIterable<PixelBlock> {
    if (this.source === null)
      throw this.failure.get() ?? new ImageUnavailable(t('The image is gone.'))
    yield* this.source.readPixels(level, signal)
  }

  subscribe(listener: (event: ImageSourceEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  dispose(): void {
    this.listening.abort()
    this.stopListening()
    this.source?.dispose()
    this.source = null
    this.tiled = null
    this.listeners.clear()
  }

  private pass(event: ImageSourceEvent): void {
    this.failure.set(event.kind === 'failed' ? imageError(event.error) : null)
    for (const listener of [...this.listeners]) listener(event)
  }
}

async function openSource({
  width,
  height,
  tiles,
  image_url,
}: TaskAsset): Promise<ImageSource | TiledImageSource> {
  if (tiles !== null) return createPyramidSource({ width, height, ...tilesOf(tiles) })
  const early = await takeEarlyImage(image_url)
  return early === null ? loadBitmapSource(await fetchImage(image_url)) : bitmapSourceOf(early)
}

async function fetchImage(url: string): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin' })
  if (response.ok) return response.blob()
  throw unavailable(response.status)
}

function unavailable(status: number): ImageUnavailable {
  return new ImageUnavailable(
    status === 404 || status === 410
      ? t('The server has no such image any more.')
      : t('The server answered with an error ({status}).', { status }),
  )
}

function imageError(error: unknown): Error {
  if (error instanceof ImageUnavailable) return error
  if (error instanceof TileUnavailable) return unavailable(error.status)
  // fetch rejects with a TypeError where nobody answered.
  if (error instanceof TypeError) return new ImageUnavailable(t('The server could not be reached.'))
  if (error instanceof Error && isUnreadable(error)) {
    return new ImageUnavailable(t('The file is not a whole image.'))
  }
  throw error
}

/** createImageBitmap rejects a tile that is no image with an error of the browser's own. */
function isUnreadable(error: Error): boolean {
  return error.name === 'ImageUnreadable' || error.name === 'InvalidStateError'
}
