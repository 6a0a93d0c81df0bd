import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createToken, revokeToken, tokensQuery } from '@/api/accounts'
import type { ApiToken, TokenScope } from '@/api/types'
import { t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { CopyField } from '@/ui/CopyField'
import { ConfirmDialog, Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { Checkbox, TextField } from '@/ui/Field'
import { Plus, Trash2 } from '@/ui/icons'
import { Message, ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { toast } from '@/ui/Toast'
import { SCOPES, scopeWords } from './words'

const LIFETIMES = [
  { value: '30', label: t('30 days') },
  { value: '90', label: t('90 days') },
  { value: '365', label: t('1 year') },
  { value: 'never', label: t('Does not expire') },
] as const
type Lifetime = (typeof LIFETIMES)[number]['value']

const DAY_MS = 86_400_000

function expiry(lifetime: Lifetime): string | undefined {
  if (lifetime === 'never') return undefined
  return new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString()
}

function NewTokenForm({ onCreated }: { onCreated: (token: string) => void }) {
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['read', 'export'])
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const creating = useMutation({
    mutationFn: () =>
      createToken({ name: name.trim(), scopes: [...scopes], expires_at: expiry(lifetime) }),
    onSuccess: async (created) => {
      onCreated(created.token)
      await queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey })
    },
  })

  function toggle(scope: TokenScope, isWanted: boolean) {
    setScopes(isWanted ? [...scopes, scope] : scopes.filter((candidate) => candidate !== scope))
  }

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        creating.mutate()
      }}
    >
      <DialogBody>
        <ProblemMessage error={creating.error} />
        <TextField
          label={t('Name')}
          placeholder={t('What will use it: training pipeline')}
          autoFocus
          value={name}
          onChange={setName}
        />
        <fieldset className="account-scopes">
          <legend className="account-scopes__legend">{t('It may')}</legend>
          {SCOPES.map((scope) => (
            <Checkbox
              key={scope.value}
              description={scope.description}
              isSelected={scopes.includes(scope.value)}
              onChange={(isWanted) => toggle(scope.value, isWanted)}
            >
              {scope.label}
            </Checkbox>
          ))}
        </fieldset>
        <Select label={t('Expires')} options={LIFETIMES} value={lifetime} onChange={setLifetime} />
      </DialogBody>
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          isPending={creating.isPending}
          isDisabled={name.trim() === '' || scopes.length === 0}
        >
          {t('Create token')}
        </Button>
      </DialogActions>
    </form>
  )
}

function NewTokenDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [token, setToken] = useState<string | null>(null)
  function close() {
    setToken(null)
    onClose()
  }
  return (
    <Dialog
      title={token === null ? t('Create an API token') : t('Copy your new token')}
      isOpen={isOpen}
      onClose={close}
    >
      {token === null ? (
        <NewTokenForm onCreated={setToken} />
      ) : (
        <>
          <DialogBody>
            <Message tone="warning" title={t('It is shown only now.')}>
              {t('Keep it where your scripts keep secrets. Whoever has it can act as you.')}
            </Message>
            <CopyField label={t('API token')} value={token} />
          </DialogBody>
          <DialogActions>
            <Button variant="primary" onPress={close}>
              {t('Done')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}

export function TokensSection() {
  const queryClient = useQueryClient()
  const tokens = useQuery(tokensQuery)
  const [isCreating, setCreating] = useState(false)
  const [doomed, setDoomed] = useState<ApiToken | null>(null)
  const revoking = useMutation({
    mutationFn: (token: ApiToken) => revokeToken(token.id),
    onSuccess: async (_, token) => {
      setDoomed(null)
      toast(t('Token {token} revoked', { token: token.name }))
      await queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey })
    },
  })
  const columns: Column<ApiToken>[] = [
    {
      id: 'name',
      name: t('Name'),
      cell: (token) => (
        <span className="account-token">
          <span>{token.name}</span>
          <code className="account-token__prefix">{token.prefix}…</code>
        </span>
      ),
    },
    { id: 'scopes', name: t('May'), cell: (token) => scopeWords(token.scopes) },
    {
      id: 'used',
      name: t('Last used'),
      cell: (token) =>
        token.last_used_at === null ? t('Never') : <RelativeTime at={token.last_used_at} />,
    },
    {
      id: 'expires',
      name: t('Expires'),
      cell: (token) =>
        token.expires_at === null ? t('Never') : <RelativeTime at={token.expires_at} />,
    },
    {
      id: 'revoke',
      name: t('Revoke'),
      isNameHidden: true,
      align: 'end',
      cell: (token) => (
        <IconButton
          label={t('Revoke {token}', { token: token.name })}
          size="sm"
          icon={<Trash2 />}
          onPress={() => setDoomed(token)}
        />
      ),
    },
  ]
  return (
    <Section
      title={t('API tokens')}
      description={t('For scripts and pipelines. A token acts as you, within what it may do.')}
      actions={
        <Button icon={<Plus />} onPress={() => setCreating(true)}>
          {t('Create token')}
        </Button>
      }
    >
      {tokens.isPending && <Loading />}
      <ProblemMessage error={tokens.error} onRetry={() => void tokens.refetch()} />
      {tokens.data !== undefined && tokens.data.length > 0 && (
        <Table
          label={t('API tokens')}
          columns={columns}
          rows={tokens.data}
          rowKey={(token) => token.id}
        />
      )}
      {tokens.data?.length === 0 && <p className="account-none">{t('No tokens yet.')}</p>}
      <NewTokenDialog isOpen={isCreating} onClose={() => setCreating(false)} />
      <ConfirmDialog
        title={t('Revoke {token}?', { token: doomed?.name ?? '' })}
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        action={t('Revoke token')}
        isPending={revoking.isPending}
        onConfirm={() => {
          if (doomed !== null) revoking.mutate(doomed)
        }}
      >
        <p>{t('Scripts that use it are refused from now on. This cannot be undone.')}</p>
        <ProblemMessage error={revoking.error} />
      </ConfirmDialog>
    </Section>
  )
}
