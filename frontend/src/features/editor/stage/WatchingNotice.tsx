import { t } from '@/i18n'
import { Message } from '@/ui/Message'
import { PlainButton } from '@/ui/PlainButton'
import type { Desk } from '../desk'
import type { SessionState } from '../session/session-state'

interface WatchingNoticeProps {
  desk: Desk
  state: Extract<SessionState, { kind: 'elsewhere' }>
}

/** Two pages must not draw on one image: this one looks on until it takes over. */
export function WatchingNotice({ desk, state }: WatchingNoticeProps) {
  return (
    <div className="notices">
      <Message
        tone="warning"
        title={t('This image is open in another tab. Here you can only look at it.')}
        action={
          <PlainButton
            size="sm"
            variant="primary"
            isPending={state.isTakingOver}
            onPress={() => void desk.session.openNext({ takeOver: true })}
          >
            {t('Work here instead')}
          </PlainButton>
        }
      >
        {t('What is drawn there appears here. The other tab can then only be looked at.')}
      </Message>
    </div>
  )
}
