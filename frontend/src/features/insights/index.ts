export { InsightsPage } from './InsightsPage'
