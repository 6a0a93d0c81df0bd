import './gold.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { coursesQuery } from '@/api/courses'
import {
  type Gold,
  type GoldPerson,
  type GoldSettings,
  type GoldUse,
  goldPeopleQuery,
  goldSettingsQuery,
  goldsQuery,
  retireGold,
  saveGoldSettings,
  setGoldUse,
} from '@/api/gold'
import type { Id } from '@/api/types'
import { formatNumber, t } from '@/i18n'
import { useMay } from '@/routing/useMe'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { Checkbox, NumberField } from '@/ui/Field'
import { Star } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Section } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { Loading } from '@/ui/Spinner'
import { type Column, Table } from '@/ui/Table'
import { toast } from '@/ui/Toast'
import { DisputeList } from './DisputeList'
import { GroundTruthButton } from './GroundTruth'
import { percent, pixels } from './words'

/** Golds of a project: how they are mixed in, how people do, which are hard, which are disputed. */
export function GoldPanel({ projectId }: { projectId: Id }) {
  const golds = useQuery(goldsQuery(projectId))
  const settings = useQuery(goldSettingsQuery(projectId))
  const people = useQuery(goldPeopleQuery(projectId))
  const mayChange = useMay('manage_projects')
  const error = golds.error ?? settings.error ?? people.error
  if (error !== null) {
    return <ProblemMessage error={error} onRetry={() => void golds.refetch()} />
  }
  if (!golds.data || !settings.data || !people.data) return <Loading />
  if (golds.data.length === 0) {
    return (
      <EmptyState
        icon={<Star />}
        title={t('No gold yet')}
        action={mayChange ? <GroundTruthButton projectId={projectId} /> : undefined}
      >
        {t(
          'A gold is an image whose right label is known. Mixed into the work unseen, it shows how near each person comes. Upload masks that you have, or open a finished image under Data and choose “Use as gold”.',
        )}
      </EmptyState>
    )
  }
  return (
    <div className="gold-panel">
      <SettingsForm projectId={projectId} settings={settings.data} />
      <DisputeList projectId={projectId} />
      <Section title={t('How people do')}>
        <PeopleTable people={people.data} />
      </Section>
      <Section
        title={t('Golds, the hardest first')}
        actions={mayChange && <GroundTruthButton projectId={projectId} />}
      >
        <GoldTable projectId={projectId} golds={golds.data} />
      </Section>
    </div>
  )
}

