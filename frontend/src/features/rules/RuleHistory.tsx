import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Firing, ruleHistoryCsvUrl, ruleHistoryQuery, undoFiring } from '@/api/quality'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { ArrowDownToLine } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { RelativeTime } from '@/ui/RelativeTime'
import { type Column, Table } from '@/ui/Table'
import { wholeRule } from './draft'
import { actionWords, amountOf, METRICS } from './words'

/** What rules did, with the numbers that they saw. */
export function RuleHistory({ projectId }: { projectId: Id }) {
  const history = useQuery(ruleHistoryQuery(projectId))
  const mayUndo = useMay('manage_projects')
  const queryClient = useQueryClient()
  const undoing = useMutation({
    mutationFn: (firing: Firing) => undoFiring(firing.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId] }),
  })
  const rows = history.data ?? []
  const columns: Column<Firing>[] = [
    { id: 'when', name: t('When'), cell: (firing) => <RelativeTime at={firing.created_at} /> },
    { id: 'person', name: t('Person'), cell: (firing) => firing.person.name },
    { id: 'rule', name: t('Rule'), cell: (firing) => firing.rule.name },
    { id: 'seen', name: t('Seen'), cell: seenWords },
    {
      id: 'action',
      name: t('What followed'),
      cell: (firing) => actionWords(wholeRule(firing.rule)),
    },
    {
      id: 'undo',
      name: t('Undo'),
      isNameHidden: true,
      align: 'end',
      cell: (firing) => {
        if (firing.undone_at !== null) return t('Undone')
        if (!firing.is_in_force || !mayUndo) return null
        return (
          <Button
            size="sm"
            variant="quiet"
            isPending={undoing.isPending && undoing.variables === firing}
            onPress={() => undoing.mutate(firing)}
          >
            {t('Undo')}
          </Button>
        )
      },
    },
  ]
  return (
    <Section
      title={t('History')}
      actions={
        rows.length > 0 && (
          <a className="rules-csv" href={ruleHistoryCsvUrl(projectId)} download>
            <ArrowDownToLine aria-hidden="true" /> CSV
          </a>
        )
      }
    >
      <ProblemMessage error={history.error ?? undoing.error} />
      {rows.length === 0 ? (
        <p className="rules-none">{t('No rule was met yet.')}</p>
      ) : (
        <Table
          label={t('What rules did')}
          columns={columns}
          rows={rows}
          rowKey={(firing) => firing.id}
        />
      )}
    </Section>
  )
}

/** "52 % over 5 golds" */
function seenWords({ rule, seen }: Firing): string {
  return t('{amount} over {counted}', {
    amount: amountOf(rule.metric, seen.value),
    counted: METRICS[rule.metric].counted(seen.observations),
  })
}
