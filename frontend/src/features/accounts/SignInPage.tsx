import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { meQuery, signIn } from '@/api/accounts'
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
    <DoorPage title="Sign in">
      <form className="door__form" onSubmit={submit} noValidate>
        <h1 className="door__title">Sign in</h1>
        {next !== undefined && !signingIn.isError && (
          <p className="door__note">Sign in to go on where you were.</p>
        )}
        <ProblemMessage error={signingIn.error} />
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          isRequired
          value={email}
          onChange={setEmail}
        />
        <TextField
          label="Password"
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
          Sign in
        </Button>
        <p className="door__note">
          No account yet? An owner or manager of your organisation can send you an invitation link.
        </p>
      </form>
    </DoorPage>
  )
}
