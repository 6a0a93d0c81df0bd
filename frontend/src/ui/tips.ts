/** What is said of the element that the pointer rests on, or that the keyboard came to. */
export interface Tip {
  readonly element: HTMLElement
  readonly text: string
  readonly keys: string | null
}

const REST_MS = 400
/** Who reads one tip after the other waits once. */
const WARM_MS = 500

/**
 * Watches the whole page for elements with `data-tip`, whose tip is their `aria-label` and, in
 * `data-tip-keys`, the keys that do the same. One watcher for all: a rail of thirty buttons needs no
 * thirty listeners. Returns what ends it.
 */
export function watchTips(page: Document, show: (tip: Tip | null) => void): () => void {
  const watcher = new Watcher(show)
  const controller = new AbortController()
  const options = { signal: controller.signal, capture: true, passive: true }
  page.addEventListener('pointerover', (event) => watcher.onPointerOver(event), options)
  page.addEventListener('focusin', (event) => watcher.onFocus(event), options)
  page.addEventListener('keydown', ({ key }) => key === 'Escape' && watcher.rest(), options)
  for (const end of ['pointerdown', 'pointerleave', 'focusout', 'scroll', 'wheel'] as const) {
    page.addEventListener(end, () => watcher.rest(), options)
  }
  return () => {
    controller.abort()
    watcher.rest()
  }
}

class Watcher {
  private readonly show: (tip: Tip | null) => void
  private under: HTMLElement | null = null
  private isShown = false
  private hiddenAtMs = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(show: (tip: Tip | null) => void) {
    this.show = show
  }

  onPointerOver({ target, pointerType }: PointerEvent): void {
    // A finger cannot rest on a button without pressing it.
    if (pointerType === 'touch') return
    const element = elementWithTip(target)
    if (element === this.under) return
    this.rest()
    this.under = element
    if (element === null) return
    const isWarm = performance.now() - this.hiddenAtMs < WARM_MS
    if (isWarm) this.open(element)
    else this.timer = setTimeout(() => this.open(element), REST_MS)
  }

  onFocus({ target }: FocusEvent): void {
    const element = elementWithTip(target)
    if (element === target && element?.matches(':focus-visible')) this.open(element)
  }

  rest(): void {
    clearTimeout(this.timer)
    if (!this.isShown) return
    this.isShown = false
    this.hiddenAtMs = performance.now()
    this.show(null)
  }

  private open(element: HTMLElement): void {
    clearTimeout(this.timer)
    const text = element.ariaLabel
    if (!element.isConnected || text === null || element.matches(':disabled')) return
    this.isShown = true
    this.show({ element, text, keys: element.dataset.tipKeys ?? null })
  }
}

function elementWithTip(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
}
