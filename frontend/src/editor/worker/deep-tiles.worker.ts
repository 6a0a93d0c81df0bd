/** Loads tiles of a deep image, keeps their samples, and makes what a window shows of them. */
import { decodeDeepPng } from '../display/deep-png'
import { type LevelWindow, picture, type Samples } from '../display/window'

export interface DeepTileCall {
  readonly id: number
  readonly url: string
  readonly window: LevelWindow
}
export type DeepTileReply =
  | { readonly id: number; readonly bitmap: ImageBitmap }
  | {
      readonly id: number
      readonly message: string
      /** Nobody answered, as without a network. */
      readonly isUnreachable: boolean
    }

interface WorkerScope {
  onmessage: ((event: MessageEvent<DeepTileCall>) => void) | null
  postMessage(reply: DeepTileReply, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope

/** Half a megabyte each; a screen needs some thirty of them. */
const MAX_TILES = 120
const tiles = new Map<string, Samples>()

scope.onmessage = ({ data: { id, url, window } }) => {
  samplesOf(url).then(
    (samples) => {
      const bitmap = picture(samples, window)
      scope.postMessage({ id, bitmap }, [bitmap])
    },
    (error: unknown) =>
      scope.postMessage({
        id,
        message: error instanceof Error ? error.message : `${error}`,
        // fetch rejects with a TypeError where nobody answered.
        isUnreachable: error instanceof TypeError,
      }),
  )
}

async function samplesOf(url: string): Promise<Samples> {
  const samples = tiles.get(url) ?? (await load(url))
  tiles.delete(url)
  tiles.set(url, samples)
  for (const oldest of tiles.keys()) {
    if (tiles.size <= MAX_TILES) break
    tiles.delete(oldest)
  }
  return samples
}

async function load(url: string): Promise<Samples> {
  const answer = await fetch(url, { credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`The server answered with an error (${answer.status}).`)
  return decodeDeepPng(new Uint8Array(await answer.arrayBuffer()))
}
