import './models.css'
import { useQuery } from '@tanstack/react-query'
import { may } from '@/api/accounts'
import { type PredictionModel, predictionModelsQuery } from '@/api/predictions'
import { projectQuery } from '@/api/projects'
import type { Id, Project } from '@/api/types'
import { formatNumber, t } from '@/i18n'
import { useMeHere } from '@/routing/useMe'
import { useProjectId } from '@/routing/useProjectId'
import { CopyField } from '@/ui/CopyField'
import { ProblemMessage } from '@/ui/Message'
import { Page, Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { ForgetModel } from './ForgetModel'
import { modelName } from './names'
import { Prelabels } from './Prelabels'
import { SAMPLE_LINES, sendCommand } from './sending'

function columnsFor(projectId: Id): Column<PredictionModel>[] {
  return [
    {
      id: 'model',
      name: t('Model'),
      cell: (model) => (
        <>
          {modelName(model)}
          {model.is_prelabel && <span className="model-mark">{t('Labelers begin with it')}</span>}
        </>
      ),
    },
    { id: 'images', name: t('Images'), align: 'end', cell: (row) => formatNumber(row.images) },
    { id: 'objects', name: t('Objects'), align: 'end', cell: (row) => formatNumber(row.objects) },
    {
      id: 'confidence',
      name: t('Least certain object'),
      align: 'end',
      cell: ({ confidence }) =>
        confidence === null ? '–' : `${formatNumber(Math.round(confidence * 100))} %`,
    },
    {
      id: 'newest',
      name: t('Last sent'),
      cell: ({ newest_at }) => (newest_at === null ? '–' : <RelativeTime at={newest_at} />),
    },
    {
      id: 'forget',
      name: t('Delete'),
      isNameHidden: true,
      align: 'end',
      cell: (model) => <ForgetModel projectId={projectId} model={model} />,
    },
  ]
}

function Models({ project }: { project: Project }) {
  const me = useMeHere()
  const asked = useQuery(predictionModelsQuery(project.id))
  const models = asked.data?.items
  return (
    <Page
      title={t('Models')}
      context={project.name}
      lead={t('What models predict, to begin labels with and to compare them with.')}
    >
      {asked.isPending && <Loading />}
      <ProblemMessage error={asked.error} onRetry={() => void asked.refetch()} />
      {asked.data !== undefined && models !== undefined && (
        <>
          <Section
            title={t('Predictions')}
            description={t(
              'The least certain object of each image, averaged, tells how sure a model is of itself.',
            )}
          >
            {models.length === 0 ? (
              <p className="models-none">
                {t('No model has sent predictions yet. A script can send them as shown below.')}
              </p>
            ) : (
              <Table
                label={t('Models')}
                columns={columnsFor(project.id)}
                rows={models}
                rowKey={(model) => model.id}
              />
            )}
          </Section>
          {models.length > 0 && may(me, 'manage_queue') && (
            <Prelabels
              key={`${models.find((model) => model.is_prelabel)?.id} ${asked.data.min_confidence}`}
              projectId={project.id}
              models={models}
              minConfidence={asked.data.min_confidence}
            />
          )}
          <Section title={t('Send predictions')}>
            <div className="models-send">
              <CopyField
                label={t('From a script')}
                value={sendCommand(location.origin, project.id)}
                isMultiline
                description={t(
                  'The answer counts what was added and says of each refused line why. Sending the same again changes nothing. Create a token under Account.',
                )}
              />
              <CopyField
                label={t('A line for each image')}
                value={SAMPLE_LINES}
                isMultiline
                description={t(
                  'Name the image by name, external_id or id, and the class by name or id. An object is a mask (COCO run lengths), a polygon or a box.',
                )}
              />
            </div>
          </Section>
        </>
      )}
    </Page>
  )
}

export function ModelsPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  return project === undefined ? null : <Models key={project.id} project={project} />
}
