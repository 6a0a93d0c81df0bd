import './exports.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { exportsQuery, startExport } from '@/api/exports'
import { predictionModelsQuery } from '@/api/predictions'
import { projectQuery } from '@/api/projects'
import type { ExportFormat, Project } from '@/api/types'
import { plural, t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { CopyField } from '@/ui/CopyField'
import { Checkbox, RadioGroup } from '@/ui/Field'
import { Package } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Page, Section } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { ExportRow } from './ExportRow'
import { exportCommand, FORMATS } from './formats'

const PEOPLE = 'people'

function NewExport({ project }: { project: Project }) {
  const queryClient = useQueryClient()
  const [format, setFormat] = useState<ExportFormat>('coco-instances')
  const [includeImages, setIncludeImages] = useState(false)
  const [source, setSource] = useState(PEOPLE)
  const models = useQuery(predictionModelsQuery(project.id)).data?.items ?? []
  const chosen = models.find(({ id }) => id === source)
  const model = chosen?.id ?? null
  const starting = useMutation({
    mutationFn: () => startExport(project.id, { format, include_images: includeImages, model }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: exportsQuery(project.id).queryKey }),
  })
  const submitted = chosen?.images ?? project.counts.submitted
  return (
    <div className="export-new">
      <RadioGroup
        label={t('Format')}
        look="cards"
        options={FORMATS}
        value={format}
        onChange={setFormat}
      />
      <div className="export-new__order">
        {models.length > 0 && (
          <Select
            label={t('What')}
            options={[
              { value: PEOPLE, label: t('Labels of people') },
              ...models.map((each) => ({
                value: each.id,
                label: t('Predictions of {each} {version}', {
                  each: each.name,
                  version: each.version,
                }).trim(),
              })),
            ]}
            value={model ?? PEOPLE}
            onChange={setSource}
          />
        )}
        <Checkbox isSelected={includeImages} onChange={setIncludeImages}>
          {t('Include the images')}
        </Checkbox>
        <ProblemMessage error={starting.error} />
        <Button
          variant="primary"
          icon={<Package />}
          isPending={starting.isPending}
          isDisabled={submitted === 0}
          onPress={() => starting.mutate()}
        >
          {submitted === 0
            ? t('Export')
            : model === null
              ? plural(submitted, 'Export {n} labeled image', 'Export {n} labeled images')
              : plural(submitted, 'Export {n} image', 'Export {n} images')}
        </Button>
        {submitted === 0 && (
          <p className="export-new__note">
            {t('Nothing is submitted yet, so there is nothing to export.')}
          </p>
        )}
        <CopyField
          label={t('The same from a script')}
          value={exportCommand(location.origin, project.id, format, includeImages, model)}
          isMultiline
          description={t(
            "It answers with the export's id; ask GET /api/v1/exports/{id} until its state is done. Create a token under Account.",
            { id: '{id}' },
          )}
        />
      </div>
    </div>
  )
}

function History({ project }: { project: Project }) {
  const entries = useQuery(exportsQuery(project.id))
  return (
    <Section title={t('Exports made')}>
      {entries.isPending && <Loading />}
      <ProblemMessage error={entries.error} onRetry={() => void entries.refetch()} />
      {entries.data?.length === 0 && <p className="export-new__note">{t('No exports yet.')}</p>}
      {entries.data !== undefined && entries.data.length > 0 && (
        <ul className="export-list" aria-label={t('Exports made')}>
          {entries.data.map((entry) => (
            <ExportRow key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Section>
  )
}

export function ExportsPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  if (project === undefined) return null
  return (
    <Page
      title={t('Exports')}
      context={project.name}
      lead={t('Every submitted label, exactly as it was drawn, in one zip with a manifest.')}
    >
      <NewExport project={project} />
      <History project={project} />
    </Page>
  )
}
