import type { Id, UploadItem } from '@/api/types'
import { problemTitle, t } from '@/i18n'
import { isUnderWay, type Upload } from './queue'

export interface UploadSummary {
  files: number
  underWay: number
  /** Images stored, those inside zips too. */
  added: number
  duplicates: number
  /** Files, and members of zips, that were refused. */
  refused: { key: string; name: string; reason: string; uploadId: number | null }[]
  sentBytes: number
  totalBytes: number
  isWaitingForConnection: boolean
}

function reasonOf(item: Pick<UploadItem, 'problem'> | Upload): string {
  const problem = item.problem
  return problem ? problemTitle(problem.code, problem.title) : t('The server gave no reason.')
}

export function uploadsOf(uploads: readonly Upload[], projectId: Id): Upload[] {
  return uploads.filter((upload) => upload.projectId === projectId)
}

export function summarize(uploads: readonly Upload[]): UploadSummary {
  const summary: UploadSummary = {
    files: uploads.length,
    underWay: 0,
    added: 0,
    duplicates: 0,
    refused: [],
    sentBytes: 0,
    totalBytes: 0,
    isWaitingForConnection: false,
  }
  for (const upload of uploads) {
    summary.totalBytes += upload.file.size
    summary.sentBytes += Math.min(upload.sentBytes, upload.file.size)
    if (isUnderWay(upload)) summary.underWay += 1
    if (upload.state === 'waiting' && upload.attempts > 0) summary.isWaitingForConnection = true
    for (const [index, member] of upload.members.entries()) {
      if (member.status === 'accepted') summary.added += 1
      else if (member.status === 'duplicate') summary.duplicates += 1
      else if (upload.state !== 'failed' || upload.members.length > 1) {
        summary.refused.push({
          key: `${upload.id}.${index}`,
          name: member.name,
          reason: reasonOf(member),
          uploadId: null,
        })
      }
    }
    if (upload.state === 'failed' && upload.members.length <= 1) {
      summary.refused.push({
        key: String(upload.id),
        name: upload.file.name,
        reason: reasonOf(upload),
        // What the server looked at and refused would be refused again.
        uploadId: upload.members.length === 0 ? upload.id : null,
      })
    }
  }
  return summary
}
