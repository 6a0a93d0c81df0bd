import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type BulkLine, invitationsQuery, inviteMany } from '@/api/accounts'
import type { Role } from '@/api/types'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { DialogActions, DialogBody } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { counted } from '@/ui/quantities'
import { Select } from '@/ui/Select'
import { type Column, Table } from '@/ui/Table'
import { rolesFor } from './roles'

const WORDS: Record<BulkLine['status'], string> = {
  ready: 'Can be invited',
  invited: 'Invited',
  no_address: 'No e-mail address in this line',
  twice: 'Stands further up already',
  member: 'Is a member already',
  waiting: 'Was invited already',
  unknown_role: 'There is no such role',
  not_yours_to_give: 'You can’t give this role',
  unknown_team: 'There is no such team',
}

/** A list of people, checked line by line before anybody is invited. */
export function BulkInviteForm({ onDone }: { onDone: () => void }) {
  const me = useMe()
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const [role, setRole] = useState<Role>('labeler')
  const inviting = useMutation({
    mutationFn: (isCheck: boolean) => inviteMany({ text, role, only_check: isCheck }),
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
              label="People"
              description="One on each line, or a CSV: e-mail, role, team. Role and team can be left out."
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
              label="Role where a line names none"
              options={rolesFor(me.role)}
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
            label="What becomes of each line"
            columns={COLUMNS}
            rows={lines}
            rowKey={(line) => `${line.line} ${line.email}`}
          />
        )}
      </DialogBody>
      <DialogActions>
        {isInvited ? (
          <>
            <Button onPress={() => void navigator.clipboard.writeText(linksOf(lines))}>
              Copy all links
            </Button>
            <Button variant="primary" onPress={onDone}>
              Done
            </Button>
          </>
        ) : (
          <Button
            type="submit"
            variant="primary"
            isPending={inviting.isPending}
            isDisabled={text.trim() === '' || (inviting.isSuccess && ready === 0)}
          >
            {ready === 0 ? 'Check the list' : `Invite ${counted(ready, 'person', 'people')}`}
          </Button>
        )}
      </DialogActions>
    </form>
  )
}

const COLUMNS: readonly Column<BulkLine>[] = [
  { id: 'line', name: 'Line', align: 'end', width: '4rem', cell: ({ line }) => line },
  { id: 'who', name: 'Who', cell: ({ email, said }) => email ?? said },
  {
    id: 'status',
    name: 'Result',
    cell: ({ status, is_mailed }) =>
      status === 'invited' && is_mailed ? 'Invited by e-mail' : WORDS[status],
  },
]

function linksOf(lines: readonly BulkLine[]): string {
  return lines
    .filter(({ url }) => url !== null)
    .map(({ email, url }) => `${email}\t${url}`)
    .join('\n')
}
