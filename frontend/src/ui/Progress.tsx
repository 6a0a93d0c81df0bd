import { t } from '@/i18n'
import './feedback.css'
import type { CSSProperties } from 'react'
import { ProgressBar as AriaProgressBar } from 'react-aria-components'

interface ProgressBarProps {
  label: string
  /** 0 to 1, or null while it is not known. */
  value: number | null
  tone?: 'accent' | 'done' | 'problem'
}

export function ProgressBar({ label, value, tone = 'accent' }: ProgressBarProps) {
  return (
    <AriaProgressBar
      className="progress"
      aria-label={label}
      value={(value ?? 0) * 100}
      isIndeterminate={value === null}
      data-tone={tone}
    >
      {({ percentage }) => (
        <div className="progress__track">
          <div
            className="progress__fill"
            data-indeterminate={value === null || undefined}
            style={{ width: `${percentage ?? 30}%` }}
          />
        </div>
      )}
    </AriaProgressBar>
  )
}

export interface Segment {
  name: string
  count: number
  color: string
}

interface StackedBarProps {
  label: string
  segments: readonly Segment[]
  size?: 'sm' | 'md'
}

/** Parts of a whole in one bar; the numbers stand in its accessible name. */
export function StackedBar({ label, segments, size = 'md' }: StackedBarProps) {
  const total = segments.reduce((sum, segment) => sum + segment.count, 0)
  const words = segments
    .filter((segment) => segment.count > 0)
    .map((segment) => `${segment.count} ${segment.name.toLowerCase()}`)
  return (
    <div
      className="stacked-bar"
      data-size={size}
      role="img"
      aria-label={`${label}: ${words.join(', ') || t('nothing yet')}`}
    >
      {total > 0 &&
        segments.map((segment) =>
          segment.count > 0 ? (
            <span
              key={segment.name}
              className="stacked-bar__segment"
              style={{ flexGrow: segment.count, '--segment': segment.color } as CSSProperties}
            />
          ) : null,
        )}
    </div>
  )
}
