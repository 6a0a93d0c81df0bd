import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { membersQuery } from '@/api/accounts'
import {
  type Arrangement,
  arrangeTasks,
  batchesQuery,
  type Pick,
  pickedCountQuery,
} from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { teamsQuery } from '@/api/workforce'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { NumberField, TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Select } from '@/ui/Select'
import { type Change, type ChangeKind, changeOf, NOTHING_SOUGHT, pickBy } from './arrangement'
import { SoughtFields } from './SoughtFields'
import { useQueueChange } from './useQueueChange'

const KINDS: readonly { value: ChangeKind; label: string }[] = [
  { value: 'priority', label: t('Priority') },
  { value: 'batch_id', label: t('Batch') },
  { value: 'assignee_id', label: t('Assign to a person') },
  { value: 'team_id', label: t('Assign to a team') },
  { value: 'skill', label: t('Skill that it needs') },
  { value: 'due_at', label: t('Deadline') },
]
const NOBODY = 'none'

interface ArrangeDialogProps {
  projectId: Id
  /** The chosen images; with none, the dialog asks which ones are meant. */
  taskIds: readonly Id[]
  onClose: () => void
  onDone: () => void
}

/** One change for many images. It counts at once for everything that nobody holds. */
export function ArrangeDialog({ projectId, taskIds, onClose, onDone }: ArrangeDialogProps) {
  const [change, setChange] = useState<Change>({ kind: 'priority', value: 1 })
  const [sought, setSought] = useState(NOTHING_SOUGHT)
  const pick: Pick | null = taskIds.length > 0 ? { task_ids: [...taskIds] } : pickBy(sought)
  const arranging = useQueueChange(
    projectId,
    (sent: { pick: Pick; set: Arrangement }) => arrangeTasks(projectId, sent.pick, sent.set),
    ({ changed }) => plural(changed, '{n} image changed', '{n} images changed'),
  )
  const set = changeOf(change)
  const apply = () => {
    if (pick === null || set === null) return
    arranging.mutate(
      { pick, set },
      {
        onSuccess: () => {
          onDone()
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      title={
        taskIds.length > 0
          ? plural(taskIds.length, 'Change {n} image', 'Change {n} images')
          : t('Change images')
      }
      isOpen
      onClose={onClose}
    >
      <DialogBody>
        {taskIds.length === 0 && (
          <>
            <SoughtFields projectId={projectId} sought={sought} onChange={setSought} />
            <Matching projectId={projectId} pick={pick} />
          </>
        )}
        <Select
          label={t('Change')}
          options={KINDS}
          value={change.kind}
          onChange={(kind) => setChange({ kind, value: kind === 'priority' ? 1 : null })}
        />
        <ValueField projectId={projectId} change={change} onChange={setChange} />
        <ProblemMessage error={arranging.error} />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={pick === null || set === null}
          isPending={arranging.isPending}
          onPress={apply}
        >
          {t('Change')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** How many images are meant, as long as what is sought stays the same. */
function Matching({ projectId, pick }: { projectId: Id; pick: Pick | null }) {
  const { data, error } = useQuery(pickedCountQuery(projectId, pick))
  if (pick === null) return null
  return (
    <p className="queue-matching" role="status">
      {data !== undefined && plural(data, '{n} image matches', '{n} images match')}
      <ProblemMessage error={error} />
    </p>
  )
}

interface ValueFieldProps {
  projectId: Id
  change: Change
  onChange: (change: Change) => void
}

function ValueField({ projectId, change, onChange }: ValueFieldProps): ReactNode {
  const { kind, value } = change
  const give = (given: string | number | null) => onChange({ kind, value: given })
  switch (kind) {
    case 'priority':
      return (
        <NumberField
          label={t('Priority')}
          description={t('Higher goes first. A day of waiting counts as much as one step.')}
          minValue={-1000}
          maxValue={1000}
          value={typeof value === 'number' ? value : 0}
          onChange={give}
        />
      )
    case 'due_at':
      return (
        <TextField
          label={t('Deadline')}
          description={t('From a week before, its images come sooner each day. Empty: none.')}
          type="date"
          value={String(value ?? '')}
          onChange={give}
        />
      )
    case 'skill':
      return (
        <TextField
          label={t('Skill')}
          description={t('Only who has it is given these images. Empty: anybody.')}
          value={String(value ?? '')}
          onChange={give}
        />
      )
    case 'batch_id':
      return <BatchSelect projectId={projectId} value={value} onChange={give} />
    case 'assignee_id':
      return <PersonSelect value={value} onChange={give} />
    case 'team_id':
      return <TeamSelect value={value} onChange={give} />
  }
}

interface ChoiceProps {
  value: string | number | null
  onChange: (value: string | null) => void
}

function Choice({
  label,
  none,
  options,
  value,
  onChange,
}: ChoiceProps & { label: string; none: string; options: { value: string; label: string }[] }) {
  return (
    <Select
      label={label}
      options={[{ value: NOBODY, label: none }, ...options]}
      value={String(value ?? NOBODY)}
      onChange={(chosen) => onChange(chosen === NOBODY ? null : chosen)}
    />
  )
}

function BatchSelect({ projectId, ...rest }: ChoiceProps & { projectId: Id }) {
  const batches = useQuery(batchesQuery(projectId)).data?.items ?? []
  const options = batches.map((batch) => ({ value: batch.id, label: batch.name }))
  return <Choice label={t('Batch')} none={t('No batch')} options={options} {...rest} />
}

function PersonSelect(props: ChoiceProps) {
  const members = useQuery(membersQuery).data ?? []
  const options = members.map((member) => ({ value: member.user_id, label: member.name }))
  return <Choice label={t('Person')} none={t('Anybody')} options={options} {...props} />
}

function TeamSelect(props: ChoiceProps) {
  const teams = useQuery(teamsQuery).data ?? []
  const options = teams.map((team) => ({ value: team.id, label: team.name }))
  return <Choice label={t('Team')} none={t('No team')} options={options} {...props} />
}
