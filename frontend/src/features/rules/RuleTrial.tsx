import { useMutation } from '@tanstack/react-query'
import { type RuleDraft, type Trial, tryRule } from '@/api/quality'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { amountOf } from './words'

interface RuleTrialProps {
  projectId: Id
  rule: RuleDraft
  isWhole: boolean
}

/** Whom the rule as it stands in the form would have met, before it is switched on. */
export function RuleTrial({ projectId, rule, isWhole }: RuleTrialProps) {
  const trying = useMutation({
    mutationFn: async (tried: RuleDraft) => ({ tried, found: await tryRule(projectId, tried) }),
  })
  const result = trying.data
  const isCurrent = result !== undefined && JSON.stringify(result.tried) === JSON.stringify(rule)
  return (
    <div className="rule-trial">
      <Button
        size="sm"
        isDisabled={!isWhole}
        isPending={trying.isPending}
        onPress={() => trying.mutate(rule)}
      >
        {t('Try it on the last 30 days')}
      </Button>
      <ProblemMessage error={trying.error} />
      {isCurrent && <Found rule={rule} trial={result.found} />}
    </div>
  )
}

function Found({ rule, trial }: { rule: RuleDraft; trial: Trial }) {
  return (
    <div role="status">
      <p>
        {trial.items.length === 0
          ? t('It would have met nobody.')
          : plural(
              trial.items.length,
              'It would have met {n} person:',
              'It would have met {n} people:',
            )}
      </p>
      {trial.items.length > 0 && (
        <ul className="rule-trial__people">
          {trial.items.map(({ person, times, first }) => (
            <li key={person.id}>
              {plural(
                times,
                '{name}, once, first at {amount}',
                '{name}, {n} times, first at {amount}',
                { name: person.name, amount: amountOf(rule.metric, first.value) },
              )}
            </li>
          ))}
        </ul>
      )}
      {!trial.is_whole && (
        <p className="rules-none">{t('Only the newest part of these days was looked at.')}</p>
      )}
    </div>
  )
}
