/** Sliders over how the image is shown: a step in every frame, as a hand on a slider makes them. */
import type { Editor } from '../src/editor'

export type Slider = 'brightness' | 'window' | 'control'

const DEEP_RANGE = { min: 0, max: 65_535, low: 0, high: 65_535 }

/** A step and its frame, so many times. The control moves a square instead. */
export async function slide(editor: Editor, slider: Slider, steps: number): Promise<void> {
  const square = document.createElement('div')
  square.style.cssText = 'position:absolute;width:40px;height:40px;background:#fff'
  if (slider === 'control') document.body.append(square)
  for (let step = 0; step < steps; step++) {
    await new Promise((done) => requestAnimationFrame(done))
    const share = (step % 40) / 40
    if (slider === 'brightness') editor.display.adjust({ brightness: 100 * share - 50 })
    else if (slider === 'window') {
      editor.display.adjust({ window: { low: 2_000 * share, high: 65_535 - 30_000 * share } })
    } else square.style.transform = `translate(${600 * share}px, 40px)`
  }
  square.remove()
}

/** Offers the open image once more in 16 bits, and waits until a window of it is on the screen. */
export async function openDeep(editor: Editor): Promise<void> {
  const { width = 0, height = 0 } = editor.store.getSnapshot().size ?? {}
  const bytes = await deepPng(width, height)
  const load = async () => bytes
  editor.display.setDeepImage({ range: DEEP_RANGE, tiles: null, load })
  editor.display.adjust({ window: { low: 0, high: 60_000 } })
}

/** A grey ramp with some texture, 16 bits a pixel. */
async function deepPng(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const rows = new Uint8Array(height * (1 + 2 * width))
  for (let y = 0; y < height; y++) {
    let at = y * (1 + 2 * width) + 1
    for (let x = 0; x < width; x++) {
      const sample = ((x * 13 + (y >> 3) * 257) & 0xffff) >>> 0
      rows[at++] = sample >> 8
      rows[at++] = sample & 255
    }
  }
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'))
  const data = new Uint8Array(await new Response(packed).arrayBuffer())
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = 16
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)
  const parts = [
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** Without its checksum, which our decoder does not ask for. */
function chunk(name: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(
    Array.from(name, (letter) => letter.charCodeAt(0)),
    4,
  )
  bytes.set(data, 8)
  return bytes
}
