import './assets.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { labelVersionQuery, labelVersionsQuery } from '@/api/assets'
import { ontologyQuery } from '@/api/ontologies'
import type { Asset, Id, OntologyNode } from '@/api/types'
import { plural } from '@/i18n'
import { ProblemMessage } from '@/ui/Message'
import {
  colorsOfClasses,
  type LabelledObjects,
  type PreviewSize,
  paintPreview,
  previewMasks,
  previewSize,
} from './mask-preview'

const LONGEST_PX = 640

interface LabelledImageProps {
  asset: Asset
  projectId: Id
  /** The version to show; the one that counts where none is named. */
  versionId?: Id | null
}

/** An image with the masks of one of its label versions over it. */
export function LabelledImage({ asset, projectId, versionId }: LabelledImageProps) {
  const versions = useQuery(labelVersionsQuery(asset.id))
  const current = versions.data?.find((version) => version.is_current)
  const shownId = versionId ?? current?.id
  const version = useQuery({ ...labelVersionQuery(shownId ?? ''), enabled: shownId !== undefined })
  const ontology = useQuery({
    ...ontologyQuery(projectId, version.data?.ontology_version),
    enabled: version.data !== undefined,
  })
  const { image_url: imageUrl, width, height } = asset
  if (imageUrl === null || asset.state !== 'ready' || width === null || height === null) return null
  const isLabelled = version.data !== undefined && ontology.data !== undefined
  return (
    <figure className="labelled-image">
      <div className="labelled-image__frame">
        <img className="labelled-image__picture" src={imageUrl} alt={asset.name} />
        {isLabelled && (
          <Masks
            version={version.data}
            tree={ontology.data.classes}
            image={{ width, height }}
            label={plural(
              version.data.objects.length,
              '{n} object of version {number}',
              '{n} objects of version {number}',
              { number: version.data.number },
            )}
          />
        )}
      </div>
      <ProblemMessage error={version.error ?? ontology.error} />
    </figure>
  )
}

interface MasksProps {
  version: LabelledObjects
  tree: readonly OntologyNode[]
  image: PreviewSize
  label: string
}

function Masks({ version, tree, image, label }: MasksProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = image
  const preview = useMemo(() => previewSize({ width, height }, LONGEST_PX), [width, height])
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const size = { width, height }
    const masks = previewMasks(version, size, colorsOfClasses(tree))
    const pixels = paintPreview(masks, size, preview)
    context.putImageData(new ImageData(pixels, preview.width, preview.height), 0, 0)
  }, [version, tree, width, height, preview])
  return (
    <canvas
      ref={canvas}
      className="labelled-image__masks"
      role="img"
      aria-label={label}
      width={preview.width}
      height={preview.height}
    />
  )
}
