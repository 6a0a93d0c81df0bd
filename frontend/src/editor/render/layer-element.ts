/** An element over the whole of its parent, which lets the pointer through to what lies below. */
export function createLayer<Tag extends 'canvas' | 'div'>(tag: Tag, name: string) {
  const element = document.createElement(tag)
  element.dataset.layer = name
  Object.assign(element.style, {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
    pointerEvents: 'none',
    overflow: 'hidden',
  })
  return element
}
