import './plot.css'
import { type PlotOptions, plot } from '@observablehq/plot'
import { useEffect, useRef, useState } from 'react'
import { formatNumber, locale } from '@/i18n'

interface PlotProps {
  /** What the plot shows, for those who hear it; the numbers are in the table beside it. */
  label: string
  /** Keep it the same value while nothing changes: it is drawn anew with every new one. */
  options: PlotOptions
}

/** A plot as wide as its place. Colours come from the page's tokens, light or dark. */
export function Plot({ label, options }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  useEffect(() => {
    const element = frame.current
    if (element === null || width === 0) return
    const drawn = plot({
      width,
      height: 200,
      marginLeft: 44,
      // Of eleven pixels, ticks and the axis's own name need a line each.
      marginBottom: options.x?.label ? 38 : 30,
      style: {
        background: 'transparent',
        color: 'inherit',
        fontSize: '11px',
        fontFamily: 'var(--font-sans)',
      },
      ...options,
      x: { tickFormat: tick, ...options.x },
      y: { tickFormat: tick, ...options.y },
    })
    drawn.setAttribute('aria-hidden', 'true')
    element.replaceChildren(drawn)
    return () => drawn.remove()
  }, [options, width])
  return <div ref={frame} className="plot" role="img" aria-label={label} />
}

const HOUR = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })

/** What stands at a tick, as the reader writes numbers and times. */
function tick(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value, Number.isInteger(value) ? 0 : 1)
  if (!(value instanceof Date)) return String(value)
  // Of a few minutes there are ticks within each; the same minute several times says nothing.
  if (value.getSeconds() !== 0) return ''
  const isMidnight = value.getHours() === 0 && value.getMinutes() === 0
  return (isMidnight ? DAY : HOUR).format(value)
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return width
}
