import { type FormEvent, useState } from 'react'
import type { Id, RemovedClassAnswer } from '@/api/types'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { Dialog, DialogActions, DialogBody } from '@/ui/Dialog'
import { RadioGroup } from '@/ui/Field'
import { Select } from '@/ui/Select'

export interface ClassWithLabels {
  id: Id
  name: string
  objects: number
}

export interface ClassChoice {
  id: Id
  name: string
}

interface RemovedClassesDialogProps {
  classes: readonly ClassWithLabels[]
  /** Classes that stay and can take the objects over. */
  others: readonly ClassChoice[]
  isPending: boolean
  onAnswer: (answers: Record<Id, RemovedClassAnswer>) => void
  onClose: () => void
}

function defaultAnswers(classes: readonly ClassWithLabels[]): Record<Id, RemovedClassAnswer> {
  return Object.fromEntries(classes.map(({ id }) => [id, { action: 'keep' }]))
}

function ClassQuestion({
  removed,
  others,
  answer,
  onAnswer,
}: {
  removed: ClassWithLabels
  others: readonly ClassChoice[]
  answer: RemovedClassAnswer
  onAnswer: (answer: RemovedClassAnswer) => void
}) {
  const objects = plural(removed.objects, '{n} object', '{n} objects')
  const first = others[0]
  const options = [
    {
      value: 'keep' as const,
      label: t('Keep them under the retired class'),
      description: t('Old labels and exports keep it; nobody can draw it any more.'),
    },
    ...(first === undefined
      ? []
      : [{ value: 'reassign' as const, label: t('Give them to another class') }]),
    {
      value: 'delete_objects' as const,
      label: t('Delete {objects}', { objects }),
      description: t('In new versions of the labels; the old versions stay in the history.'),
    },
  ]
  return (
    <section className="removed-class">
      <RadioGroup
        label={`${removed.name}: ${objects}`}
        options={options}
        value={answer.action}
        onChange={(action) => {
          if (action !== 'reassign') onAnswer({ action })
          else if (first !== undefined) onAnswer({ action, to: first.id })
        }}
      />
      {answer.action === 'reassign' && (
        <Select
          label={t('New class for {removed}', { removed: removed.name })}
          options={others.map((other) => ({ value: other.id, label: other.name }))}
          value={answer.to}
          onChange={(to) => onAnswer({ action: 'reassign', to })}
        />
      )}
    </section>
  )
}

/** Asks what becomes of the objects whose class was taken out of the ontology. */
export function RemovedClassesDialog({
  classes,
  others,
  isPending,
  onAnswer,
  onClose,
}: RemovedClassesDialogProps) {
  const [answers, setAnswers] = useState(() => defaultAnswers(classes))
  return (
    <Dialog title={t('These classes have labels')} isOpen onClose={onClose} size="md">
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          onAnswer(answers)
        }}
      >
        <DialogBody>
          <p>{t('You removed them from the ontology. What should happen to their objects?')}</p>
          {classes.map((removed) => (
            <ClassQuestion
              key={removed.id}
              removed={removed}
              others={others}
              answer={answers[removed.id] ?? { action: 'keep' }}
              onAnswer={(answer) => setAnswers({ ...answers, [removed.id]: answer })}
            />
          ))}
        </DialogBody>
        <DialogActions>
          <Button onPress={onClose}>{t('Back to editing')}</Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            {t('Save ontology')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
