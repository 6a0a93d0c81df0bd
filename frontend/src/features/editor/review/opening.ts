import type { QueryClient } from '@tanstack/react-query'
import { labelVersionQuery } from '@/api/assets'
import { ApiProblem } from '@/api/problems'
import type { NextTask } from '@/api/types'
import { savedVersion } from '../history/saved-version'
import { Comparison } from './comparison'
import { ReviewDesk, type ReviewDeskParts } from './review-desk'
import { isSameLabel } from './same-label'

type Parts = Omit<ReviewDeskParts, 'comparison' | 'isAsHandedIn'> & { queryClient: QueryClient }

/** What the page of a reviewer has besides; labelers never load it. */
export function openReview({ queryClient, ...parts }: Parts): ReviewDesk {
  const isAsHandedIn = async ({ task, label }: NextTask): Promise<boolean> => {
    const subjectId = task.subject_version_id
    if (subjectId === null) return false
    try {
      const handedIn = await queryClient.fetchQuery(labelVersionQuery(subjectId))
      return isSameLabel(savedVersion(handedIn), label)
    } catch (error) {
      if (error instanceof ApiProblem) return false
      throw error
    }
  }
  return new ReviewDesk({ ...parts, isAsHandedIn, comparison: new Comparison(queryClient) })
}
