import './uploads.css'
import { useRef } from 'react'
import type { Id } from '@/api/types'
import { plural, t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { RotateCcw, X } from '@/ui/icons'
import { ProgressBar } from '@/ui/Progress'
import { byteSize, formatNumber } from '@/ui/quantities'
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
  return seconds < 90
    ? t('about {n} s left', { n: seconds })
    : t('about {n} min left', { n: Math.round(seconds / 60) })
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
    return plural(summary.files, 'Uploading {done} of {n} file', 'Uploading {done} of {n} files', {
      done: formatNumber(finished),
    })
  }
  const parts = [plural(summary.added, '{n} image added', '{n} images added')]
  if (summary.duplicates > 0) parts.push(t('{n} already here', { n: summary.duplicates }))
  if (summary.refused.length > 0) {
    parts.push(t('{n} could not be added', { n: summary.refused.length }))
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
      <ProgressBar
        label={t('Upload of {file}', { file: file.name })}
        value={share < 1 ? share : null}
      />
      <IconButton
        label={t('Cancel {file}', { file: file.name })}
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
    <ul className="upload-refused" aria-label={t('Files that could not be added')}>
      {shown.map(({ key, name, reason, uploadId }) => (
        <li key={key} className="upload-refused__file">
          <span className="upload-file__name">{name}</span>
          <span className="upload-refused__reason">{reason}</span>
          {uploadId !== null && (
            <Button
              size="sm"
              icon={<RotateCcw />}
              aria-label={t('Try {name} again', { name })}
              onPress={() => uploadQueue.retry(uploadId)}
            >
              {t('Try again')}
            </Button>
          )}
        </li>
      ))}
      {summary.refused.length > shown.length && (
        <li className="upload-refused__more">
          {t('and {n} more', { n: summary.refused.length - shown.length })}
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
  const bytes = t('{sent} of {total}', {
    sent: byteSize(summary.sentBytes),
    total: byteSize(summary.totalBytes),
  })
  return (
    <section className="upload-panel" aria-label={t('Uploads')}>
      <header className="upload-panel__header">
        <p className="upload-panel__headline" role="status">
          {headline(summary)}
        </p>
        {isRunning && (
          <p className="upload-panel__detail">
            {summary.isWaitingForConnection
              ? t('The connection was lost. Files are kept here and will be sent.')
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
            {t('Cancel the rest')}
          </Button>
        ) : (
          <IconButton
            label={t('Dismiss')}
            size="sm"
            icon={<X />}
            onPress={() => uploadQueue.clear(projectId)}
          />
        )}
      </header>
      {isRunning && (
        <>
          <ProgressBar
            label={t('All uploads')}
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
