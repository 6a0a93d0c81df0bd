import { describe, expect, it } from 'vitest'
import { BodyPacker, type PackedText, pack, type TextToPack } from './packing'

const BODY = { upserts: Array.from({ length: 200 }, (_, index) => `object ${index}`) }

async function unpacked(packed: ArrayBuffer): Promise<unknown> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text())
}

class PlatformWorker {
  onmessage: (event: { data: PackedText }) => void = () => undefined
  onerror: () => void = () => undefined
  terminate(): void {}
  postMessage({ id, text }: TextToPack): void {
    void pack(text).then((packed) => this.onmessage({ data: { id, packed } }))
  }
}

/** Takes what it is given and dies. */
class DyingWorker extends PlatformWorker {
  override postMessage(): void {
    queueMicrotask(() => this.onerror())
  }
}

const packerWith = (worker: PlatformWorker) => new BodyPacker(() => worker as unknown as Worker)

describe('packing a request’s body', () => {
  it('gives a smaller body that unpacks to the same', async () => {
    const { headers, bodySerializer } = await packerWith(new PlatformWorker()).packingOf(BODY)
    const packed = bodySerializer?.() ?? new ArrayBuffer(0)
    expect(headers).toEqual({ 'Content-Encoding': 'gzip' })
    expect(packed.byteLength).toBeLessThan(JSON.stringify(BODY).length / 2)
    expect(await unpacked(packed)).toEqual(BODY)
  })

  it('leaves what is small as it is', async () => {
    expect(await packerWith(new PlatformWorker()).packingOf({ fence: 1 })).toEqual({})
  })

  it('sends the body as it is where the worker dies, now and later', async () => {
    const packer = packerWith(new DyingWorker())
    expect(await packer.packingOf(BODY)).toEqual({})
    expect(await packer.packingOf(BODY)).toEqual({})
  })
})
