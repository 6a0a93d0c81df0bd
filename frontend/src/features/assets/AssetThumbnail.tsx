import './assets.css'
import { useState } from 'react'
import type { Asset } from '@/api/types'
import { CircleAlert, ImageOff } from '@/ui/icons'
import { Spinner } from '@/ui/Spinner'

export function AssetThumbnail({ asset }: { asset: Asset }) {
  const [isBroken, setBroken] = useState(false)
  const { state, thumbnail_url: url } = asset
  return (
    <span className="asset-thumbnail" data-state={state}>
      {state === 'processing' && url === null && <Spinner />}
      {state === 'failed' && <CircleAlert aria-hidden="true" />}
      {state === 'ready' && (url === null || isBroken) && <ImageOff aria-hidden="true" />}
      {state !== 'failed' && url !== null && !isBroken && (
        <img
          className="asset-thumbnail__image"
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
    </span>
  )
}
