import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { assetQuery } from '@/api/assets'
import type { Asset, Id } from '@/api/types'
import { type DeepImageOffer, type Editor, pixelSizeOf } from '@/editor'
import { tilesOf } from '../images/tiles'

/** What the display needs to know of the open image besides its pixels; it comes a moment later. */
export function useAssetFacts(editor: Editor, assetId: Id | null): void {
  const { data: asset } = useQuery({ ...assetQuery(assetId ?? ''), enabled: assetId !== null })
  useEffect(() => {
    if (asset === undefined || asset.id !== assetId) return
    editor.display.setPixelSize(pixelSizeOf(asset.metadata))
    editor.display.setDeepImage(deepImageOf(asset))
    return () => {
      editor.display.setPixelSize(null)
      editor.display.setDeepImage(null)
    }
  }, [editor, asset, assetId])
}

function deepImageOf({ deep }: Asset): DeepImageOffer | null {
  if (deep === null) return null
  const { url, tiles, low, high, min, max } = deep
  return {
    range: { low, high, min, max },
    tiles: tiles && tilesOf(tiles),
    load: async (signal) => {
      const answer = await fetch(url, { signal, credentials: 'same-origin' })
      if (!answer.ok) throw new Error(`The server answered with an error (${answer.status}).`)
      return new Uint8Array(await answer.arrayBuffer())
    },
  }
}
