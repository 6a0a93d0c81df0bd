import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelExport, deleteExport, exportsQuery, isUnfinished } from '@/api/exports'
import { isWireProblem } from '@/api/problems'
import type { Export } from '@/api/types'
import { AnchorButton, Button, IconButton } from '@/ui/Button'
import { ArrowDownToLine, CircleAlert, CircleCheck, CircleDashed, Trash2 } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { ProgressBar } from '@/ui/Progress'
import { byteSize, counted, formatNumber } from '@/ui/quantities'
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
      return `${counted(entry.assets_total, 'image')}, ${counted(entry.objects, 'object')}${size}`
    }
    case 'failed':
      return isWireProblem(entry.problem) ? entry.problem.title : 'It could not be made.'
    case 'cancelled':
      return 'Cancelled'
    case 'queued':
      return 'Waiting for the worker'
    case 'running':
      return `${formatNumber(entry.assets_done)} of ${counted(entry.assets_total, 'image')}`
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
      toast('Export deleted')
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
          {entry.include_images && ' with images'}
        </p>
        <p className="export-row__detail" data-state={entry.state}>
          {stateWords(entry)}
        </p>
        {entry.state === 'running' && (
          <ProgressBar label={`Progress of ${name}`} value={entry.progress} />
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
            aria-label={`Download ${name}`}
          >
            Download
          </AnchorButton>
        )}
        {isUnfinished(entry) ? (
          <Button size="sm" isPending={cancelling.isPending} onPress={() => cancelling.mutate()}>
            Cancel
          </Button>
        ) : (
          <IconButton
            label={`Delete export ${name}`}
            size="sm"
            icon={<Trash2 />}
            onPress={() => deleting.mutate()}
          />
        )}
      </div>
    </li>
  )
}
