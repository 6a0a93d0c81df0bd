import './assets.css'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useState } from 'react'
import { assetsQuery } from '@/api/assets'
import { projectQuery } from '@/api/projects'
import type { Asset, AssetState, Id, Project } from '@/api/types'
import {
  AddAddressesButton,
  FetchPanel,
  UploadButton,
  UploadFolderButton,
  UploadPanel,
  useIsUploading,
} from '@/features/uploads'
import { plural, t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { SearchField } from '@/ui/Field'
import { ImagePlus, Search } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { AssetDrawer } from './AssetDrawer'
import { AssetGrid } from './AssetGrid'
import { PROCESSING_POLL_MS } from './words'

type StateFilter = AssetState | 'all'

const STATE_FILTERS: readonly { value: StateFilter; label: string }[] = [
  { value: 'all', label: t('All images') },
  { value: 'ready', label: t('Ready') },
  { value: 'processing', label: t('Processing') },
  { value: 'failed', label: t('Failed') },
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

interface NoImagesProps {
  projectId: Id
  canImport: boolean
  onSent: (first: Id) => void
}

function NoImages({ projectId, canImport, onSent }: NoImagesProps) {
  return (
    <EmptyState
      icon={<ImagePlus />}
      title={t('No images yet')}
      action={
        canImport && (
          <div className="data-first">
            <UploadButton projectId={projectId} />
            <UploadFolderButton projectId={projectId} />
            <AddAddressesButton projectId={projectId} onSent={onSent} />
          </div>
        )
      }
    >
      {canImport
        ? t(
            'Drop JPEG, PNG, WebP, TIFF or BMP files anywhere on this page; whole folders and zips work too.',
          )
        : t('As soon as images are uploaded, they appear here.')}
    </EmptyState>
  )
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState
      icon={<Search />}
      title={t('No image matches')}
      action={<Button onPress={onShowAll}>{t('Show all images')}</Button>}
    />
  )
}

function useFilter() {
  const [state, setState] = useState<StateFilter>('all')
  const [search, setSearch] = useState('')
  const q = useDeferredValue(useRested(search.trim(), SEARCH_REST_MS))
  return {
    state,
    setState,
    search,
    setSearch,
    q,
    isSet: state !== 'all' || q !== '',
    clear: () => {
      setSearch('')
      setState('all')
    },
  }
}

function Filters({ filter }: { filter: ReturnType<typeof useFilter> }) {
  return (
    <div className="data-filters">
      <SearchField label={t('Search names')} value={filter.search} onChange={filter.setSearch} />
      <Select
        label={t('State')}
        isLabelHidden
        options={STATE_FILTERS}
        value={filter.state}
        onChange={filter.setState}
      />
    </div>
  )
}

/** Which image is open stands in the address, so that it can be sent to somebody. */
function useOpenAsset(projectId: Id) {
  const { asset: openId } = useSearch({ strict: false })
  const navigate = useNavigate()
  function open(assetId: Id | undefined) {
    void navigate({
      to: '/projects/$projectId/data',
      params: { projectId },
      search: assetId === undefined ? {} : { asset: assetId },
      replace: true,
      // The grid stays where it is.
      resetScroll: false,
    })
  }
  return { openId, open }
}

function Drawer({ projectId, items }: { projectId: Id; items: readonly Asset[] }) {
  const { openId, open } = useOpenAsset(projectId)
  if (openId === undefined) return null
  const index = items.findIndex((asset) => asset.id === openId)
  const previous = items[index - 1]
  const next = index === -1 ? undefined : items[index + 1]
  return (
    <AssetDrawer
      key={openId}
      projectId={projectId}
      assetId={openId}
      onClose={() => open(undefined)}
      onPrevious={previous && (() => open(previous.id))}
      onNext={next && (() => open(next.id))}
    />
  )
}

function Data({ project }: { project: Project }) {
  const projectId = project.id
  const canImport = useMay('import_data') && project.state === 'active'
  const [fetchesSince, setFetchesSince] = useState<Id | null>(null)
  const filter = useFilter()
  const assets = useAssets(projectId, filter.state, filter.q)
  const { openId, open } = useOpenAsset(projectId)
  const isUploading = useIsUploading(projectId)
  const items = assets.data?.pages.flatMap((page) => page.items) ?? []
  const hasNone = assets.isSuccess && items.length === 0
  const isEmpty = hasNone && !filter.isSet && !isUploading
  return (
    <div className="data-layout">
      <Page
        title={t('Data')}
        context={project.name}
        width="full"
        lead={plural(project.counts.assets, '{n} image', '{n} images')}
        actions={
          canImport &&
          !isEmpty && (
            <>
              <AddAddressesButton projectId={projectId} onSent={setFetchesSince} />
              <UploadFolderButton projectId={projectId} />
              <UploadButton projectId={projectId} />
            </>
          )
        }
      >
        <UploadPanel projectId={projectId} />
        {canImport && (
          <FetchPanel projectId={projectId} since={fetchesSince} onChange={setFetchesSince} />
        )}
        {(items.length > 0 || filter.isSet) && <Filters filter={filter} />}
        {assets.isPending && <Loading />}
        <ProblemMessage error={assets.error} onRetry={() => void assets.refetch()} />
        {isEmpty && (
          <NoImages projectId={projectId} canImport={canImport} onSent={setFetchesSince} />
        )}
        {hasNone && filter.isSet && <NoMatch onShowAll={filter.clear} />}
        <AssetGrid
          assets={items}
          openId={openId}
          onToggle={(id) => open(id === openId ? undefined : id)}
          hasMore={assets.hasNextPage}
          isFetchingMore={assets.isFetchingNextPage}
          onMore={() => {
            if (!assets.isFetching) void assets.fetchNextPage()
          }}
        />
      </Page>
      <Drawer projectId={projectId} items={items} />
    </div>
  )
}

export function DataPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  return project === undefined ? null : <Data key={project.id} project={project} />
}
