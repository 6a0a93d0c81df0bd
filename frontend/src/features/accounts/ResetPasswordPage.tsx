import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { passwordResetQuery, resetPassword } from '@/api/accounts'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Loading } from '@/ui/Spinner'
import { toast } from '@/ui/Toast'
import { DoorPage } from './DoorPage'
import { MIN_PASSWORD_LENGTH } from './words'

export function ResetPasswordPage() {
  const { token } = useParams({ from: '/reset-password/$token' })
  const asked = useQuery(passwordResetQuery(token))
  return (
    <DoorPage title={t('New password')}>
      {asked.isPending && <Loading />}
      {asked.isError && (
        <div className="door__form">
          <ProblemMessage error={asked.error} />
          <Link to="/forgot-password">{t('Ask for another link')}</Link>
        </div>
      )}
      {asked.data !== undefined && <NewPasswordForm token={token} email={asked.data.email} />}
    </DoorPage>
  )
}

function NewPasswordForm({ token, email }: { token: string; email: string }) {
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const setting = useMutation({
    mutationFn: () => resetPassword(token, password),
    onSuccess: async () => {
      toast(t('Password changed'))
      await navigate({ to: '/sign-in', search: {} })
    },
  })
  return (
    <form
      className="door__form"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        setting.mutate()
      }}
    >
      <h1 className="door__title">{t('New password')}</h1>
      <ProblemMessage error={setting.error} />
      <TextField
        label={t('E-mail')}
        type="email"
        name="email"
        autoComplete="username"
        isReadOnly
        value={email}
        onChange={() => undefined}
      />
      <TextField
        label={t('New password')}
        type="password"
        name="password"
        autoComplete="new-password"
        autoFocus
        description={t('At least {n} characters.', { n: MIN_PASSWORD_LENGTH })}
        value={password}
        onChange={setPassword}
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        isPending={setting.isPending}
        isDisabled={password.length < MIN_PASSWORD_LENGTH}
      >
        {t('Set password')}
      </Button>
    </form>
  )
}
