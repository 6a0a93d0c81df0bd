import { t } from '@/i18n'
import { EmptyState } from '@/ui/EmptyState'
import { Search } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'

export function NotFoundPage() {
  return (
    <main className="page" data-width="narrow">
      <title>{`${t('Not found')} · Maskwright`}</title>
      <EmptyState
        isPage
        icon={<Search />}
        title={t('There is nothing at this address')}
        action={
          <LinkButton to="/" variant="primary">
            {t('Go to projects')}
          </LinkButton>
        }
      >
        {t('It may have been deleted, or it belongs to an organisation you are not signed in to.')}
      </EmptyState>
    </main>
  )
}
