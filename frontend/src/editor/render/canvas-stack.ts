import type { Disposer } from '../types'

/** The browser gives no 2D drawing context, for example because memory is exhausted. */
export class CanvasUnavailable extends Error {
  override readonly name = 'CanvasUnavailable'
  constructor() {
    super('This browser window cannot draw. Close other tabs and reload the page.')
  }
}

type CanvasName = 'image' | 'masks' | 'overlay'

/** Three canvases on top of each other in the host, as sharp as the screen. */
export class CanvasStack {
  readonly contexts: Readonly<Record<CanvasName, CanvasRenderingContext2D>>
  devicePixelRatio = 1

  constructor(host: HTMLElement) {
    const create = (name: CanvasName) => createLayer(host, name)
    this.contexts = { image: create('image'), masks: create('masks'), overlay: create('overlay') }
  }

  resize(width: number, height: number): void {
    this.devicePixelRatio = globalThis.devicePixelRatio || 1
    for (const { canvas } of Object.values(this.contexts)) {
      canvas.width = Math.max(1, Math.round(width * this.devicePixelRatio))
      canvas.height = Math.max(1, Math.round(height * this.devicePixelRatio))
    }
  }

  show(name: CanvasName, isShown: boolean): void {
    this.contexts[name].canvas.style.visibility = isShown ? 'visible' : 'hidden'
  }

  onLost(listener: (isLost: boolean) => void): Disposer {
    const stop = new AbortController()
    for (const { canvas } of Object.values(this.contexts)) {
      canvas.addEventListener('contextlost', () => listener(true), { signal: stop.signal })
      canvas.addEventListener('contextrestored', () => listener(false), { signal: stop.signal })
    }
    return () => stop.abort()
  }

  remove(): void {
    for (const { canvas } of Object.values(this.contexts)) canvas.remove()
  }
}

function createLayer(host: HTMLElement, name: CanvasName): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.dataset.layer = name
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
    pointerEvents: 'none',
  })
  const context = canvas.getContext('2d')
  if (!context) throw new CanvasUnavailable()
  host.append(canvas)
  return context
}
