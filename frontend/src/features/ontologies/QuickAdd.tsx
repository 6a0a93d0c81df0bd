import { type FormEvent, useState } from 'react'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { FolderPlus, Plus } from '@/ui/icons'

/** Adding is one field and Enter, so that twenty classes take twenty lines. */
export function QuickAdd({
  onAddClass,
  onAddGroup,
}: {
  onAddClass: (name: string) => void
  onAddGroup: () => void
}) {
  const [name, setName] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim() === '') return
    onAddClass(name.trim())
    setName('')
  }
  return (
    <form className="ontology-add" onSubmit={submit}>
      <TextField
        label={t('New class')}
        isLabelHidden
        placeholder={t('New class, then Enter')}
        maxLength={100}
        value={name}
        onChange={setName}
      />
      <Button type="submit" icon={<Plus />} isDisabled={name.trim() === ''}>
        {t('Add class')}
      </Button>
      <Button icon={<FolderPlus />} onPress={onAddGroup}>
        {t('Add group')}
      </Button>
    </form>
  )
}
