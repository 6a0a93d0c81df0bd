export { Drawn } from './Drawn'
export { InsightsPage } from './InsightsPage'
export { type Records, ReportCard } from './ReportCard'
export { beginOf, PERIODS, type Period } from './spans'
