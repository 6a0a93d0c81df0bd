import type { QueryClient } from '@tanstack/react-query'
import { Comparison } from './comparison'
import { ReviewDesk, type ReviewDeskParts } from './review-desk'

type Parts = Omit<ReviewDeskParts, 'comparison'> & { queryClient: QueryClient }

/** What the page of a reviewer has besides; labelers never load it. */
export function openReview({ queryClient, ...parts }: Parts): ReviewDesk {
  return new ReviewDesk({ ...parts, comparison: new Comparison(queryClient) })
}
