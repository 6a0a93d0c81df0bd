export { QualityPage } from './QualityPage'
