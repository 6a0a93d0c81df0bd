// What a page is asked by test_every_page.py. Runs in the page, and leaves it as it was.
(() => {
  const PARTS =
    'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]'
  const COMPOSITES =
    '[role=tablist], [role=radiogroup], [role=toolbar], [role=listbox], [role=menu], ' +
    '[role=grid], [role=treegrid], [role=tree], [role=group]'

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: false })

  const nameOf = (element) => {
    const words = element.getAttribute('aria-label') || element.textContent || element.name || ''
    return `${element.tagName.toLowerCase()} “${words.trim().slice(0, 60)}”`
  }

  const MOVING = ['transform', 'translate', 'rotate', 'scale', 'left', 'top', 'width', 'height']
  const movedSoFar = new Set()
  for (const kind of ['animationstart', 'transitionrun']) {
    addEventListener(kind, ({ target }) => {
      for (const { effect } of target.getAnimations()) {
        const takesTime = effect.getComputedTiming().duration > 1
        const properties = effect.getKeyframes().flatMap((frame) => Object.keys(frame))
        if (takesTime && MOVING.some((each) => properties.includes(each))) {
          movedSoFar.add(`${target.tagName.toLowerCase()}.${target.getAttribute('class')}`)
        }
      }
    }, true)
  }

  /** What has moved, turned or grown since the page was opened. */
  const moved = () => [...movedSoFar]

  /** Every text that somebody reads or hears, each once. */
  function texts(root) {
    const found = new Set()
    const add = (text) => {
      const plain = (text ?? '').replace(/\s+/g, ' ').trim()
      if (/\p{L}{2}/u.test(plain)) found.add(plain)
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement: parent } = walker.currentNode
      if (parent.closest('script, style, code, kbd, [translate=no]') === null) {
        add(walker.currentNode.data)
      }
    }
    const spoken = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext']
    for (const attribute of [...spoken, 'title', 'placeholder', 'alt']) {
      for (const element of root.querySelectorAll(`[${attribute}]`)) {
        if (element.closest('[translate=no]') === null) add(element.getAttribute(attribute))
      }
    }
    return [...found]
  }

  /** What reaches out of the window to the side, where nothing around it can be scrolled. */
  function overflowing() {
    const width = document.documentElement.clientWidth
    const found = []
    if (document.documentElement.scrollWidth > width) {
      found.push(`the page is ${document.documentElement.scrollWidth - width} px too wide`)
    }
    for (const element of document.querySelectorAll(PARTS)) {
      const { left, right, width: own } = element.getBoundingClientRect()
      if (own < 2 || !isShown(element) || isClippedByScroller(element)) continue
      if (right > width + 1 || left < -1) found.push(`${nameOf(element)} from ${left} to ${right}`)
    }
    return found
  }

  function isClippedByScroller(element) {
    for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) {
      const { overflowX } = getComputedStyle(outer)
      if (overflowX !== 'visible' && outer !== document.body) return overflowX !== 'clip'
    }
    return false
  }

  const LOOKS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderTopColor']

  /** How an element and what stands for it (its label, its frame) look. */
  function look(element) {
    const frame = element.closest('label, [class*=field], [role=row]')
    const outer = element.parentElement
    const around = [outer, outer?.parentElement, outer?.parentElement?.parentElement]
    const shown = [element, ...around, frame, ...(frame?.children ?? [])]
    return shown
      .filter((one) => one instanceof Element)
      .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::after')])
      .map((style) => {
        return [...LOOKS, 'backgroundColor', 'transform'].map((key) => style[key]).join()
      })
      .join(';')
  }

  const seen = new Map()
  let root = document.body

  /** Notes how each element looks while it has the focus, from now on. */
  function watchFocus() {
    seen.clear()
    const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')]
    root = dialogs.at(-1) ?? document.body
    document.addEventListener('focusin', note)
  }

  const note = ({ target }) => {
    // The components say a moment later that the keyboard is used.
    queueMicrotask(() => {
      if (document.activeElement === target) seen.set(target, look(target))
    })
  }

  /** What was not reached by the keyboard, or did not show that it has the focus. */
  async function focusFindings() {
    document.removeEventListener('focusin', note)
    const resting = new Map()
    // Twice: the one that is left last only rests while another one has the focus.
    for (const other of [...seen.keys()].slice(0, 2)) {
      other.focus()
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
      for (const one of seen.keys()) {
        if (one !== document.activeElement) resting.set(one, look(one))
      }
    }
    const found = []
    for (const element of root.querySelectorAll(PARTS)) {
      if (!isShown(element) || element.matches(':disabled, [aria-disabled=true]')) continue
      if (element.closest('[inert], [aria-hidden=true], [data-focus-scope-start]')) continue
      const isWord = element.matches('button, a') && element.offsetWidth > 1
      if (element.tabIndex < 0 && !isWord) continue
      const within = element.closest(COMPOSITES)
      const isReached =
        seen.has(element) ||
        (within !== null && [...seen.keys()].some((one) => within.contains(one)))
      if (!isReached) found.push(`Tab does not reach ${nameOf(element)}`)
      else if (seen.size > 1 && seen.has(element) && seen.get(element) === resting.get(element)) {
        found.push(`the focus does not show on ${nameOf(element)}`)
      }
    }
    return found
  }

  const reached = () => seen.size
  globalThis.audits = { texts, overflowing, watchFocus, focusFindings, reached, moved }
})()
