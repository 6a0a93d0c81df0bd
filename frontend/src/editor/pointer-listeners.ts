import type { Disposer, Editor, PointerInput } from './types'

/** Turns the host's pointer and wheel events into the editor's, every sample of fast strokes too. */
export function listenToPointer(host: HTMLElement, editor: Editor): Disposer {
  const stop = new AbortController()
  const { signal } = stop
  let activePointer: number | null = null
  const inputOf = (event: PointerEvent | MouseEvent): PointerInput => {
    const { left, top } = host.getBoundingClientRect()
    const { button, shiftKey, altKey, ctrlKey, metaKey } = event
    const x = event.clientX - left
    const y = event.clientY - top
    return { x, y, button, shiftKey, altKey, ctrlKey, metaKey }
  }

  host.addEventListener(
    'pointerdown',
    (event) => {
      if (activePointer !== null || event.button > 1) return
      activePointer = event.pointerId
      host.setPointerCapture(event.pointerId)
      if (event.button === 1) event.preventDefault()
      editor.pointerDown(inputOf(event))
    },
    { signal },
  )
  host.addEventListener(
    'pointermove',
    (event) => {
      if (activePointer !== null && event.pointerId !== activePointer) return
      const samples = event.getCoalescedEvents?.() ?? []
      const coalesced = samples.map(inputOf)
      editor.pointerMove(inputOf(event), coalesced.length > 0 ? coalesced : undefined)
    },
    { signal },
  )
  host.addEventListener(
    'pointerup',
    (event) => {
      if (event.pointerId !== activePointer) return
      activePointer = null
      editor.pointerUp(inputOf(event))
    },
    { signal },
  )
  // Also where capture is lost without an up: what was half drawn must not hang on.
  for (const name of ['pointercancel', 'lostpointercapture'] as const) {
    host.addEventListener(
      name,
      (event) => {
        if (event.pointerId !== activePointer) return
        activePointer = null
        editor.pointerCancel()
      },
      { signal },
    )
  }
  host.addEventListener('pointerleave', () => editor.pointerLeave(), { signal })
  host.addEventListener('dblclick', (event) => editor.doubleClick(inputOf(event)), { signal })
  host.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  host.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      const { x, y } = inputOf(event)
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1
      editor.wheel({ x, y, deltaY: event.deltaY * lines, ctrlKey: event.ctrlKey })
    },
    { signal, passive: false },
  )
  return () => {
    stop.abort()
    if (activePointer !== null) editor.pointerCancel()
  }
}
