/** Packs texts off the main thread. */

import { type PackedText, pack, type TextToPack } from './packing'

/** The part of a worker's global scope that is used; the DOM library types the page's instead. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<TextToPack>) => void) | null
  postMessage(reply: PackedText, transfer?: ArrayBuffer[]): void
}
const scope = globalThis as unknown as WorkerScope

scope.onmessage = async ({ data: { id, text } }) => {
  const packed = await pack(text)
  scope.postMessage({ id, packed }, [packed])
}
