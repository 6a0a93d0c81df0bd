import './rules.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeRule, deleteRule, type Rule, rulesQuery } from '@/api/quality'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button, IconButton } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { Checkbox } from '@/ui/Field'
import { Pencil, Plus, Trash2 } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { Loading } from '@/ui/Spinner'
import { draftOf, newRule } from './draft'
import { PausedPeople } from './PausedPeople'
import { RuleDialog } from './RuleDialog'
import { RuleHistory } from './RuleHistory'
import { actionWords, conditionWords } from './words'

/** When something follows by itself from how people work, whom it met, and who is paused. */
export function RulesPanel({ projectId }: { projectId: Id }) {
  const rules = useQuery(rulesQuery(projectId))
  const [edited, setEdited] = useState<Rule | 'new' | null>(null)
  const mayChange = useMay('manage_projects')
  if (rules.data === undefined) {
    return rules.error === null ? <Loading /> : <ProblemMessage error={rules.error} />
  }
  return (
    <div className="rules-panel">
      <PausedPeople projectId={projectId} />
      <Section
        title={t('Rules')}
        description={t('Each looks at a person after every task, review and consensus.')}
        actions={
          mayChange && (
            <Button size="sm" icon={<Plus />} onPress={() => setEdited('new')}>
              {t('New rule')}
            </Button>
          )
        }
      >
        {rules.data.length === 0 ? (
          <p className="rules-none">
            {t(
              'No rules yet. A rule tells you, pauses a person or has more reviewed when golds, reviews, agreement, time or skips are out of line.',
            )}
          </p>
        ) : (
          <ul className="rules-list">
            {rules.data.map((rule) => (
              <RuleCard
                key={rule.id}
                projectId={projectId}
                rule={rule}
                mayChange={mayChange}
                onEdit={() => setEdited(rule)}
              />
            ))}
          </ul>
        )}
      </Section>
      <RuleHistory projectId={projectId} />
      {edited !== null && (
        <RuleDialog
          projectId={projectId}
          ruleId={edited === 'new' ? null : edited.id}
          initial={edited === 'new' ? newRule() : draftOf(edited)}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  )
}

interface RuleCardProps {
  projectId: Id
  rule: Rule
  mayChange: boolean
  onEdit: () => void
}

function RuleCard({ projectId, rule, mayChange, onEdit }: RuleCardProps) {
  const [isLeaving, setLeaving] = useState(false)
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries(rulesQuery(projectId))
  const switching = useMutation({
    mutationFn: (is_active: boolean) => changeRule(rule.id, { ...draftOf(rule), is_active }),
    onSettled: refresh,
  })
  const deleting = useMutation({ mutationFn: () => deleteRule(rule.id), onSuccess: refresh })
  const draft = draftOf(rule)
  return (
    <li className="rule-card" data-state={rule.is_active ? 'on' : 'off'}>
      <div className="rule-card__words">
        <p className="rule-card__name">{rule.name}</p>
        <p>{conditionWords(draft)}</p>
        <p className="rule-card__action">→ {actionWords(draft)}</p>
      </div>
      {mayChange && (
        <div className="rule-card__buttons">
          <Checkbox isSelected={rule.is_active} onChange={(is_on) => switching.mutate(is_on)}>
            {t('On')}
          </Checkbox>
          <IconButton
            size="sm"
            label={t('Change the rule {name}', { name: rule.name })}
            icon={<Pencil />}
            onPress={onEdit}
          />
          <IconButton
            size="sm"
            label={t('Delete the rule {name}', { name: rule.name })}
            icon={<Trash2 />}
            onPress={() => setLeaving(true)}
          />
        </div>
      )}
      <ProblemMessage error={switching.error} />
      <ConfirmDialog
        title={t('Delete the rule {name}?', { name: rule.name })}
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        action={t('Delete rule')}
        isPending={deleting.isPending}
        onConfirm={() => deleting.mutate()}
      >
        <p>{t('What it did stays as it is, and in the history.')}</p>
        <ProblemMessage error={deleting.error} />
      </ConfirmDialog>
    </li>
  )
}
