import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type BulkLine, invitationsQuery, inviteMany, rolesQuery } from '@/api/accounts'
import { plural, t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { copyText } from '@/ui/clipboard'
import { DialogActions, DialogBody } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Select } from '@/ui/Select'
import { type Column, Table } from '@/ui/Table'
import { roleChoice, roleOptions } from './roles'

const WORDS: Record<BulkLine['status'], string> = {
  ready: t('Can be invited'),
  invited: t('Invited'),
  no_address: t('No e-mail address in this line'),
  twice: t('Stands further up already'),
  member: t('Is a member already'),
  waiting: t('Was invited already'),
  unknown_role: t('There is no such role'),
  not_yours_to_give: t('You can’t give this role'),
  unknown_team: t('There is no such team'),
}

/** A list of people, checked line by line before anybody is invited. */
export function BulkInviteForm({ onDone }: { onDone: () => void }) {
  const me = useMe()
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const [role, setRole] = useState('labeler')
  const own = useQuery(rolesQuery).data?.items ?? []
  const inviting = useMutation({
    mutationFn: (isCheck: boolean) =>
      inviteMany({ text, ...roleChoice(role, own), only_check: isCheck }),
    onSuccess: (_, isCheck) =>
      isCheck ? undefined : queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  })
  const lines = inviting.data?.items ?? []
  const isInvited = lines.some(({ status }) => status === 'invited')
  const ready = lines.filter(({ status }) => status === 'ready').length
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        inviting.mutate(ready === 0)
      }}
    >
      <DialogBody>
        <ProblemMessage error={inviting.error} />
        {!isInvited && (
          <>
            <TextField
              label={t('People')}
              description={t(
                'One on each line, or a CSV: e-mail, role, team. Role and team can be left out.',
              )}
              isMultiline
              rows={8}
              value={text}
              onChange={(next) => {
                setText(next)
                inviting.reset()
              }}
              autoFocus
            />
            <Select
              label={t('Role where a line names none')}
              options={roleOptions(me.role, own)}
              value={role}
              onChange={(next) => {
                setRole(next)
                inviting.reset()
              }}
            />
          </>
        )}
        {lines.length > 0 && (
          <Table
            label={t('What becomes of each line')}
            columns={COLUMNS}
            rows={lines}
            rowKey={(line) => `${line.line} ${line.email}`}
          />
        )}
      </DialogBody>
      <DialogActions>
        {isInvited ? (
          <>
            <Button onPress={() => void copyText(linksOf(lines))}>{t('Copy all links')}</Button>
            <Button variant="primary" onPress={onDone}>
              {t('Done')}
            </Button>
          </>
        ) : (
          <Button
            type="submit"
            variant="primary"
            isPending={inviting.isPending}
            isDisabled={text.trim() === '' || (inviting.isSuccess && ready === 0)}
          >
            {ready === 0
              ? t('Check the list')
              : plural(ready, 'Invite {n} person', 'Invite {n} people')}
          </Button>
        )}
      </DialogActions>
    </form>
  )
}

const COLUMNS: readonly Column<BulkLine>[] = [
  { id: 'line', name: t('Line'), align: 'end', width: '4rem', cell: ({ line }) => line },
  { id: 'who', name: t('Who'), cell: ({ email, said }) => email ?? said },
  {
    id: 'status',
    name: t('Result'),
    cell: ({ status, is_mailed }) =>
      status === 'invited' && is_mailed ? t('Invited by e-mail') : WORDS[status],
  },
]

function linksOf(lines: readonly BulkLine[]): string {
  return lines
    .filter(({ url }) => url !== null)
    .map(({ email, url }) => `${email}\t${url}`)
    .join('\n')
}
