import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { meQuery, renameOrganization } from '@/api/accounts'
import { useMe } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Card, Section } from '@/ui/Page'
import { toast } from '@/ui/Toast'

export function OrganizationForm() {
  const me = useMe()
  const queryClient = useQueryClient()
  const [name, setName] = useState(me.organization.name)
  const saving = useMutation({
    mutationFn: () => renameOrganization(name.trim()),
    onSuccess: async () => {
      toast('Organisation renamed')
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
    },
  })
  return (
    <Section title="Organisation">
      <Card>
        <form
          className="organization-form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            saving.mutate()
          }}
        >
          <TextField label="Name" maxLength={200} value={name} onChange={setName} />
          <Button
            type="submit"
            isPending={saving.isPending}
            isDisabled={name.trim() === '' || name.trim() === me.organization.name}
          >
            Rename
          </Button>
        </form>
        <ProblemMessage error={saving.error} />
      </Card>
    </Section>
  )
}
