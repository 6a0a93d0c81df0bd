import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { askForPasswordReset } from '@/api/accounts'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { DoorPage } from './DoorPage'

export function ForgotPasswordPage() {
  const [email, setEmail] = useState('')
  const asking = useMutation({ mutationFn: () => askForPasswordReset(email.trim()) })
  return (
    <DoorPage title={t('Forgotten password')}>
      <form
        className="door__form"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          asking.mutate()
        }}
      >
        <h1 className="door__title">{t('Forgotten password')}</h1>
        <ProblemMessage error={asking.error} />
        {asking.isSuccess ? (
          <p className="door__note" role="status">
            {t(
              'If there is an account with this e-mail, a link is on its way. It works for an hour. Without e-mail on this site, ask your administrator.',
            )}
          </p>
        ) : (
          <>
            <TextField
              label={t('E-mail')}
              type="email"
              name="email"
              autoComplete="username"
              autoFocus
              isRequired
              value={email}
              onChange={setEmail}
            />
            <Button
              type="submit"
              variant="primary"
              size="lg"
              isPending={asking.isPending}
              isDisabled={email.trim() === ''}
            >
              {t('Send a link')}
            </Button>
          </>
        )}
        <p className="door__note">
          <Link to="/sign-in">{t('Back to sign in')}</Link>
        </p>
      </form>
    </DoorPage>
  )
}
