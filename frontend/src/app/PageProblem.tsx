import { useRouter } from '@tanstack/react-router'
import { ApiProblem } from '@/api/problems'
import { t } from '@/i18n'
import { ProblemMessage } from '@/ui/Message'
import { NotFoundPage } from './NotFoundPage'

/** Drawn in place of a page that could not be loaded or drawn. */
export function PageProblem({ error, reset }: { error: unknown; reset?: () => void }) {
  const router = useRouter()
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />
  return (
    <main className="page" data-width="narrow">
      <title>{`${t('Problem')} · Maskwright`}</title>
      <ProblemMessage
        error={error}
        onRetry={() => {
          reset?.()
          void router.invalidate()
        }}
      />
    </main>
  )
}
