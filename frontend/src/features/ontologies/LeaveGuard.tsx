import { useBlocker } from '@tanstack/react-router'
import { t } from '@/i18n'
import { ConfirmDialog } from '@/ui/Dialog'

/** Asks once before unsaved changes are left behind. */
export function LeaveGuard({ isChanged }: { isChanged: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      title={t('Leave without saving?')}
      isOpen={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      action={t('Leave without saving')}
      onConfirm={() => blocker.proceed?.()}
    >
      <p>{t('Your changes to the ontology are not saved. They will be lost when you leave.')}</p>
    </ConfirmDialog>
  )
}
