/** What only a review needs. */

export { CompareLayer } from './CompareLayer'
export { ReviewActions } from './ReviewActions'
export { ReviewPanel } from './ReviewPanel'
