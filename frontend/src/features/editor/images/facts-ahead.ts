import type { QueryClient } from '@tanstack/react-query'
import { assetQuery } from '@/api/assets'
import type { Asset, Id } from '@/api/types'
import type { Editor } from '@/editor'
import { levelOnScreen, tileUrlsOf } from './tiles'

/** Images that may still come: the open one and the most that are held ready. */
const REMEMBERED = 6

/**
 * Asks for what the display will want of an image besides the image, for the offline copy to keep:
 * its facts, and once a window is set on deep images, what that is seen through. What does not come
 * is asked for again by the display, and the image in eight bits stands in.
 */
export class FactsAhead {
  private readonly queryClient: QueryClient
  private readonly editor: Editor
  /** Whose depth nobody needed yet: the window may be set when they are held ready already. */
  private shallow: Id[] = []

  /** Stops listening; what is on its way comes. */
  readonly dispose: () => void

  constructor(queryClient: QueryClient, editor: Editor) {
    this.queryClient = queryClient
    this.editor = editor
    this.dispose = editor.store.subscribe(() => this.deepen())
  }

  async fetch(assetId: Id): Promise<void> {
    await this.queryClient.prefetchQuery(assetQuery(assetId))
    this.shallow = [...this.shallow, assetId].slice(-REMEMBERED)
    this.deepen()
  }

  private deepen(): void {
    const isWindowSet = this.editor.display.settings.adjustments.window !== null
    if (!isWindowSet || this.shallow.length === 0) return
    const ids = this.shallow
    this.shallow = []
    void this.fetchDepthOf(ids)
  }

  private async fetchDepthOf(ids: readonly Id[]): Promise<void> {
    for (const id of ids) {
      const asset = this.queryClient.getQueryData(assetQuery(id).queryKey)
      if (asset !== undefined) await fetchDeep(asset)
    }
  }
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
