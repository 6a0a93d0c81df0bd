import { type ReactNode, useMemo } from 'react'
import { Plot } from '@/ui/Plot'
import type { Records } from './ReportCard'

interface DrawnProps {
  label: string
  records: Records
  children: (records: Records) => Parameters<typeof Plot>[0]['options']
}

/** Draws the records again only where they changed. */
export function Drawn({ label, records, children }: DrawnProps): ReactNode {
  const drawing = JSON.stringify(records)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the records' text stands for them and for how they are drawn
  const options = useMemo(() => children(JSON.parse(drawing) as Records), [drawing])
  return <Plot label={label} options={options} />
}
