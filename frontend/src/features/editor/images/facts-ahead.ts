import type { QueryClient } from '@tanstack/react-query'
import { assetQuery } from '@/api/assets'
import type { Asset, Id } from '@/api/types'
import type { Editor } from '@/editor'
import { levelOnScreen, tileUrlsOf } from './tiles'

/**
 * Asks for what the display will want of an image besides the image, for the offline copy to keep:
 * its facts, and where a window is set on deep images, what that is seen through. What does not come
 * is asked for again by the display, and the image in eight bits stands in.
 */
export async function fetchFactsAhead(
  queryClient: QueryClient,
  editor: Editor,
  assetId: Id,
): Promise<void> {
  const query = assetQuery(assetId)
  await queryClient.prefetchQuery(query)
  const asset = queryClient.getQueryData(query.queryKey)
  const isWindowSet = editor.display.settings.adjustments.window !== null
  if (isWindowSet && asset !== undefined) await fetchDeep(asset)
}

async function fetchDeep({ deep, width, height }: Asset): Promise<void> {
  if (deep === null || width === null || height === null) return
  const { url, tiles } = deep
  if (tiles === null) {
    await fetchAhead(url)
    return
  }
  const coarsest = tiles.levels.length - 1
  const finest = Math.min(coarsest, levelOnScreen({ width, height }))
  // The coarse ones first; one at a time: the open image has the line to itself otherwise.
  for (let level = coarsest; level >= finest; level--) {
    for (const tile of tileUrlsOf(tiles, level)) {
      if (!(await fetchAhead(tile))) return
    }
  }
}

/** Whether it came. */
async function fetchAhead(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { credentials: 'same-origin', priority: 'low' })
    await answer.arrayBuffer()
    return answer.ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