function SettingsForm({ projectId, settings }: { projectId: Id; settings: GoldSettings }) {
  const [draft, setDraft] = useState(settings)
  const queryClient = useQueryClient()
  const mayChange = useMay('manage_projects')
  const saving = useMutation({
    mutationFn: () => saveGoldSettings(projectId, draft),
    onSuccess: (saved) => {
      queryClient.setQueryData(goldSettingsQuery(projectId).queryKey, saved)
      setDraft(saved)
      toast(t('Gold settings saved'))
    },
  })
  const set = (changes: Partial<GoldSettings>) => setDraft((before) => ({ ...before, ...changes }))
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings)
  return (
    <Section
      title={t('How golds are used')}
      description={t(
        'Nobody sees which task is a gold. Golds are paid like other work, and do not count as progress.',
      )}
    >
      <form
        className="gold-settings"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <div className="gold-settings__numbers">
          <NumberField
            label={t('First tasks of each person')}
            unit={t('golds')}
            minValue={0}
            maxValue={200}
            value={draft.first_tasks}
            onChange={(first_tasks) => set({ first_tasks })}
          />
          <NumberField
            label={t('Of the tasks after them')}
            unit="%"
            minValue={0}
            maxValue={50}
            value={draft.percent}
            onChange={(share) => set({ percent: share })}
          />
          <NumberField
            label={t('To pass: IoU of at least')}
            unit="%"
            minValue={0}
            maxValue={100}
            value={Math.round(draft.pass_iou * 100)}
            onChange={(iou) => set({ pass_iou: iou / 100 })}
          />
          <NumberField
            label={t('Edges apart at most')}
            unit="px"
            description={t('0: does not matter')}
            minValue={0}
            maxValue={1000}
            value={draft.pass_distance_px ?? 0}
            onChange={(px) => set({ pass_distance_px: px > 0 ? px : null })}
          />
        </div>
        <Checkbox
          isSelected={draft.shows_feedback}
          onChange={(shows_feedback) => set({ shows_feedback })}
          description={t('Right after it was handed in, with the differences.')}
        >
          {t('Show people how they did')}
        </Checkbox>
        <Checkbox
          isSelected={draft.may_repeat}
          onChange={(may_repeat) => set({ may_repeat })}
          description={t('People may recognise an image that they had before.')}
        >
          {t('Give golds again to who had all of them')}
        </Checkbox>
        <ProblemMessage error={saving.error} />
        <div>
          <Button
            type="submit"
            variant="primary"
            isDisabled={!mayChange || !isChanged}
            isPending={saving.isPending}
          >
            {t('Save settings')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function PeopleTable({ people }: { people: GoldPerson[] }) {
  if (people.length === 0) {
    return <p className="gold-panel__none">{t('Nobody handed a gold in yet.')}</p>
  }
  const columns: Column<GoldPerson>[] = [
    { id: 'person', name: t('Person'), cell: (row) => row.person.name },
    { id: 'golds', name: t('Golds'), align: 'end', cell: (row) => row.over_all.attempts },
    {
      id: 'passed',
      name: t('Passed'),
      align: 'end',
      cell: ({ over_all }) => percent((over_all.passed ?? 0) / over_all.attempts),
    },
    { id: 'iou', name: t('IoU'), align: 'end', cell: (row) => percent(row.over_all.iou) },
    {
      id: 'edges',
      name: t('Edges apart'),
      align: 'end',
      cell: (row) => pixels(row.over_all.distance_px),
    },
    {
      id: 'days',
      name: t('By day'),
      cell: (row) => <DayBars days={row.days} />,
    },
  ]
  return (
    <Table
      label={t('How people do')}
      columns={columns}
      rows={people}
      rowKey={(row) => row.person.id}
    />
  )
}

const DAYS_SHOWN = 14

/** The mean IoU of each of the last days with golds, as bars. */
function DayBars({ days }: { days: GoldPerson['days'] }) {
  const shown = days.slice(-DAYS_SHOWN)
  const words = shown
    .map(({ day, iou }) => `${new Date(day).toISOString().slice(0, 10)}: ${percent(iou)}`)
    .join(', ')
  return (
    <span className="gold-days" role="img" aria-label={words} title={words}>
      {shown.map(({ day, iou }) => (
        <span key={day} className="gold-days__bar" style={{ height: percent(iou) }} />
      ))}
    </span>
  )
}

const USES = [
  { value: 'work', label: t('Everyday work') },
  { value: 'courses', label: t('Training and exam') },
]

/** A use as the value of a field: everyday work, the project's courses, or that of a skill. */
const choiceOf = ({ is_mixed, for_skill }: GoldUse) =>
  is_mixed ? 'work' : for_skill === null ? 'courses' : `skill:${for_skill}`

const goldUseFrom = (value: string): GoldUse => ({
  is_mixed: value === 'work',
  for_skill: value.startsWith('skill:') ? value.slice('skill:'.length) : null,
})

/** What this gold may be used in; a course that is gone is still named where it is used in it. */
function choicesFor(gold: Gold, skills: readonly string[]) {
  const named = gold.for_skill === null ? skills : [...new Set([...skills, gold.for_skill])]
  const forSkills = named.map((skill) => ({
    value: `skill:${skill}`,
    label: t('Course for “{skill}”', { skill }),
  }))
  return [...USES, ...forSkills]
}

function GoldTable({ projectId, golds }: { projectId: Id; golds: Gold[] }) {
  const queryClient = useQueryClient()
  const mayChange = useMay('manage_projects')
  const courses = useQuery(coursesQuery(projectId))
  const skills = (courses.data?.forSkills ?? []).map(({ for_skill }) => for_skill ?? '')
  const retiring = useMutation({
    mutationFn: (gold: Gold) => retireGold(gold.id, '', false),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['project', projectId, 'gold'] }),
  })
  const using = useMutation({
    mutationFn: ({ gold, use }: { gold: Gold; use: GoldUse }) => setGoldUse(gold.id, use),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['project', projectId] }),
  })
  const columns: Column<Gold>[] = [
    {
      id: 'image',
      name: t('Image'),
      cell: (gold) => (
        <Link
          to="/projects/$projectId/data"
          params={{ projectId }}
          search={{ asset: gold.asset_id }}
        >
          {gold.asset_name}
        </Link>
      ),
    },
    { id: 'attempts', name: t('Handed in'), align: 'end', cell: (g) => formatNumber(g.attempts) },
    {
      id: 'passed',
      name: t('Passed'),
      align: 'end',
      cell: (g) => (g.attempts === 0 ? '–' : percent(g.passed / g.attempts)),
    },
    {
      id: 'iou',
      name: t('IoU'),
      align: 'end',
      cell: (g) => (g.mean_iou === null ? '–' : percent(g.mean_iou)),
    },
    {
      id: 'edges',
      name: t('Edges apart'),
      align: 'end',
      cell: (g) => pixels(g.mean_distance_px),
    },
    {
      id: 'use',
      name: t('Used in'),
      cell: (gold) =>
        gold.state === 'active' && mayChange ? (
          <Select
            label={t('What {image} is used in', { image: gold.asset_name })}
            isLabelHidden
            size="sm"
            options={choicesFor(gold, skills)}
            value={choiceOf(gold)}
            onChange={(value) => using.mutate({ gold, use: goldUseFrom(value) })}
          />
        ) : (
          choicesFor(gold, skills).find(({ value }) => value === choiceOf(gold))?.label
        ),
    },
    {
      id: 'state',
      name: t('State'),
      cell: (g) => (g.state === 'active' ? t('In use') : t('Retired')),
    },
    {
      id: 'retire',
      name: t('Retire'),
      isNameHidden: true,
      align: 'end',
      cell: (gold) =>
        gold.state === 'active' && mayChange ? (
          <Button
            size="sm"
            variant="quiet"
            isPending={retiring.isPending && retiring.variables.id === gold.id}
            onPress={() => retiring.mutate(gold)}
          >
            {t('Retire')}
          </Button>
        ) : null,
    },
  ]
  return (
    <>
      <Table
        label={t('Golds, the hardest first')}
        columns={columns}
        rows={golds}
        rowKey={(gold) => gold.id}
      />
      <ProblemMessage error={retiring.error ?? using.error} />
    </>
  )
}
