import './ontologies.css'
import { useQuery } from '@tanstack/react-query'
import { ontologyQuery } from '@/api/ontologies'
import { projectQuery } from '@/api/projects'
import { t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { ProblemMessage } from '@/ui/Message'
import { Page } from '@/ui/Page'
import { Loading } from '@/ui/Spinner'
import { OntologyEditor } from './OntologyEditor'

export function OntologyPage() {
  const projectId = useProjectId()
  const { data: project } = useQuery(projectQuery(projectId))
  const ontology = useQuery({
    ...ontologyQuery(projectId),
    // The draft on this page must not change under the person's hands.
    refetchOnWindowFocus: false,
  })
  if (project !== undefined && ontology.data !== undefined) {
    return <OntologyEditor key={projectId} project={project} ontology={ontology.data} />
  }
  return (
    <Page title={t('Ontology')} context={project?.name} width="full">
      {ontology.isPending && <Loading />}
      <ProblemMessage error={ontology.error} onRetry={() => void ontology.refetch()} />
    </Page>
  )
}
