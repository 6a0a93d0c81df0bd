export { ReviewsPage } from './ReviewsPage'
export { WorkflowPage } from './WorkflowPage'
