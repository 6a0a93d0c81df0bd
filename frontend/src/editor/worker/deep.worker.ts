/** Keeps one deep image, and makes what is shown of it off the main thread. */
import { decodeDeepPng } from '../display/deep-png'
import { halved, type LevelWindow, PictureCanvas, picture, type Samples } from '../display/window'
import type { LiveView } from '../render/image-source'

export type DeepCall =
  | { readonly call: 'open'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly call: 'show'; readonly level: number; readonly window: LevelWindow }
  | { readonly call: 'attach'; readonly canvas: OffscreenCanvas }
  | { readonly call: 'live'; readonly view: LiveView; readonly window: LevelWindow }
export type DeepReply =
  | { readonly call: 'open'; readonly width: number; readonly height: number }
  | { readonly call: 'show'; readonly bitmap: ImageBitmap }
  | { readonly call: 'live' }
  | { readonly call: 'failed'; readonly message: string }

interface WorkerScope {
  onmessage: ((event: MessageEvent<DeepCall>) => void) | null
  postMessage(reply: DeepReply, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope
const levels: Samples[] = []
/** Goes to the screen by itself. */
let screen: OffscreenCanvas | null = null
/** Kept while the window moves. */
let moving: { readonly level: number; readonly canvas: PictureCanvas } | null = null

scope.onmessage = ({ data }) => {
  answer(data).catch((error: unknown) =>
    scope.postMessage({
      call: 'failed',
      message: error instanceof Error ? error.message : `${error}`,
    }),
  )
}

async function answer(request: DeepCall): Promise<void> {
  switch (request.call) {
    case 'open': {
      const image = await decodeDeepPng(request.bytes)
      levels.push(image)
      scope.postMessage({ call: 'open', width: image.width, height: image.height })
      break
    }
    case 'show': {
      moving = null
      const bitmap = picture(levelAt(request.level), request.window)
      scope.postMessage({ call: 'show', bitmap }, [bitmap])
      break
    }
    case 'attach':
      screen = request.canvas
      break
    case 'live':
      drawLive(request.view, request.window)
      scope.postMessage({ call: 'live' })
  }
}

/** As the page draws it from a picture of the level, so that nothing changes when the window rests. */
function drawLive(view: LiveView, window: LevelWindow): void {
  const [full] = levels
  const context = screen?.getContext('2d')
  if (!screen || !context || !full) return
  const samples = levelAt(view.level)
  if (moving?.level !== view.level) {
    moving = { level: view.level, canvas: new PictureCanvas(samples) }
  }
  if (screen.width !== view.width) screen.width = view.width
  if (screen.height !== view.height) screen.height = view.height
  const scaleX = samples.width / full.width
  const scaleY = samples.height / full.height
  context.imageSmoothingEnabled = view.smoothing !== 'none'
  if (view.smoothing !== 'none') context.imageSmoothingQuality = view.smoothing
  context.clearRect(0, 0, view.width, view.height)
  context.drawImage(
    moving.canvas.drawn(samples, window),
    view.x * scaleX,
    view.y * scaleY,
    view.columns * scaleX,
    view.rows * scaleY,
    view.toX,
    view.toY,
    view.toWidth,
    view.toHeight,
  )
}

function levelAt(wanted: number): Samples {
  for (let level = levels.length; level <= wanted; level++) {
    const finer = levels[level - 1]
    if (!finer) throw new Error('No image is open.')
    const { samples, width, height } = finer
    levels.push({
      width: Math.ceil(width / 2),
      height: Math.ceil(height / 2),
      samples: halved(samples, width, height),
    })
  }
  const found = levels[wanted]
  if (!found) throw new Error('No image is open.')
  return found
}
