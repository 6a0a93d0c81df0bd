import type { Counts, Project } from '@/api/types'
import { t } from '@/i18n'
import { CircleCheck, CircleDashed } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'

interface FirstStepsProps {
  project: Project
  counts: Counts
}

/** What is missing before anybody can label. */
export function FirstSteps({ project, counts }: FirstStepsProps) {
  const hasOntology = (project.ontology_version ?? 0) > 0
  const hasImages = counts.assets > 0
  const params = { projectId: project.id }
  return (
    <section className="first-steps" aria-label={t('First steps')}>
      <div className="first-steps__step" data-done={hasOntology}>
        {hasOntology ? <CircleCheck /> : <CircleDashed />}
        <p className="first-steps__words">
          <strong>{t('Draw up the ontology.')}</strong>{' '}
          {t('Name the classes that labelers will draw.')}
        </p>
        {!hasOntology && (
          <LinkButton to="/projects/$projectId/ontology" params={params} variant="primary">
            {t('Add classes')}
          </LinkButton>
        )}
      </div>
      <div className="first-steps__step" data-done={hasImages}>
        {hasImages ? <CircleCheck /> : <CircleDashed />}
        <p className="first-steps__words">
          <strong>{t('Upload images.')}</strong> {t('Drop them on this page, or choose files.')}
        </p>
        {!hasImages && (
          <LinkButton
            to="/projects/$projectId/data"
            params={params}
            search={{}}
            variant={hasOntology ? 'primary' : 'secondary'}
          >
            {t('Add images')}
          </LinkButton>
        )}
      </div>
    </section>
  )
}
