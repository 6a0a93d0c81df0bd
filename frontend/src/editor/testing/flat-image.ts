/** An image made of one colour per pixel, for tools that look at colours; nothing is decoded. */
import type { AreaComputers } from '../areas/areas'
import { emptyPixels } from '../areas/pixels'
import type { ImageSource } from '../render/image-source'
import { AreaEngine } from '../worker/area-engine'

export interface FlatImage {
  readonly imageSource: ImageSource
  readonly areaComputers: AreaComputers
}

export function flatImage(
  width: number,
  height: number,
  colorAt: (x: number, y: number) => readonly [number, number, number],
): FlatImage {
  const pixels = emptyPixels({ width, height })
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.rgb.set(colorAt(x, y), 3 * (y * width + x))
  }
  const imageSource: ImageSource = {
    width,
    height,
    levels: 1,
    patches: () => [],
    readPixels: async function* () {},
    subscribe: () => () => undefined,
    dispose: () => undefined,
  }
  const computer = () => {
    const engine = new AreaEngine()
    return {
      run: async (request: Parameters<AreaEngine['perform']>[0]) => {
        // Pictures are for browsers; nobody looks at one here.
        if (request.call === 'borders') return { ...request.frame, close: () => undefined } as never
        if (request.call !== 'open') return engine.perform(request) as never
        engine.open(pixels)
        return null as never
      },
      dispose: () => undefined,
    }
  }
  return { imageSource, areaComputers: { colors: computer(), superpixels: computer() } }
}
