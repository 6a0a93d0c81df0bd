import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { Id } from '@/api/types'
import { skillsQuery } from '@/api/workforce'
import { t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { Checkbox, NumberField, TextField } from '@/ui/Field'
import { ArrowLeft, ArrowRight, Trash2 } from '@/ui/icons'
import { Select } from '@/ui/Select'
import type { DraftStep, StepNames } from './workflow-draft'

const NO_SKILL = ''

interface StepInspectorProps {
  step: DraftStep
  place: number
  count: number
  names: StepNames
  onChange: (step: DraftStep) => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

/** One step of review: how much of what it looks at, and who looks. */
export function StepInspector(props: StepInspectorProps) {
  const { step, place, count, names, onChange, onMove, onRemove } = props
  const set = (part: Partial<DraftStep>) => onChange({ ...step, ...part })
  return (
    <section className="step-inspector" aria-label={t('Step {place}', { place: place + 1 })}>
      <header className="step-inspector__head">
        <h2 className="step-inspector__title">
          {t('Step {place} of {count}', { place: place + 1, count })}
        </h2>
        <IconButton
          label={t('Earlier')}
          size="sm"
          icon={<ArrowLeft />}
          isDisabled={place === 0}
          onPress={() => onMove(-1)}
        />
        <IconButton
          label={t('Later')}
          size="sm"
          icon={<ArrowRight />}
          isDisabled={place === count - 1}
          onPress={() => onMove(1)}
        />
        <Button size="sm" icon={<Trash2 />} onPress={onRemove}>
          {t('Remove step')}
        </Button>
      </header>
      <div className="step-inspector__fields">
        <TextField
          label={t('Name')}
          maxLength={200}
          value={step.name}
          onChange={(name) => set({ name })}
          errorMessage={step.name.trim() === '' ? t('A step needs a name.') : undefined}
        />
        <Share percent={step.percent} onChange={(percent) => set({ percent })} />
        <SkillField skill={step.skill ?? null} onChange={(skill) => set({ skill })} />
      </div>
      <div className="step-inspector__filters">
        <Filter
          title={t('Only labels with')}
          none={t('The ontology has no classes yet.')}
          names={names.classes}
          chosen={step.classes}
          onChange={(classes) => set({ classes })}
        />
        <Filter
          title={t('Only work by')}
          none={t('There are no people yet.')}
          names={names.people}
          chosen={step.labelers}
          onChange={(labelers) => set({ labelers })}
        />
        <Filter
          title={t('Only work of teams')}
          none={t('There are no teams yet.')}
          names={names.teams}
          chosen={step.teams}
          onChange={(teams) => set({ teams })}
        />
        <fieldset className="step-filter">
          <legend className="step-filter__title">{t('Only where there is doubt')}</legend>
          <div className="step-filter__doubts">
            <Below
              question={t('People agree too little')}
              label={t('Agreement below')}
              start={0.8}
              value={step.agreement_below ?? null}
              onChange={(agreement_below) => set({ agreement_below })}
            />
            <Below
              question={t('A class differs from the model')}
              label={t('Overlap below')}
              start={0.5}
              value={step.model_iou_below ?? null}
              onChange={(model_iou_below) => set({ model_iou_below })}
            />
          </div>
        </fieldset>
      </div>
    </section>
  )
}

interface BelowProps {
  question: string
  label: string
  /** What stands there when it is chosen, of 1. */
  start: number
  value: number | null
  onChange: (value: number | null) => void
}

/** A bound in percent, or none. */
function Below({ question, label, start, value, onChange }: BelowProps) {
  return (
    <>
      <Checkbox
        isSelected={value !== null}
        onChange={(isChosen) => onChange(isChosen ? start : null)}
      >
        {question}
      </Checkbox>
      {value !== null && (
        <NumberField
          label={label}
          size="sm"
          unit="%"
          minValue={1}
          maxValue={100}
          value={Math.round(value * 100)}
          onChange={(percent) => onChange(Number.isNaN(percent) ? start : percent / 100)}
        />
      )}
    </>
  )
}

function Share({ percent, onChange }: { percent: number; onChange: (percent: number) => void }) {
  const id = useId()
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {t('Share that is looked at')}
      </label>
      <span className="step-inspector__share">
        <input
          id={id}
          type="range"
          min={1}
          max={100}
          value={percent}
          aria-valuetext={`${percent} %`}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
        <output htmlFor={id}>{percent} %</output>
      </span>
    </div>
  )
}

interface SkillFieldProps {
  skill: string | null
  onChange: (skill: string | null) => void
}

function SkillField({ skill, onChange }: SkillFieldProps) {
  const skills = useQuery(skillsQuery)
  // One that nobody has any more stays to be seen, and to be taken away.
  const names = new Set([...(skills.data ?? []), ...(skill === null ? [] : [skill])])
  return (
    <Select
      label={t('Reviewers need the skill')}
      options={[
        { value: NO_SKILL, label: t('None') },
        ...[...names].map((name) => ({ value: name, label: name })),
      ]}
      value={skill ?? NO_SKILL}
      onChange={(value) => onChange(value === NO_SKILL ? null : value)}
    />
  )
}

interface FilterProps {
  title: string
  none: string
  names: ReadonlyMap<Id, string>
  chosen: readonly Id[]
  onChange: (chosen: Id[]) => void
}

/** Nothing chosen lets everything pass. */
function Filter({ title, none, names, chosen, onChange }: FilterProps) {
  const gone = chosen
    .filter((id) => !names.has(id))
    .map((id) => [id, t('Not there any more')] as const)
  const choices = [...names, ...gone]
  return (
    <fieldset className="step-filter">
      <legend className="step-filter__title">
        {title} <span className="step-filter__all">{chosen.length === 0 && t('(any)')}</span>
      </legend>
      {choices.length === 0 && <p className="step-filter__all">{none}</p>}
      <div className="step-filter__choices">
        {choices.map(([id, name]) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isChosen) =>
              onChange(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          >
            {name}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}
