/** Work on the image's pixels, the same in the worker and, where none starts, on the page. */
import type { Equalization } from '../display/adjustments'
import {
  type EqualizationMap,
  equalize,
  measureEqualization,
  type Placement,
} from '../display/equalize'

export type PixelJob =
  | {
      readonly call: 'measure'
      readonly bitmap: ImageBitmap
      readonly kind: Exclude<Equalization, 'none'>
    }
  | {
      readonly call: 'equalize'
      readonly bitmap: ImageBitmap
      readonly map: EqualizationMap
      readonly placement: Placement
    }

export interface PixelResults {
  measure: EqualizationMap
  equalize: ImageBitmap
}

export function performPixelJob(job: PixelJob): PixelResults[PixelJob['call']] {
  const { bitmap } = job
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser window cannot draw.')
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const image = context.getImageData(0, 0, width, height)
  switch (job.call) {
    case 'measure':
      return measureEqualization(image.data, width, height, job.kind)
    case 'equalize':
      equalize(image.data, width, height, job.map, job.placement)
      context.putImageData(image, 0, 0)
      return context.canvas.transferToImageBitmap()
  }
}
