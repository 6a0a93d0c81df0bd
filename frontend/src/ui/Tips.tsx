import './overlay.css'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Kbd } from './Kbd'
import { type Tip, watchTips } from './tips'

const GAP_PX = 6
const MARGIN_PX = 8

/** Stands once in the page and shows the tip of whatever has one. */
export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => watchTips(document, setTip), [])
  return tip === null ? null : <Bubble tip={tip} />
}

function Bubble({ tip: { element, text, keys } }: { tip: Tip }) {
  const bubble = useRef<HTMLDivElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    if (bubble.current !== null) place(bubble.current, element)
    element.setAttribute('aria-describedby', id)
    return () => element.removeAttribute('aria-describedby')
  }, [element, id])
  return (
    <div className="tooltip tooltip--plain" role="tooltip" id={id} ref={bubble}>
      {text}
      {keys !== null && <Kbd>{keys}</Kbd>}
    </div>
  )
}

/** Below its element, or beside it with `data-tip="right"`; never out of the window. */
function place(bubble: HTMLElement, element: HTMLElement): void {
  const around = element.getBoundingClientRect()
  const { width, height } = bubble.getBoundingClientRect()
  const isBeside = element.dataset.tip === 'right'
  const left = isBeside ? around.right + GAP_PX : (around.left + around.right - width) / 2
  const below = around.bottom + GAP_PX
  const isRoomBelow = below + height + MARGIN_PX <= innerHeight
  const beyond = isRoomBelow ? below : around.top - GAP_PX - height
  const top = isBeside ? (around.top + around.bottom - height) / 2 : beyond
  bubble.style.left = `${within(left, innerWidth - width)}px`
  bubble.style.top = `${within(top, innerHeight - height)}px`
}

function within(start: number, room: number): number {
  return Math.max(MARGIN_PX, Math.min(start, room - MARGIN_PX))
}
