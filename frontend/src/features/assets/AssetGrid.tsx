import './assets.css'
import { useEffect, useRef } from 'react'
import type { Asset, Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { AssetThumbnail } from './AssetThumbnail'
import { assetStatus } from './words'

function AssetCard({
  asset,
  isOpen,
  onOpen,
}: {
  asset: Asset
  isOpen: boolean
  onOpen: () => void
}) {
  const status = assetStatus(asset)
  return (
    <li className="asset-card">
      <button type="button" className="asset-card__button" aria-pressed={isOpen} onClick={onOpen}>
        <AssetThumbnail asset={asset} />
        <span className="asset-card__name">{asset.name}</span>
        <span className="asset-card__state">
          <span className="asset-dot" data-tone={status.tone} />
          {status.word}
          {asset.task?.labeler != null && ` · ${asset.task.labeler.name}`}
        </span>
      </button>
    </li>
  )
}

/** Asks for more when its end comes near; a button stays for the keyboard. */
function MoreButton({ onMore, isPending }: { onMore: () => void; isPending: boolean }) {
  const end = useRef<HTMLDivElement>(null)
  const latestOnMore = useRef(onMore)
  useEffect(() => {
    latestOnMore.current = onMore
  })
  useEffect(() => {
    if (end.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latestOnMore.current()
      },
      { rootMargin: '600px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={end} className="asset-more">
      <Button onPress={onMore} isPending={isPending}>
        {t('Show more')}
      </Button>
    </div>
  )
}

interface AssetGridProps {
  assets: readonly Asset[]
  openId: Id | undefined
  onToggle: (assetId: Id) => void
  hasMore: boolean
  isFetchingMore: boolean
  onMore: () => void
}

export function AssetGrid({
  assets,
  openId,
  onToggle,
  hasMore,
  isFetchingMore,
  onMore,
}: AssetGridProps) {
  if (assets.length === 0) return null
  return (
    <>
      <ul className="asset-grid" aria-label={t('Images')}>
        {assets.map((asset) => (
          <AssetCard
            key={asset.id}
            asset={asset}
            isOpen={asset.id === openId}
            onOpen={() => onToggle(asset.id)}
          />
        ))}
      </ul>
      {hasMore && <MoreButton key={assets.length} isPending={isFetchingMore} onMore={onMore} />}
    </>
  )
}
