import { useEffect, useState } from 'react'
import { Hint } from './Tooltip'
import { exactTime, relativeTime } from './time'

const TICK_MS = 30_000

/** "5 min ago", the exact time on hover; it stays right while the page is open. */
export function RelativeTime({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  const time = Date.parse(at)
  return (
    <Hint text={exactTime(time)}>
      <time dateTime={at}>{relativeTime(time, Math.max(now, Date.now()))}</time>
    </Hint>
  )
}
