import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  batchesQuery,
  capsQuery,
  changeQueueSettings,
  type QueueSettings,
  setCaps,
} from '@/api/queue-desk'
import type { Id } from '@/api/types'
import { teamsQuery } from '@/api/workforce'
import { t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { Checkbox, NumberField } from '@/ui/Field'
import { Plus, X } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Select, type SelectOption } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { capsOf, type LimitRow, limitOf, problemOf, type RowProblem, rowsOf } from './limits'
import { useQueueChange } from './useQueueChange'

const ALL = 'all'
const MOST = 1_000_000

interface LimitsDialogProps {
  projectId: Id
  settings: QueueSettings
  onClose: () => void
}

/** How many images a person and a team may do, of the project and of each batch. */
export function LimitsDialog(props: LimitsDialogProps) {
  const caps = useQuery({ ...capsQuery(props.projectId), staleTime: 0, gcTime: 0 })
  return (
    <Dialog title={t('Limits')} isOpen onClose={props.onClose} size="md">
      {caps.data === undefined ? (
        <DialogBody>
          {caps.isPending && <Loading />}
          <ProblemMessage error={caps.error} onRetry={() => void caps.refetch()} />
        </DialogBody>
      ) : (
        <LimitsForm {...props} initial={rowsOf(caps.data.items)} />
      )}
    </Dialog>
  )
}

function LimitsForm({
  projectId,
  settings,
  onClose,
  initial,
}: LimitsDialogProps & { initial: LimitRow[] }) {
  const [total, setTotal] = useState(settings.labeler_cap ?? Number.NaN)
  const [daily, setDaily] = useState(settings.labeler_daily_cap ?? Number.NaN)
  const [mayTakeBack, setMayTakeBack] = useState(settings.may_take_back)
  const [rows, setRows] = useState(initial)
  const saving = useQueueChange(
    projectId,
    async () => {
      await setCaps(projectId, capsOf(rows))
      return changeQueueSettings(projectId, {
        labeler_cap: limitOf(total),
        labeler_daily_cap: limitOf(daily),
        may_take_back: mayTakeBack,
      })
    },
    () => t('Limits saved'),
  )
  const isSound = rows.every((row) => problemOf(row, rows) === null)
  return (
    <>
      <DialogBody>
        <p>
          {t('Who reached a limit finishes what is open and gets nothing new. Empty: no limit.')}
        </p>
        <fieldset className="queue-limits">
          <legend>{t('Each person')}</legend>
          <div className="queue-arrange__pair">
            <NumberField
              label={t('Images in this project')}
              minValue={1}
              maxValue={MOST}
              value={total}
              onChange={setTotal}
            />
            <NumberField
              label={t('Images a day')}
              description={t('A day of UTC.')}
              minValue={1}
              maxValue={MOST}
              value={daily}
              onChange={setDaily}
            />
          </div>
        </fieldset>
        <TeamLimits projectId={projectId} rows={rows} onChange={setRows} />
        <Checkbox isSelected={mayTakeBack} onChange={setMayTakeBack}>
          {t('Labelers may take back what they handed in, until somebody reviews it')}
        </Checkbox>
        <ProblemMessage error={saving.error} />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={!isSound}
          isPending={saving.isPending}
          onPress={() => saving.mutate(undefined, { onSuccess: onClose })}
        >
          {t('Save limits')}
        </Button>
      </DialogActions>
    </>
  )
}

interface TeamLimitsProps {
  projectId: Id
  rows: LimitRow[]
  onChange: (rows: LimitRow[]) => void
}

function TeamLimits({ projectId, rows, onChange }: TeamLimitsProps) {
  const teams = useQuery(teamsQuery).data ?? []
  const batches = useQuery(batchesQuery(projectId)).data?.items ?? []
  const change = (changed: LimitRow) =>
    onChange(rows.map((row) => (row.key === changed.key ? changed : row)))
  const add = () =>
    onChange([
      ...rows,
      {
        key: Math.max(-1, ...rows.map((row) => row.key)) + 1,
        teamId: null,
        batchId: null,
        total: Number.NaN,
        daily: Number.NaN,
      },
    ])
  return (
    <fieldset className="queue-limits">
      <legend>{t('Teams and batches')}</legend>
      {rows.length === 0 && (
        <p className="queue-limits__none">
          {t(
            'A limit here holds for all people of a team together, or for each person in a batch.',
          )}
        </p>
      )}
      {rows.map((row) => (
        <LimitFields
          key={row.key}
          row={row}
          problem={problemOf(row, rows)}
          teams={[
            { value: ALL, label: t('Each person') },
            ...teams.map((team) => ({ value: team.id, label: team.name })),
          ]}
          batches={[
            { value: ALL, label: t('Whole project') },
            ...batches.map((batch) => ({ value: batch.id, label: batch.name })),
          ]}
          onChange={change}
          onRemove={() => onChange(rows.filter((one) => one.key !== row.key))}
        />
      ))}
      <Button size="sm" icon={<Plus />} onPress={add}>
        {t('Add limit')}
      </Button>
    </fieldset>
  )
}

const PROBLEMS: Record<RowProblem, string> = {
  'of-nothing': t('Choose a team or a batch. What each person may do in the project stands above.'),
  twice: t('There are two limits for this. Remove one.'),
}

interface LimitFieldsProps {
  row: LimitRow
  problem: RowProblem | null
  teams: SelectOption<string>[]
  batches: SelectOption<string>[]
  onChange: (row: LimitRow) => void
  onRemove: () => void
}

function LimitFields({ row, problem, teams, batches, onChange, onRemove }: LimitFieldsProps) {
  const idOf = (chosen: string) => (chosen === ALL ? null : chosen)
  return (
    <div className="queue-limit">
      <Select
        label={t('Who')}
        options={teams}
        value={row.teamId ?? ALL}
        onChange={(chosen) => onChange({ ...row, teamId: idOf(chosen) })}
      />
      <Select
        label={t('Of what')}
        options={batches}
        value={row.batchId ?? ALL}
        onChange={(chosen) => onChange({ ...row, batchId: idOf(chosen) })}
      />
      <NumberField
        label={t('Images')}
        minValue={1}
        maxValue={MOST}
        value={row.total}
        onChange={(total) => onChange({ ...row, total })}
      />
      <NumberField
        label={t('A day')}
        minValue={1}
        maxValue={MOST}
        value={row.daily}
        onChange={(daily) => onChange({ ...row, daily })}
      />
      <IconButton label={t('Remove this limit')} icon={<X />} onPress={onRemove} />
      {problem !== null && <p className="queue-limit__problem">{PROBLEMS[problem]}</p>}
    </div>
  )
}
