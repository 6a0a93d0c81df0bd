import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { acceptInvitation, invitationPreviewQuery, meQuery } from '@/api/accounts'
import type { InvitationPreview } from '@/api/types'
import { rich, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { Loading } from '@/ui/Spinner'
import { DoorPage } from './DoorPage'
import { MIN_PASSWORD_LENGTH, ROLE_NAMES } from './words'

function AcceptForm({ token, preview }: { token: string; preview: InvitationPreview }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState(preview.email ?? '')
  const [password, setPassword] = useState('')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const isKnown = preview.account_exists
  const accepting = useMutation({
    mutationFn: () =>
      acceptInvitation(token, {
        name: isKnown ? undefined : name.trim(),
        password,
        email: preview.email === null ? email.trim() : undefined,
      }),
    onSuccess: async (me) => {
      queryClient.clear()
      queryClient.setQueryData(meQuery.queryKey, me)
      await navigate({ to: '/' })
    },
  })
  const isComplete =
    (isKnown || name.trim() !== '') &&
    email.trim() !== '' &&
    password.length >= (isKnown ? 1 : MIN_PASSWORD_LENGTH)

  function submit(event: FormEvent) {
    event.preventDefault()
    accepting.mutate()
  }

  return (
    <form className="door__form" onSubmit={submit} noValidate>
      <h1 className="door__title">
        {t('Join {organization}', { organization: preview.organization.name })}
      </h1>
      <p className="door__note">
        {rich('You are invited as {role}.', {
          role: <strong>{ROLE_NAMES[preview.role]}</strong>,
        })}{' '}
        {isKnown
          ? t('You have an account already: enter its password.')
          : t('Choose a name and a password.')}{' '}
        {rich('The invitation ends {when}.', { when: <RelativeTime at={preview.expires_at} /> })}
      </p>
      <ProblemMessage error={accepting.error} />
      {!isKnown && (
        <TextField
          label={t('Your name')}
          name="name"
          autoComplete="name"
          autoFocus
          isRequired
          value={name}
          onChange={setName}
        />
      )}
      <TextField
        label={t('E-mail')}
        type="email"
        name="email"
        autoComplete="username"
        isRequired
        isReadOnly={preview.email !== null}
        value={email}
        onChange={setEmail}
      />
      <TextField
        label={t('Password')}
        type="password"
        name="password"
        autoComplete={isKnown ? 'current-password' : 'new-password'}
        isRequired
        description={
          isKnown
            ? undefined
            : t('At least {n} characters.', {
                n: MIN_PASSWORD_LENGTH,
              })
        }
        value={password}
        onChange={setPassword}
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        isPending={accepting.isPending}
        isDisabled={!isComplete}
      >
        {t('Accept and sign in')}
      </Button>
    </form>
  )
}

export function AcceptInvitationPage() {
  const { token } = useParams({ from: '/invitations/$token' })
  const preview = useQuery(invitationPreviewQuery(token))
  return (
    <DoorPage title={t('Accept invitation')}>
      {preview.isPending && <Loading label={t('Reading the invitation')} />}
      <ProblemMessage error={preview.error} onRetry={() => void preview.refetch()} />
      {preview.data !== undefined && <AcceptForm token={token} preview={preview.data} />}
    </DoorPage>
  )
}
