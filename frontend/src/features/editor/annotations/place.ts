import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Editor, ViewportState } from '@/editor'

/** Keeps what is drawn in the element in its place on the image, whatever the view does. */
export function usePlacedOnImage(editor: Editor): RefObject<HTMLDivElement | null> {
  const layer = useRef<HTMLDivElement>(null)
  // After every render: new elements have no place yet.
  useLayoutEffect(() => {
    const place = () => {
      if (layer.current !== null) placeOnImage(layer.current, editor.viewport.getSnapshot())
    }
    place()
    return editor.viewport.subscribe(place)
  })
  return layer
}

/** Puts every element of the layer where on the image it says it is. */
function placeOnImage(layer: HTMLElement, { viewport }: ViewportState): void {
  const { zoom, offsetX, offsetY } = viewport
  for (const element of layer.querySelectorAll<HTMLElement>('[data-image-x]')) {
    const { imageX, imageY, imageWidth, imageHeight } = element.dataset
    const x = Number(imageX) * zoom + offsetX
    const y = Number(imageY) * zoom + offsetY
    element.style.translate = `${x}px ${y}px`
    if (imageWidth === undefined) continue
    element.style.width = `${Number(imageWidth) * zoom}px`
    element.style.height = `${Number(imageHeight) * zoom}px`
  }
  for (const line of layer.querySelectorAll<SVGLineElement>('line')) {
    const { from = '', to = '' } = line.dataset
    const [x1 = 0, y1 = 0] = from.split(' ').map(Number)
    const [x2 = 0, y2 = 0] = to.split(' ').map(Number)
    line.setAttribute('x1', String(x1 * zoom + offsetX))
    line.setAttribute('y1', String(y1 * zoom + offsetY))
    line.setAttribute('x2', String(x2 * zoom + offsetX))
    line.setAttribute('y2', String(y2 * zoom + offsetY))
  }
}
