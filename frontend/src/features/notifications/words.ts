import type { Notification, NotificationKind } from '@/api/notifications'
import { t } from '@/i18n'

/** What a notification says, in one line. */
export function sentenceOf(one: Notification): string {
  const names = {
    sender: one.sender ?? t('Somebody'),
    image: one.asset_name ?? t('an image'),
    project: one.project_name ?? t('a project'),
  }
  switch (one.kind) {
    case 'sent_back':
      return t('{sender} sent {image} back', names)
    case 'answered':
      return t('{sender} answered about {image}', names)
    case 'replied':
      return t('{sender} replied on {image}', names)
    case 'asked':
      return t('{sender} asks about {image}', names)
    case 'paused':
      return t('Work on {project} is paused', names)
    case 'person_paused':
      return t('You are paused in {project}', names)
    case 'person_resumed':
      return t('You can go on with {project}', names)
    case 'quality_rule':
      return t('A rule was met in {project}', names)
    case 'export_ready':
      return t('Your export from {project} is ready', names)
    case 'export_failed':
      return t('Your export from {project} failed', names)
    case 'import_failed':
      return t('Images of {project} could not be read', names)
    case 'batch_done':
      return t('A batch of {project} is done', names)
    case 'deadline':
      return t('A batch of {project} will miss its deadline', names)
    case 'invitation_accepted':
      return t('{sender} accepted your invitation', names)
  }
}

/** Each kind by name, as one chooses how to hear of it. */
export const KIND_NAMES: Record<NotificationKind, string> = {
  sent_back: t('My label was sent back'),
  answered: t('My question was answered'),
  replied: t('Somebody replied in a conversation'),
  asked: t('A labeler asks a question'),
  paused: t('Work was paused'),
  person_paused: t('I was paused'),
  person_resumed: t('I can go on'),
  quality_rule: t('A rule of quality was met'),
  export_ready: t('My export is ready'),
  export_failed: t('My export failed'),
  import_failed: t('Images could not be read'),
  batch_done: t('A batch is done'),
  deadline: t('A batch will miss its deadline'),
  invitation_accepted: t('An invitation was accepted'),
}
