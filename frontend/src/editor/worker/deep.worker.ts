/** Keeps one deep image, and makes what is shown of it off the main thread. */
import { decodeDeepPng } from '../display/deep-png'
import { halved, type LevelWindow, picture, type Samples } from '../display/window'

export type DeepCall =
  | { readonly call: 'open'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly call: 'show'; readonly level: number; readonly window: LevelWindow }
export type DeepReply =
  | { readonly call: 'open'; readonly width: number; readonly height: number }
  | { readonly call: 'show'; readonly bitmap: ImageBitmap }
  | { readonly call: 'failed'; readonly message: string }

interface WorkerScope {
  onmessage: ((event: MessageEvent<DeepCall>) => void) | null
  postMessage(reply: DeepReply, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope
const levels: Samples[] = []

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
  const bitmap = picture(levelAt(request.level), request.window)
  scope.postMessage({ call: 'show', bitmap }, [bitmap])
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
