import { useQuery } from '@tanstack/react-query'
import { ontologyQuery } from '@/api/ontologies'
import type { Id, OntologyNode } from '@/api/types'
import { t } from '@/i18n'
import { NumberField, TextField } from '@/ui/Field'
import { Select, type SelectOption } from '@/ui/Select'
import type { Sought } from './arrangement'

const ANY = 'any'

interface SoughtFieldsProps {
  projectId: Id
  sought: Sought
  onChange: (sought: Sought) => void
}

/** Which images are meant, by what they are; everything that is filled in must be so. */
export function SoughtFields({ projectId, sought, onChange }: SoughtFieldsProps) {
  const set = (change: Partial<Sought>) => onChange({ ...sought, ...change })
  const classes = useQuery(ontologyQuery(projectId)).data?.classes ?? []
  return (
    <>
      <TextField
        label={t('File name contains')}
        description={t('Any part of the name, in any case.')}
        value={sought.text}
        onChange={(text) => set({ text })}
      />
      <div className="queue-arrange__pair">
        <TextField
          label={t('Metadata')}
          placeholder={t('site')}
          value={sought.key}
          onChange={(key) => set({ key })}
        />
        <TextField
          label={t('is')}
          placeholder={t('north')}
          value={sought.value}
          onChange={(value) => set({ value })}
        />
      </div>
      <div className="queue-arrange__pair">
        <Select
          label={t('Has the class')}
          options={[{ value: ANY, label: t('Any class') }, ...optionsOf(classes)]}
          value={sought.classId ?? ANY}
          onChange={(chosen) => set({ classId: chosen === ANY ? null : chosen })}
        />
        <NumberField
          label={t('A model is at most so sure')}
          minValue={0}
          maxValue={100}
          unit="%"
          value={sought.confidence}
          onChange={(confidence) => set({ confidence })}
        />
      </div>
      <p className="queue-arrange__note">
        {t('Class and model look at what is labelled or predicted of the image, object by object.')}
      </p>
    </>
  )
}

function optionsOf(nodes: readonly OntologyNode[]): SelectOption<string>[] {
  return nodes.flatMap((node) => [
    ...(node.type === 'class' && node.id !== undefined
      ? [{ value: node.id, label: node.name }]
      : []),
    ...optionsOf(node.children),
  ])
}
