import { describe, expect, it } from 'vitest'
import { LabelDocument } from '../document/document'
import { snapshotAll } from '../document/snapshots'
import { decodeObjects } from '../labelmap/decode-objects'
import { encodeBitmap } from '../masks/bitmap'
import { MaskError } from '../masks/errors'
import { createMaskWorker, WorkerFailed } from './client'
import { encodeLayerJob } from './inline-encoder'
import type { WorkerCall } from './protocol'

type Scope = { onmessage: (event: { data: WorkerCall }) => void; postMessage: unknown }

/** A thread's worth of the platform: runs the worker's own code when a message arrives. */
async function platformWorker(): Promise<Worker> {
  await import('./mask.worker')
  const scope = globalThis as unknown as Scope
  const handle = scope.onmessage
  const worker = {
    onmessage: (_event: unknown): void => {},
    onerror: (_event: unknown): void => {},
    terminate: () => undefined,
    postMessage: (data: WorkerCall) => {
      scope.postMessage = (reply: unknown) => worker.onmessage({ data: structuredClone(reply) })
      queueMicrotask(() => handle({ data: structuredClone(data) }))
    },
  }
  return worker as unknown as Worker
}

const BITMAP = { width: 3, height: 2, pixels: Uint8Array.from([0, 1, 1, 0, 1, 0]) }

describe('the mask worker', () => {
  it('encodes and decodes as the page does', async () => {
    const worker = await platformWorker()
    const client = createMaskWorker(() => worker)
    const rle = await client.encodeBitmap(3, 2, BITMAP.pixels.slice())
    expect(rle).toEqual(encodeBitmap(BITMAP))
    expect(await client.decodeBitmap(rle)).toEqual(BITMAP.pixels)
    const job = { width: 3, height: 2, tiles: [{ index: 0, tile: 7 }], ids: [7] }
    expect(await client.encode(job)).toEqual(encodeLayerJob(job))
  })

  it('leaves the tiles that it encodes to the document', async () => {
    const worker = await platformWorker()
    const client = createMaskWorker(() => worker)
    const tile = new Uint16Array(256 * 256).fill(3, 0, 2)
    const tiles = Array.from({ length: 40 }, (_, index) => ({ index, tile }))
    const job = { width: 256 * 40, height: 256, tiles, ids: [3] }
    expect(await client.encode(job)).toEqual(encodeLayerJob(job))
    expect(tile).toHaveLength(256 * 256)
  })

  it('makes the tiles of a task ahead, as opening it would', async () => {
    const worker = await platformWorker()
    const client = createMaskWorker(() => worker)
    const size = { width: 600, height: 300 }
    const pixels = new Uint8Array(size.width * size.height).fill(1, 90_000, 120_000)
    const mask = encodeBitmap({ ...size, pixels })
    const sources = [{ key: 'a', classId: 'car', layer: 1, mask }]
    const decoded = await client.decodeObjects(size, sources)
    expect(decoded.layers).toEqual(decodeObjects(size, sources))
    const ahead = LabelDocument.load(size, sources, {}, decoded)
    expect(snapshotAll(ahead)).toEqual(snapshotAll(LabelDocument.load(size, sources)))
  })

  it('rejects a bad mask with the fault it has', async () => {
    const worker = await platformWorker()
    const client = createMaskWorker(() => worker)
    await expect(client.decodeBitmap({ size: [2, 3], counts: '9' })).rejects.toMatchObject({
      name: MaskError.name,
      fault: 'sum',
    })
  })

  it('rejects what it owes when the thread dies, and all that comes after', async () => {
    const worker = await platformWorker()
    const client = createMaskWorker(() => worker)
    const owed = client.encode({ width: 1, height: 1, tiles: [], ids: [] })
    worker.onerror?.({ message: 'out of memory' } as ErrorEvent)
    await expect(owed).rejects.toThrow(WorkerFailed)
    await expect(client.encode({ width: 1, height: 1, tiles: [], ids: [] })).rejects.toThrow(
      'out of memory',
    )
  })
})
