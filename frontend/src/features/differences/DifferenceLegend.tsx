import './differences.css'
import type { Difference } from '@/api/reviews'
import { t } from '@/i18n'
import { formatNumber } from '@/ui/quantities'
import { type DifferenceKind, KINDS } from './kinds'

interface DifferenceLegendProps {
  difference: Difference
  hidden: ReadonlySet<DifferenceKind>
  onChange: (hidden: ReadonlySet<DifferenceKind>) => void
}

/** What each colour means, how many pixels it has, and whether it is shown. */
export function DifferenceLegend({ difference, hidden, onChange }: DifferenceLegendProps) {
  const toggle = (kind: DifferenceKind) => {
    const changed = new Set(hidden)
    if (!changed.delete(kind)) changed.add(kind)
    onChange(changed)
  }
  return (
    <ul className="difference-legend" aria-label={t('What changed')}>
      {KINDS.map(({ id, name, meaning, color }) => (
        <li key={id}>
          <label
            className="difference-legend__line"
            title={t('Pixels that are {meaning}', { meaning })}
          >
            <input type="checkbox" checked={!hidden.has(id)} onChange={() => toggle(id)} />
            <span className="difference-legend__color" style={{ background: color }} />
            <span>{name}</span>
            <output className="difference-legend__count">
              {t('{pixels} px', { pixels: formatNumber(difference[id].pixels) })}
            </output>
          </label>
        </li>
      ))}
    </ul>
  )
}
