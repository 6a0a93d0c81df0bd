import { noteHand } from './idle'
import { Touches, type TouchTarget } from './touch'
import type { Disposer, Editor, PointerInput } from './types'

const RIGHT_BUTTON = 2
const ERASER_BUTTON = 5

/** Turns the host's pointer and wheel events into the editor's, every sample of fast strokes too. */
export function listenToPointer(
  host: HTMLElement,
  editor: Editor,
  view: Omit<TouchTarget, 'cancelStroke'>,
): Disposer {
  const stop = new AbortController()
  const { signal } = stop
  const place = new HostPlace(host)
  let activePointer: number | null = null
  const touches = new Touches({
    panBy: (dx, dy) => view.panBy(dx, dy),
    zoomAt: (anchor, factor) => view.zoomAt(anchor, factor),
    cancelStroke: () => {
      activePointer = null
      editor.pointerCancel()
    },
  })
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
    options: AddEventListenerOptions = {},
  ) => host.addEventListener(name, listener, { signal, ...options })

  on('pointerdown', (event) => {
    noteHand()
    place.forget()
    const input = inputFrom(place.cornerAt(event.timeStamp), event)
    if (touches.down(input)) {
      host.setPointerCapture(event.pointerId)
      return
    }
    const isKnown = event.button <= RIGHT_BUTTON || event.button === ERASER_BUTTON
    if (activePointer !== null || !isKnown) return
    activePointer = event.pointerId
    host.setPointerCapture(event.pointerId)
    if (event.button === 1) event.preventDefault()
    editor.pointerDown(input)
  })
  on('pointermove', (event) => {
    // Not the time of day: to be asked that each time is a hundredth of a stroke's frame.
    noteHand(event.timeStamp)
    const corner = place.cornerAt(event.timeStamp)
    const input = inputFrom(corner, event)
    if (touches.move(input)) return
    if (activePointer !== null && event.pointerId !== activePointer) return
    // Amid a stroke nobody else is meant: the page around it need not look at every move.
    if (activePointer !== null) event.stopPropagation()
    const samples = event.getCoalescedEvents?.() ?? []
    const isOnlyOne = samples.length < 2
    editor.pointerMove(
      input,
      isOnlyOne ? undefined : samples.map((sample) => inputFrom(corner, sample)),
    )
  })
  on('pointerup', (event) => {
    const input = inputFrom(place.cornerAt(event.timeStamp), event)
    touches.up(input)
    if (event.pointerId !== activePointer) return
    activePointer = null
    editor.pointerUp(input)
  })
  // Also where capture is lost without an up: what was half drawn must not hang on.
  for (const name of ['pointercancel', 'lostpointercapture'] as const) {
    on(name, (event) => {
      touches.up(inputOf(host, event))
      if (event.pointerId !== activePointer) return
      activePointer = null
      editor.pointerCancel()
    })
  }
  on('pointerleave', () => editor.pointerLeave())
  on('dblclick', (event) => editor.doubleClick(inputOf(host, event)))
  on('contextmenu', (event) => event.preventDefault())
  // Where the page's text is selected, browsers would drag it about and end the stroke.
  on('dragstart', (event) => event.preventDefault())
  const onWheel = (event: WheelEvent) => {
    noteHand()
    event.preventDefault()
    const { x, y } = inputOf(host, event)
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1
    const { altKey, ctrlKey } = event
    editor.wheel({ x, y, deltaY: event.deltaY * lines, altKey, ctrlKey })
  }
  on('wheel', onWheel, { passive: false })
  return () => {
    stop.abort()
    if (activePointer !== null) editor.pointerCancel()
  }
}

/** It may be this far behind, where the page around it moves while somebody draws. */
const CORNER_LASTS_MS = 250

/**
 * Where the host is in the window. To be asked, browsers work styles out at once that they would have
 * worked out with the frame: a thirtieth of a stroke's frame for each move.
 */
class HostPlace {
  readonly #host: HTMLElement
  #corner = { left: 0, top: 0 }
  #until = 0

  constructor(host: HTMLElement) {
    this.#host = host
  }

  cornerAt(ms: number): { readonly left: number; readonly top: number } {
    if (ms < this.#until) return this.#corner
    this.#until = ms + CORNER_LASTS_MS
    this.#corner = this.#host.getBoundingClientRect()
    return this.#corner
  }

  /** Another press, perhaps after what stood around it changed. */
  forget(): void {
    this.#until = 0
  }
}

function inputOf(host: HTMLElement, event: PointerEvent | MouseEvent): PointerInput {
  return inputFrom(host.getBoundingClientRect(), event)
}

function inputFrom(
  { left, top }: { readonly left: number; readonly top: number },
  event: PointerEvent | MouseEvent,
): PointerInput {
  const { button, shiftKey, altKey, ctrlKey, metaKey } = event
  const x = event.clientX - left
  const y = event.clientY - top
  const input = { x, y, button, shiftKey, altKey, ctrlKey, metaKey }
  if (!(event instanceof PointerEvent)) return input
  const { pressure, pointerId, pointerType } = event
  return { ...input, pressure, pointerId, ...kindOf(pointerType) }
}

function kindOf(pointerType: string): Pick<PointerInput, 'pointerType'> {
  const isKnown = pointerType === 'mouse' || pointerType === 'pen' || pointerType === 'touch'
  return isKnown ? { pointerType } : {}
}
