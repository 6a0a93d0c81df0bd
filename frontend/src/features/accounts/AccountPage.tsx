import { t } from '@/i18n'
import './accounts.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changeMe, meQuery } from '@/api/accounts'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Card, Page, Section } from '@/ui/Page'
import { toast } from '@/ui/Toast'
import { LanguageForm } from './LanguageForm'
import { NotificationsSection } from './NotificationsSection'
import { TokensSection } from './TokensSection'
import { MIN_PASSWORD_LENGTH } from './words'

function NameForm() {
  const me = useMe()
  const queryClient = useQueryClient()
  const [name, setName] = useState(me.user.name)
  const saving = useMutation({
    mutationFn: () => changeMe({ name: name.trim() }),
    onSuccess: (newMe) => {
      queryClient.setQueryData(meQuery.queryKey, newMe)
      toast(t('Name saved'))
    },
  })
  return (
    <form
      className="account-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <ProblemMessage error={saving.error} />
      <TextField
        label={t('Name')}
        name="name"
        autoComplete="name"
        value={name}
        onChange={setName}
        description={t('You sign in as {email}.', { email: me.user.email })}
      />
      <Button
        type="submit"
        isPending={saving.isPending}
        isDisabled={name.trim() === '' || name.trim() === me.user.name}
      >
        {t('Save name')}
      </Button>
    </form>
  )
}

function PasswordForm() {
  const me = useMe()
  const queryClient = useQueryClient()
  const [current, setCurrent] = useState('')
  const [chosen, setChosen] = useState('')
  const saving = useMutation({
    mutationFn: () => changeMe({ password: { current, new: chosen } }),
    onSuccess: (newMe) => {
      queryClient.setQueryData(meQuery.queryKey, newMe)
      setCurrent('')
      setChosen('')
      toast(t('Password changed'))
    },
  })
  return (
    <form
      className="account-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <ProblemMessage error={saving.error} />
      {/* Password managers file the new password under this name. */}
      <input
        className="visually-hidden"
        type="email"
        name="username"
        autoComplete="username"
        aria-label={t('E-mail')}
        tabIndex={-1}
        readOnly
        value={me.user.email}
      />
      <TextField
        label={t('Current password')}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
      />
      <TextField
        label={t('New password')}
        type="password"
        autoComplete="new-password"
        description={t('At least {n} characters.', {
          n: MIN_PASSWORD_LENGTH,
        })}
        value={chosen}
        onChange={setChosen}
      />
      <Button
        type="submit"
        isPending={saving.isPending}
        isDisabled={current === '' || chosen.length < MIN_PASSWORD_LENGTH}
      >
        {t('Change password')}
      </Button>
    </form>
  )
}

export function AccountPage() {
  return (
    <Page title={t('Account')} width="narrow">
      <Section title={t('You')}>
        <Card>
          <NameForm />
        </Card>
      </Section>
      <Section
        title={t('Language')}
        description={t('Of the pages, on every computer where you sign in.')}
      >
        <Card>
          <LanguageForm />
        </Card>
      </Section>
      <Section title={t('Password')}>
        <Card>
          <PasswordForm />
        </Card>
      </Section>
      <NotificationsSection />
      <TokensSection />
    </Page>
  )
}
