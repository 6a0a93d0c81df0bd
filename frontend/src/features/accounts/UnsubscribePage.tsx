import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { unsubscribe } from '@/api/notifications'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { DoorPage } from './DoorPage'

/** A button, for programs that look at links in letters would end them otherwise. */
export function UnsubscribePage() {
  const { token } = useParams({ from: '/unsubscribe/$token' })
  const ending = useMutation({ mutationFn: () => unsubscribe(token) })
  return (
    <DoorPage title={t('E-mail')}>
      <div className="door__form">
        <h1 className="door__title">{t('No more e-mail of this kind')}</h1>
        <ProblemMessage error={ending.error} />
        {ending.isSuccess ? (
          <p className="door__note" role="status">
            {t('Done. What concerns you still shows on the page.')}
          </p>
        ) : (
          <Button
            variant="primary"
            size="lg"
            isPending={ending.isPending}
            onPress={() => ending.mutate()}
          >
            {t('Stop these letters')}
          </Button>
        )}
        <p className="door__note">
          <Link to="/account">{t('Choose what you are told of')}</Link>
        </p>
      </div>
    </DoorPage>
  )
}
