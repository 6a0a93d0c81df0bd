import './review.css'
import { useEffect, useRef } from 'react'
import { t } from '@/i18n'
import type { Desk } from '../desk'
import { useReadable } from '../hooks'
import { ComparePainter } from './compare-painter'
import type { Comparison } from './comparison'

/** An earlier version over the canvas. It follows the view without React. */
export function CompareLayer({ desk, comparison }: { desk: Desk; comparison: Comparison }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { editor, workbench } = desk
  const { mode } = useReadable(comparison.look)
  const { compared } = useReadable(comparison.view)
  useEffect(() => {
    if (canvas.current === null) return
    const painter = new ComparePainter(canvas.current, { editor, workbench, comparison })
    return () => painter.dispose()
  }, [editor, workbench, comparison])
  return (
    <div className="compare-layer">
      <canvas ref={canvas} className="compare-layer__canvas" />
      {mode === 'wipe' && compared !== null && (
        <Curtain comparison={comparison} number={compared.earlier.number} />
      )}
      {mode === 'blink' && compared !== null && (
        <Turns comparison={comparison} number={compared.earlier.number} />
      )}
    </div>
  )
}

/** Slow enough for eyes that flashing light harms, quick enough to see what jumps. */
const TURN_MS = 700

/** Which of two versions stands there; they take turns. */
function Turns({ comparison, number }: { comparison: Comparison; number: number }) {
  const { isEarlierOn } = useReadable(comparison.look)
  useEffect(() => {
    const swap = () => comparison.change({ isEarlierOn: !comparison.look.get().isEarlierOn })
    const timer = setInterval(swap, TURN_MS)
    return () => clearInterval(timer)
  }, [comparison])
  return (
    <span className="compare-layer__turn">
      {isEarlierOn ? t('Version {number}', { number }) : t('In review')}
    </span>
  )
}

const STEP = 0.02

/** The edge between two versions, to be dragged, or moved with the arrow keys. */
function Curtain({ comparison, number }: { comparison: Comparison; number: number }) {
  const { wipe } = useReadable(comparison.look)
  const move = (to: number) => comparison.change({ wipe: Math.max(0, Math.min(1, to)) })
  const percent = Math.round(wipe * 100)
  return (
    <div
      className="curtain"
      role="slider"
      tabIndex={0}
      aria-label={t('Version {number} left of here, the label in review right of here', { number })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${percent} %`}
      style={{ left: `${wipe * 100}%` }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const view = event.currentTarget.parentElement?.getBoundingClientRect()
        if (view !== undefined) move((event.clientX - view.left) / view.width)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        event.preventDefault()
        move(wipe + (event.key === 'ArrowLeft' ? -STEP : STEP))
      }}
    >
      <span className="curtain__name" data-side="left">
        {t('Version {number}', { number })}
      </span>
      <span className="curtain__name" data-side="right">
        {t('In review')}
      </span>
    </div>
  )
}
