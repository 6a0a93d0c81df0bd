import type { QueryClient } from '@tanstack/react-query'
import { consensusQuery, differenceQuery } from '@/api/reviews'
import type { Id, LabelVersion } from '@/api/types'
import { type ChangedRegion, changedRegions, regionsOfMasks } from '@/features/differences'

interface Looked {
  readonly asset: { id: Id; width: number; height: number }
  readonly subjectId: Id
  /** All versions of the image's labels. */
  readonly versions: readonly LabelVersion[]
}

/**
 * Where somebody should look though nothing changed: first what the people dispute whose labels
 * became this one, then where a model sees something else. Each with the largest region first.
 */
export async function doubtfulRegions(
  queryClient: QueryClient,
  { asset, subjectId, versions }: Looked,
): Promise<ChangedRegion[]> {
  const isAgreed = versions.some(({ origin, is_current }) => origin === 'consensus' && is_current)
  const predicted = modelVersion(versions)
  const [consensus, difference] = await Promise.all([
    isAgreed ? queryClient.fetchQuery(consensusQuery(asset.id)) : null,
    predicted === null ? null : queryClient.fetchQuery(differenceQuery(subjectId, predicted.id)),
  ])
  return [
    ...(consensus === null ? [] : regionsOfMasks([consensus.disputed.counts], asset)),
    ...(difference === null ? [] : changedRegions(difference, asset)),
  ]
}

/** What a model says of the image now; of several, what was said last. */
export function modelVersion(versions: readonly LabelVersion[]): LabelVersion | null {
  const said = versions.filter(({ origin, is_current }) => origin === 'model' && is_current)
  return said.reduce<LabelVersion | null>(
    (last, each) => (last === null || last.created_at < each.created_at ? each : last),
    null,
  )
}
