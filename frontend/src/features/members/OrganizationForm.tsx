import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { meQuery, renameOrganization } from '@/api/accounts'
import { t } from '@/i18n'
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
      toast(t('Organisation renamed'))
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
    },
  })
  return (
    <Section title={t('Organisation')}>
      <Card>
        <form
          className="organization-form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            saving.mutate()
          }}
        >
          <TextField label={t('Name')} maxLength={200} value={name} onChange={setName} />
          <Button
            type="submit"
            isPending={saving.isPending}
            isDisabled={name.trim() === '' || name.trim() === me.organization.name}
          >
            {t('Rename')}
          </Button>
        </form>
        <ProblemMessage error={saving.error} />
      </Card>
    </Section>
  )
}
