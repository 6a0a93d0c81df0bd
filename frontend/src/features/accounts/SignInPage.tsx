import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { meQuery, signIn } from '@/api/accounts'
import { ownLanguage } from '@/api/preferences'
import { remember, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { DoorPage } from './DoorPage'

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const queryClient = useQueryClient()
  const router = useRouter()
  const navigate = useNavigate()
  const signingIn = useMutation({
    mutationFn: signIn,
    onSuccess: async (me) => {
      // A page's language stands while it is open: another one begins with a new page.
      if (remember(await ownLanguage())) {
        window.location.assign(next ?? '/')
        return
      }
      queryClient.clear()
      queryClient.setQueryData(meQuery.queryKey, me)
      if (next === undefined) await navigate({ to: '/' })
      else router.history.push(next)
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    signingIn.mutate({ email: email.trim(), password })
  }

  return (
    <DoorPage title={t('Sign in')}>
      <form className="door__form" onSubmit={submit} noValidate>
        <h1 className="door__title">{t('Sign in')}</h1>
        {next !== undefined && !signingIn.isError && (
          <p className="door__note">{t('Sign in to go on where you were.')}</p>
        )}
        <ProblemMessage error={signingIn.error} />
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
        <TextField
          label={t('Password')}
          type="password"
          name="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
        />
        <Button
          type="submit"
          variant="primary"
          size="lg"
          isPending={signingIn.isPending}
          isDisabled={email.trim() === '' || password === ''}
        >
          {t('Sign in')}
        </Button>
        <p className="door__note">
          <Link to="/forgot-password">{t('Forgotten your password?')}</Link>
        </p>
        <p className="door__note">
          {t(
            'No account yet? An owner or manager of your organisation can send you an invitation link.',
          )}
        </p>
      </form>
    </DoorPage>
  )
}
