import { t } from '@/i18n'
import './feedback.css'
import { useEffect, useState } from 'react'

const PATIENCE_MS = 400

/** True once `ms` have passed since mounting: what is quicker shows no progress. */
export function usePatience(ms = PATIENCE_MS): boolean {
  const [isOver, setOver] = useState(ms === 0)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isOver
}

export function Spinner({ className = '' }: { className?: string }) {
  return (
    <svg className={`spinner ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      <circle className="spinner__track" cx="8" cy="8" r="6.25" />
      <path className="spinner__arc" d="M8 1.75a6.25 6.25 0 0 1 6.25 6.25" />
    </svg>
  )
}

/** Says that something is loading, but only after 400 ms. */
export function Loading({ label = t('Loading') }: { label?: string }) {
  const isSlow = usePatience()
  return (
    <div className="loading" role="status" aria-busy="true">
      {isSlow && (
        <>
          <Spinner />
          <span>{label}…</span>
        </>
      )}
    </div>
  )
}
