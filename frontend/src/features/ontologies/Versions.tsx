import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ontologyQuery, ontologyVersionsQuery } from '@/api/ontologies'
import type { Id, Ontology, OntologyVersion } from '@/api/types'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { toast } from '@/ui/Toast'

interface VersionsProps {
  projectId: Id
  current: number
  onLoad: (ontology: Ontology) => void
}

function Version({
  entry,
  isCurrent,
  onLoad,
}: {
  entry: OntologyVersion
  isCurrent: boolean
  onLoad: () => void
}) {
  return (
    <li className="ontology-version">
      <div>
        <p className="ontology-version__name">
          {t('Version {number}', { number: entry.version })}
          {isCurrent && <span className="ontology-version__current">{t('current')}</span>}
        </p>
        <p className="ontology-version__detail">
          {plural(entry.classes, '{n} class', '{n} classes')}
          {entry.created_by !== null && ` · ${entry.created_by.name}`} ·{' '}
          <RelativeTime at={entry.created_at} />
        </p>
      </div>
      {!isCurrent && (
        <Button
          size="sm"
          aria-label={t('Bring back version {version}', { version: entry.version })}
          onPress={onLoad}
        >
          {t('Bring back')}
        </Button>
      )}
    </li>
  )
}

/** Every saved version. One that is brought back is saved as a new version. */
export function Versions({ projectId, current, onLoad }: VersionsProps) {
  const queryClient = useQueryClient()
  const versions = useQuery(ontologyVersionsQuery(projectId))
  const newestFirst = [...(versions.data ?? [])].sort((one, other) => other.version - one.version)

  async function load(version: number) {
    try {
      onLoad(await queryClient.fetchQuery(ontologyQuery(projectId, version)))
    } catch {
      toast(t('Version {version} could not be loaded. Try again.', { version }), {
        tone: 'problem',
      })
    }
  }

  return (
    <section className="ontology-versions" aria-label={t('Versions')}>
      <h2 className="inspector__title">{t('Versions')}</h2>
      <p className="inspector__hint">
        {t(
          'Labels keep the version they were drawn with. A version that you bring back is saved as a new one.',
        )}
      </p>
      {versions.isPending && <Loading />}
      <ProblemMessage error={versions.error} onRetry={() => void versions.refetch()} />
      <ol>
        {newestFirst.map((entry) => (
          <Version
            key={entry.version}
            entry={entry}
            isCurrent={entry.version === current}
            onLoad={() => void load(entry.version)}
          />
        ))}
      </ol>
    </section>
  )
}
