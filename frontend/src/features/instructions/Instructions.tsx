import './instructions.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { instructionImagesQuery } from '@/api/attachments'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Loading } from '@/ui/Spinner'
import { imageUrlFrom } from './images'

/** The parser is fetched by whoever reads instructions, and by nobody else. */
const Markdown = lazy(async () => {
  const { Markdown: loaded } = await import('./Markdown')
  return { default: loaded }
})

interface InstructionsProps {
  projectId: Id
  source: string
}

/** What labelers are told, as it was meant: with headings, lists and pictures. */
export function Instructions({ projectId, source }: InstructionsProps) {
  const images = useQuery(instructionImagesQuery(projectId))
  return (
    <Suspense fallback={<Loading label={t('Opening the instructions')} />}>
      <Markdown source={source} imageUrl={imageUrlFrom(images.data ?? [])} />
    </Suspense>
  )
}
