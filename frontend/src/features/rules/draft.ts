import type { Firing, Rule, RuleDraft } from '@/api/quality'
import { t } from '@/i18n'

/** What most people begin with: golds that go wrong pause a person. */
export function newRule(): RuleDraft {
  return {
    name: t('Low golds'),
    is_active: true,
    metric: 'gold_iou',
    threshold: 0.7,
    last: 10,
    days: null,
    at_least: 5,
    action: 'pause',
    pause_days: null,
    review_percent: null,
    skill: null,
    tells_managers: true,
    tells_lead: false,
    tells_labeler: false,
    message: '',
  }
}

/** A rule as it is sent, without what the server adds. */
export function draftOf({ id, created_at, ...rule }: Rule): RuleDraft {
  return wholeRule(rule)
}

/** With null where the server leaves something out. */
export function wholeRule(rule: Firing['rule']): RuleDraft {
  return {
    ...rule,
    last: rule.last ?? null,
    days: rule.days ?? null,
    pause_days: rule.pause_days ?? null,
    review_percent: rule.review_percent ?? null,
    skill: rule.skill ?? null,
  }
}

/** Only what its action needs, so that nothing hidden is kept. */
export function trimmed(draft: RuleDraft): RuleDraft {
  return {
    ...draft,
    name: draft.name.trim(),
    pause_days: draft.action === 'pause' ? draft.pause_days : null,
    review_percent: draft.action === 'raise_review' ? (draft.review_percent ?? 100) : null,
    skill: draft.action === 'remove_skill' ? (draft.skill?.trim() ?? '') : null,
    at_least: draft.last === null ? draft.at_least : Math.min(draft.at_least, draft.last),
  }
}
