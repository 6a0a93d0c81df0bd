export { Drawn } from './Drawn'
export { InsightsPage } from './InsightsPage'
export { type Records, ReportCard } from './ReportCard'
export { useSpan } from './use-span'
