import './assets.css'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { assetsQuery } from '@/api/assets'
import { projectQuery } from '@/api/projects'
import type { Asset, AssetState, Id, Project } from '@/api/types'
import { UploadButton, UploadFolderButton, UploadPanel, useIsUploading } from '@/features/uploads'
import { useMay } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { SearchField } from '@/ui/Field'
import { ImagePlus, Search } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { counted } from '@/ui/quantities'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { AssetDrawer } from './AssetDrawer'
import { AssetThumbnail } from './AssetThumbnail'
import { assetStatus, PROCESSING_POLL_MS } from './words'

type StateFilter = AssetState | 'all'

const STATE_FILTERS: readonly { value: StateFilter; label: string }[] = [
  { value: 'all', label: 'All images' },
  { value: 'ready', label: 'Ready' },
  { value: 'processing', label: 'Processing' },
  { value: 'failed', label: 'Failed' },
]

const SEARCH_REST_MS = 250

/** The value once it has rested, so that typing asks the server once. */
function useRested(value: string, ms: number): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}

function useAssets(projectId: Id, state: StateFilter, q: string) {
  return useInfiniteQuery({
    ...assetsQuery(projectId, {
      state: state === 'all' ? undefined : state,
      q: q === '' ? undefined : q,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) =>
        page.items.some((asset) => asset.state === 'processing'),
      ) === true
        ? PROCESSING_POLL_MS
        : false,
  })
}

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
      <button
        type="button"
        className="asset-card__button"
        aria-pressed={isOpen}
        aria-label={`${asset.name}, ${status.word}`}
        onClick={onOpen}
      >
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
        Show more
      </Button>
    </div>
  )
}

function NoImages({ projectId, canImport }: { projectId: Id; canImport: boolean }) {
  return (
    <EmptyState
      icon={<ImagePlus />}
      title="No images yet"
      action={
        canImport && (
          <div className="data-first">
            <UploadButton projectId={projectId} />
            <UploadFolderButton projectId={projectId} />
          </div>
        )
      }
    >
      {canImport
        ? 'Drop JPEG, PNG, WebP, TIFF or BMP files anywhere on this page; whole folders and zips work too.'
        : 'As soon as images are uploaded, they appear here.'}
    </EmptyState>
  )
}

function Data({ project }: { project: Project }) {
  const projectId = project.id
  const canImport = useMay('import_data') && project.state === 'active'
  const [state, setState] = useState<StateFilter>('all')
  const [search, setSearch] = useState('')
  const q = useDeferredValue(useRested(search.trim(), SEARCH_REST_MS))
  const assets = useAssets(projectId, state, q)
  const { asset: openId } = useSearch({ strict: false })
  const navigate = useNavigate()
  const items = assets.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = state !== 'all' || q !== ''
  const isUploading = useIsUploading(projectId)
  const isEmpty = assets.isSuccess && items.length === 0 && !isFiltered && !isUploading

  function open(assetId: Id | undefined) {
    void navigate({
      to: '/projects/$projectId/data',
      params: { projectId },
      search: assetId === undefined ? {} : { asset: assetId },
      replace: true,
    })
  }

  const openIndex = items.findIndex((asset) => asset.id === openId)
  return (
    <div className="data-layout">
      <Page
        title="Data"
        context={project.name}
        width="full"
        lead={counted(project.counts.assets, 'image')}
        actions={
          canImport &&
          !isEmpty && (
            <>
              <UploadFolderButton projectId={projectId} />
              <UploadButton projectId={projectId} />
            </>
          )
        }
      >
        <UploadPanel projectId={projectId} />
        {(items.length > 0 || isFiltered) && (
          <div className="data-filters">
            <SearchField label="Search names" value={search} onChange={setSearch} />
            <Select
              label="State"
              isLabelHidden
              options={STATE_FILTERS}
              value={state}
              onChange={setState}
            />
          </div>
        )}
        {assets.isPending && <Loading />}
        <ProblemMessage error={assets.error} onRetry={() => void assets.refetch()} />
        {isEmpty && <NoImages projectId={projectId} canImport={canImport} />}
        {assets.isSuccess && items.length === 0 && isFiltered && (
          <EmptyState
            icon={<Search />}
            title="No image matches"
            action={
              <Button
                onPress={() => {
                  setSearch('')
                  setState('all')
                }}
              >
                Show all images
              </Button>
            }
          />
        )}
        {items.length > 0 && (
          <ul className="asset-grid" aria-label="Images">
            {items.map((asset) => (
              <AssetCard
                key={asset.id}
                asset={asset}
                isOpen={asset.id === openId}
                onOpen={() => open(asset.id === openId ? undefined : asset.id)}
              />
            ))}
          </ul>
        )}
        {assets.hasNextPage && (
          <MoreButton
            key={items.length}
            isPending={assets.isFetchingNextPage}
            onMore={() => {
              if (!assets.isFetching) void assets.fetchNextPage()
            }}
          />
        )}
      </Page>
      {openId !== undefined && (
        <AssetDrawer
          key={openId}
          projectId={projectId}
          assetId={openId}
          onClose={() => open(undefined)}
          onPrevious={items[openIndex - 1] && (() => open(items[openIndex - 1]?.id))}
          onNext={
            openIndex >= 0 && items[openIndex + 1]
              ? () => open(items[openIndex + 1]?.id)
              : undefined
          }
        />
      )}
    </div>
  )
}

export function DataPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  return project === undefined ? null : <Data key={project.id} project={project} />
}
