import './attachments.css'
import { useQuery } from '@tanstack/react-query'
import type { Attachment } from '@/api/types'
import { t } from '@/i18n'

/** What is attached, shown as what its bytes are. */
export function AttachmentView({ attachment }: { attachment: Attachment }) {
  const { kind, name, url } = attachment
  switch (kind) {
    case 'image':
      return (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          title={t('Open {name} in a tab of its own', { name })}
        >
          <img className="attachment__image" src={url} alt={name} loading="lazy" />
        </a>
      )
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: what people attach brings no captions with it
        <video className="attachment__video" src={url} controls preload="metadata" title={name} />
      )
    case 'html':
      // No word in `sandbox`: no scripts, no forms, no links to elsewhere, and an origin of its own.
      // The server's own headers say the same once more.
      return (
        <iframe
          className="attachment__page"
          src={url}
          sandbox=""
          referrerPolicy="no-referrer"
          loading="lazy"
          title={name}
        />
      )
    case 'text':
      return <AttachedText attachment={attachment} />
  }
}

function AttachedText({ attachment: { id, url } }: { attachment: Attachment }) {
  const text = useQuery({
    queryKey: ['attachment', id, 'text'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const answer = await fetch(url, { signal })
      if (!answer.ok) throw new Error(`status ${answer.status}`)
      return answer.text()
    },
  })
  if (text.isError) {
    return (
      <p className="attachment__failure" role="alert">
        {t('The text could not be loaded.')}
      </p>
    )
  }
  return <pre className="attachment__text">{text.data ?? t('Loading…')}</pre>
}
