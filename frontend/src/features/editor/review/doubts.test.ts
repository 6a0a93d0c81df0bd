import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { consensusQuery, type Difference, differenceQuery } from '@/api/reviews'
import type { LabelVersion } from '@/api/types'
import { countsFromEdges } from '@/editor/masks/rle'
import { doubtfulRegions, modelVersion } from './doubts'

const ASSET = { id: 'image', width: 64, height: 64 }

function version(id: string, origin: LabelVersion['origin'], more = {}): LabelVersion {
  return {
    id,
    origin,
    number: 1,
    kind: 'submitted',
    author: null,
    created_at: '2026-01-01T00:00:00Z',
    active_ms: 0,
    ontology_version: 1,
    is_current: true,
    objects: 0,
    ...more,
  }
}

/** The counts of a square of `side` pixels from this corner on. */
function square(left: number, top: number, side: number): string {
  const edges: number[] = []
  for (let column = left; column < left + side; column += 1) {
    edges.push(column * ASSET.height + top, column * ASSET.height + top + side)
  }
  return countsFromEdges(edges, edges.length, ASSET.width * ASSET.height)
}

const mask = (counts: string) => ({ size: [64, 64] as [number, number], counts })

describe('where a reviewer should look', () => {
  it('is what people dispute, and then where a model sees something else', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
    const nothing = { mask: mask(countsFromEdges([], 0, 64 * 64)) }
    client.setQueryData(consensusQuery('image').queryKey, {
      disputed: mask(square(2, 2, 4)),
    } as never)
    client.setQueryData(differenceQuery('agreed', 'said').queryKey, {
      added: { mask: mask(square(40, 40, 8)) },
      removed: nothing,
      relabelled: nothing,
    } as unknown as Difference)
    const versions = [version('agreed', 'consensus'), version('said', 'model')]

    const regions = await doubtfulRegions(client, { asset: ASSET, subjectId: 'agreed', versions })

    expect(regions.map(({ areaPx, bounds }) => [areaPx, bounds.left])).toEqual([
      [16, 2],
      [64, 40],
    ])
  })

  it('is nowhere where nobody else and no model looked', async () => {
    const versions = [version('own', 'human')]
    const looked = { asset: ASSET, subjectId: 'own', versions }
    expect(await doubtfulRegions(new QueryClient(), looked)).toEqual([])
  })

  it('is by what a model said last', () => {
    const earlier = version('old', 'model')
    const later = version('new', 'model', { created_at: '2026-02-01T00:00:00Z' })
    const gone = version('gone', 'model', {
      created_at: '2026-03-01T00:00:00Z',
      is_current: false,
    })
    expect(modelVersion([earlier, later, gone])?.id).toBe('new')
  })
})
