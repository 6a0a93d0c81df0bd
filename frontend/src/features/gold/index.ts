export { AttemptDialog } from './AttemptDialog'
export { FeedbackNotice } from './FeedbackNotice'
export { GoldPanel } from './GoldPanel'
export { UseAsGold } from './UseAsGold'
