/** Keeps one deep image, and makes what is shown of it off the main thread. */
import { decodeDeepPng } from '../display/deep-png'
import { halved, type LevelWindow, windowTable } from '../display/window'

export type DeepCall =
  | { readonly call: 'open'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly call: 'show'; readonly level: number; readonly window: LevelWindow }
export type DeepReply =
  | { readonly call: 'open'; readonly width: number; readonly height: number }
  | { readonly call: 'show'; readonly bitmap: ImageBitmap }
  | { readonly call: 'failed'; readonly message: string }

interface Level {
  readonly width: number
  readonly height: number
  readonly samples: Uint16Array
}

interface WorkerScope {
  onmessage: ((event: MessageEvent<DeepCall>) => void) | null
  postMessage(reply: DeepReply, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope
const levels: Level[] = []

scope.onmessage = ({ data }) => {
  answer(data).catch((error: unknown) =>
    scope.postMessage({
      call: 'failed',
      message: error instanceof Error ? error.message : `${error}`,
    }),
  )
}

async function answer(request: DeepCall): Promise<void> {
  if (request.call === 'open') {
    const image = await decodeDeepPng(request.bytes)
    levels.push(image)
    scope.postMessage({ call: 'open', width: image.width, height: image.height })
    return
  }
  const bitmap = shown(levelAt(request.level), request.window)
  scope.postMessage({ call: 'show', bitmap }, [bitmap])
}

function levelAt(wanted: number): Level {
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

function shown({ width, height, samples }: Level, window: LevelWindow): ImageBitmap {
  const table = windowTable(window)
  const image = new ImageData(width, height)
  const texels = new Uint32Array(image.data.buffer)
  for (let at = 0; at < samples.length; at++) {
    const grey = table[samples[at] as number] as number
    texels[at] = (0xff << 24) | (grey << 16) | (grey << 8) | grey
  }
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser window cannot draw.')
  context.putImageData(image, 0, 0)
  return canvas.transferToImageBitmap()
}
