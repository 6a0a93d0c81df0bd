import type { ReactNode } from 'react'
import { t } from '@/i18n'
import { PlainButton } from '@/ui/PlainButton'

/** What a notice leads to, and that it was read. */
export function Actions({ children, onDismiss }: { children?: ReactNode; onDismiss: () => void }) {
  return (
    <span className="notices__actions">
      {children}
      <PlainButton size="sm" variant="quiet" onPress={onDismiss}>
        {t('Dismiss')}
      </PlainButton>
    </span>
  )
}
