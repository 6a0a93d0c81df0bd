import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelExport, deleteExport, exportsQuery, isUnfinished } from '@/api/exports'
import { isWireProblem } from '@/api/problems'
import type { Export } from '@/api/types'
import { plural, problemTitle, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { ArrowDownToLine, CircleAlert, CircleCheck, CircleDashed, Trash2 } from '@/ui/icons'
import { AnchorButton } from '@/ui/LinkButton'
import { ProblemMessage } from '@/ui/Message'
import { ProgressBar } from '@/ui/Progress'
import { byteSize, formatNumber } from '@/ui/quantities'
import { RelativeTime } from '@/ui/RelativeTime'
import { Spinner } from '@/ui/Spinner'
import { toast } from '@/ui/Toast'
import { formatName } from './formats'

function StateIcon({ entry }: { entry: Export }) {
  switch (entry.state) {
    case 'done':
      return <CircleCheck className="export-row__icon" data-state="done" />
    case 'failed':
      return <CircleAlert className="export-row__icon" data-state="failed" />
    case 'cancelled':
      return <CircleDashed className="export-row__icon" />
    case 'queued':
    case 'running':
      return <Spinner className="export-row__icon" />
  }
}

function stateWords(entry: Export): string {
  switch (entry.state) {
    case 'done': {
      const size = entry.byte_size === null ? '' : ` · ${byteSize(entry.byte_size)}`
      return `${plural(entry.assets_total, '{n} image', '{n} images')}, ${plural(entry.objects, '{n} object', '{n} objects')}${size}`
    }
    case 'failed':
      return isWireProblem(entry.problem)
        ? problemTitle(entry.problem.code, entry.problem.title)
        : t('It could not be made.')
    case 'cancelled':
      return t('Cancelled')
    case 'queued':
      return t('Waiting for the worker')
    case 'running':
      return plural(entry.assets_total, '{done} of {n} image', '{done} of {n} images', {
        done: formatNumber(entry.assets_done),
      })
  }
}

export function ExportRow({ entry }: { entry: Export }) {
  const queryClient = useQueryClient()
  const reload = () =>
    queryClient.invalidateQueries({ queryKey: exportsQuery(entry.project_id).queryKey })
  const cancelling = useMutation({ mutationFn: () => cancelExport(entry.id), onSuccess: reload })
  const deleting = useMutation({
    mutationFn: () => deleteExport(entry.id),
    onSuccess: async () => {
      toast(t('Export deleted'))
      await reload()
    },
  })
  const name = formatName(entry.format)
  return (
    <li className="export-row">
      <StateIcon entry={entry} />
      <div className="export-row__words">
        <p className="export-row__name">
          {name}
          {entry.include_images && ` ${t('with images')}`}
        </p>
        <p className="export-row__detail" data-state={entry.state}>
          {stateWords(entry)}
        </p>
        {entry.state === 'running' && (
          <ProgressBar label={t('Progress of {name}', { name })} value={entry.progress} />
        )}
        <ProblemMessage error={cancelling.error ?? deleting.error} />
      </div>
      <p className="export-row__when">
        {entry.created_by?.name}
        {entry.created_by !== null && ' · '}
        <RelativeTime at={entry.created_at} />
      </p>
      <div className="export-row__actions">
        {entry.state === 'done' && entry.download_url !== null && (
          <AnchorButton
            href={entry.download_url}
            download
            size="sm"
            icon={<ArrowDownToLine />}
            aria-label={t('Download {name}', { name })}
          >
            {t('Download')}
          </AnchorButton>
        )}
        {isUnfinished(entry) ? (
          <Button size="sm" isPending={cancelling.isPending} onPress={() => cancelling.mutate()}>
            {t('Cancel')}
          </Button>
        ) : (
          <IconButton
            label={t('Delete export {name}', { name })}
            size="sm"
            icon={<Trash2 />}
            onPress={() => deleting.mutate()}
          />
        )}
      </div>
    </li>
  )
}
