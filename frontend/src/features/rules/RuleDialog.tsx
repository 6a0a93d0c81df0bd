import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeRule,
  createRule,
  type Metric,
  qualityKey,
  type RuleAction,
  type RuleDraft,
} from '@/api/quality'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { Checkbox, NumberField, TextField } from '@/ui/Field'
import { ProblemMessage } from '@/ui/Message'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/Toast'
import { trimmed } from './draft'
import { RuleTrial } from './RuleTrial'
import { ACTIONS, keptFrom, METRICS, shownFrom } from './words'

interface RuleDialogProps {
  projectId: Id
  /** null: a new one. */
  ruleId: Id | null
  initial: RuleDraft
  onClose: () => void
}

const USUAL_THRESHOLDS: Record<Metric, number> = {
  gold_iou: 0.7,
  gold_distance_px: 5,
  rejection_rate: 0.3,
  agreement: 0.7,
  task_seconds: 5,
  skip_rate: 0.3,
}

export function RuleDialog({ projectId, ruleId, initial, onClose }: RuleDialogProps) {
  const [draft, setDraft] = useState(initial)
  const set = (changes: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const rule = trimmed(draft)
  const isWhole = rule.name !== '' && (rule.action !== 'remove_skill' || rule.skill !== '')
  const queryClient = useQueryClient()
  const saving = useMutation({
    mutationFn: () => (ruleId === null ? createRule(projectId, rule) : changeRule(ruleId, rule)),
    onSuccess: async () => {
      toast(t('Rule saved'))
      await queryClient.invalidateQueries({ queryKey: qualityKey(projectId) })
      onClose()
    },
  })
  return (
    <Dialog
      title={ruleId === null ? t('New rule') : t('Change rule')}
      isOpen
      onClose={onClose}
      size="md"
    >
      <DialogBody>
        <TextField
          label={t('Name')}
          value={draft.name}
          onChange={(name) => set({ name })}
          maxLength={200}
        />
        <ConditionFields draft={draft} set={set} />
        <ActionFields draft={draft} set={set} />
        <TellFields draft={draft} set={set} />
        <RuleTrial projectId={projectId} rule={rule} isWhole={isWhole} />
        <ProblemMessage error={saving.error} />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={!isWhole}
          isPending={saving.isPending}
          onPress={() => saving.mutate()}
        >
          {t('Save rule')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

interface FieldsProps {
  draft: RuleDraft
  set: (changes: Partial<RuleDraft>) => void
}

const METRIC_OPTIONS = (Object.keys(METRICS) as Metric[]).map((value) => ({
  value,
  label: METRICS[value].name,
}))

function ConditionFields({ draft, set }: FieldsProps) {
  const { unit, isBadBelow } = METRICS[draft.metric]
  return (
    <fieldset className="rule-fields">
      <legend>{t('Condition')}</legend>
      <Select
        label={t('What is looked at')}
        options={METRIC_OPTIONS}
        value={draft.metric}
        onChange={(metric) => set({ metric, threshold: USUAL_THRESHOLDS[metric] })}
      />
      <NumberField
        label={isBadBelow ? t('Below') : t('Above')}
        unit={unit}
        minValue={0}
        maxValue={unit === '%' ? 100 : 100_000}
        value={Math.round(shownFrom(draft.metric, draft.threshold) * 10) / 10}
        onChange={(shown) => set({ threshold: keptFrom(draft.metric, shown) })}
      />
      <Select
        label={t('Which of them')}
        options={[
          { value: 'last', label: t('the last ones') },
          { value: 'days', label: t('the last days') },
        ]}
        value={draft.last === null ? 'days' : 'last'}
        onChange={(kind) =>
          set(kind === 'last' ? { last: 10, days: null } : { last: null, days: 7 })
        }
      />
      <NumberField
        label={draft.last === null ? t('How many days') : t('How many')}
        minValue={1}
        maxValue={draft.last === null ? 90 : 500}
        value={draft.last ?? draft.days ?? 1}
        onChange={(n) => set(draft.last === null ? { days: n } : { last: n })}
      />
      <NumberField
        label={t('With at least')}
        description={t('With fewer, the rule says nothing.')}
        minValue={1}
        maxValue={draft.last ?? 500}
        value={draft.at_least}
        onChange={(at_least) => set({ at_least })}
      />
    </fieldset>
  )
}

const ACTION_OPTIONS = (Object.keys(ACTIONS) as RuleAction[]).map((value) => ({
  value,
  label: ACTIONS[value],
}))

function ActionFields({ draft, set }: FieldsProps) {
  return (
    <fieldset className="rule-fields">
      <legend>{t('Then')}</legend>
      <Select
        label={t('What follows')}
        options={ACTION_OPTIONS}
        value={draft.action}
        onChange={(action) => set({ action })}
      />
      {draft.action === 'pause' && (
        <NumberField
          label={t('For how many days')}
          description={t('0: until a manager resumes')}
          minValue={0}
          maxValue={365}
          value={draft.pause_days ?? 0}
          onChange={(days) => set({ pause_days: days > 0 ? days : null })}
        />
      )}
      {draft.action === 'raise_review' && (
        <NumberField
          label={t('Labels reviewed')}
          unit="%"
          minValue={1}
          maxValue={100}
          value={draft.review_percent ?? 100}
          onChange={(review_percent) => set({ review_percent })}
        />
      )}
      {draft.action === 'remove_skill' && (
        <TextField
          label={t('Skill')}
          value={draft.skill ?? ''}
          onChange={(skill) => set({ skill })}
          maxLength={200}
        />
      )}
    </fieldset>
  )
}

function TellFields({ draft, set }: FieldsProps) {
  const isRead = draft.tells_labeler || draft.action === 'pause'
  return (
    <fieldset className="rule-fields" data-look="list">
      <legend>{t('Who is told')}</legend>
      <Checkbox
        isSelected={draft.tells_managers}
        onChange={(tells_managers) => set({ tells_managers })}
      >
        {t('Managers')}
      </Checkbox>
      <Checkbox isSelected={draft.tells_lead} onChange={(tells_lead) => set({ tells_lead })}>
        {t('The lead of the person’s team')}
      </Checkbox>
      <Checkbox
        isSelected={isRead}
        isDisabled={draft.action === 'pause'}
        onChange={(tells_labeler) => set({ tells_labeler })}
      >
        {t('The person')}
      </Checkbox>
      {isRead && (
        <TextField
          label={t('What the person reads')}
          description={t('Empty: the rule’s name')}
          value={draft.message}
          onChange={(message) => set({ message })}
          isMultiline
          rows={2}
          maxLength={500}
        />
      )}
    </fieldset>
  )
}
