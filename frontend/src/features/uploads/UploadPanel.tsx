import './uploads.css'
import { useRef } from 'react'
import type { Id } from '@/api/types'
import { Button, IconButton } from '@/ui/Button'
import { RotateCcw, X } from '@/ui/icons'
import { ProgressBar } from '@/ui/Progress'
import { byteSize, counted, formatNumber } from '@/ui/quantities'
import { isUnderWay, type Upload } from './queue'
import { summarize, type UploadSummary, uploadsOf } from './summary'
import { uploadQueue, useUploads } from './uploads'

const SHOWN_SENDING = 6
const SHOWN_REFUSED = 100
const FORECAST_AFTER_MS = 3_000

function forecast(startedAt: number, summary: UploadSummary): string | null {
  const elapsed = performance.now() - startedAt
  if (elapsed < FORECAST_AFTER_MS || summary.sentBytes === 0) return null
  const left = (elapsed / summary.sentBytes) * (summary.totalBytes - summary.sentBytes)
  const seconds = Math.round(left / 1000)
  if (seconds < 5) return null
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`
}

function useForecast(summary: UploadSummary): string | null {
  const startedAt = useRef<number | null>(null)
  if (summary.underWay === 0) startedAt.current = null
  else startedAt.current ??= performance.now()
  return startedAt.current === null ? null : forecast(startedAt.current, summary)
}

function headline(summary: UploadSummary): string {
  if (summary.underWay > 0) {
    const finished = summary.files - summary.underWay
    return `Uploading ${formatNumber(finished)} of ${counted(summary.files, 'file')}`
  }
  const parts = [`${counted(summary.added, 'image')} added`]
  if (summary.duplicates > 0) parts.push(`${formatNumber(summary.duplicates)} already here`)
  if (summary.refused.length > 0) {
    parts.push(`${formatNumber(summary.refused.length)} could not be added`)
  }
  return parts.join(' · ')
}

function SendingFile({ upload }: { upload: Upload }) {
  const { file, sentBytes } = upload
  const share = file.size === 0 ? 0 : Math.min(1, sentBytes / file.size)
  return (
    <li className="upload-file">
      <span className="upload-file__name">{file.name}</span>
      <span className="upload-file__size">{byteSize(file.size)}</span>
      <ProgressBar label={`Upload of ${file.name}`} value={share < 1 ? share : null} />
      <IconButton
        label={`Cancel ${file.name}`}
        size="sm"
        icon={<X />}
        onPress={() => uploadQueue.cancel(upload.id)}
      />
    </li>
  )
}

function Refused({ summary }: { summary: UploadSummary }) {
  if (summary.refused.length === 0) return null
  const shown = summary.refused.slice(0, SHOWN_REFUSED)
  return (
    <ul className="upload-refused" aria-label="Files that could not be added">
      {shown.map(({ key, name, reason, uploadId }) => (
        <li key={key} className="upload-refused__file">
          <span className="upload-file__name">{name}</span>
          <span className="upload-refused__reason">{reason}</span>
          {uploadId !== null && (
            <Button
              size="sm"
              icon={<RotateCcw />}
              aria-label={`Try ${name} again`}
              onPress={() => uploadQueue.retry(uploadId)}
            >
              Try again
            </Button>
          )}
        </li>
      ))}
      {summary.refused.length > shown.length && (
        <li className="upload-refused__more">
          and {formatNumber(summary.refused.length - shown.length)} more
        </li>
      )}
    </ul>
  )
}

/** What is on its way to this project, and what came of it. */
export function UploadPanel({ projectId }: { projectId: Id }) {
  const uploads = uploadsOf(useUploads(), projectId)
  const summary = summarize(uploads)
  const timeLeft = useForecast(summary)
  if (uploads.length === 0) return null
  const isRunning = summary.underWay > 0
  const underWay = uploads.filter(isUnderWay)
  const sending = underWay.filter((upload) => upload.state === 'sending')
  const bytes = `${byteSize(summary.sentBytes)} of ${byteSize(summary.totalBytes)}`
  return (
    <section className="upload-panel" aria-label="Uploads">
      <header className="upload-panel__header">
        <p className="upload-panel__headline" role="status">
          {headline(summary)}
        </p>
        {isRunning && (
          <p className="upload-panel__detail">
            {summary.isWaitingForConnection
              ? 'The connection was lost. Files are kept here and will be sent.'
              : [bytes, timeLeft].filter((part) => part !== null).join(' · ')}
          </p>
        )}
        {isRunning ? (
          <Button
            size="sm"
            onPress={() => {
              for (const upload of underWay) uploadQueue.cancel(upload.id)
            }}
          >
            Cancel the rest
          </Button>
        ) : (
          <IconButton
            label="Dismiss"
            size="sm"
            icon={<X />}
            onPress={() => uploadQueue.clear(projectId)}
          />
        )}
      </header>
      {isRunning && (
        <>
          <ProgressBar
            label="All uploads"
            value={summary.totalBytes === 0 ? null : summary.sentBytes / summary.totalBytes}
          />
          <ul className="upload-panel__files">
            {sending.slice(0, SHOWN_SENDING).map((upload) => (
              <SendingFile key={upload.id} upload={upload} />
            ))}
          </ul>
        </>
      )}
      <Refused summary={summary} />
    </section>
  )
}
