import { t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { Checkbox, TextField } from '@/ui/Field'
import { Plus, Trash2 } from '@/ui/icons'
import { AttributeList } from './AttributeEditor'
import { relationProblem } from './conflicts'
import { type DraftRelation, newRelation } from './draft'
import { classesOf } from './tree'
import type { Draft } from './useDraft'

/** What is asked of the image as a whole, and how objects may stand to each other. */
export function WholeImage({ draft }: { draft: Draft }) {
  const { imageAttributes } = draft.whole
  return (
    <div className="ontology-whole">
      <section className="ontology-whole__part" aria-label={t('The image as a whole')}>
        <h2 className="ontology-whole__title">{t('The image as a whole')}</h2>
        <p className="inspector__hint">
          {t('Asked once for each image, above the classes: weather, time of day, quality.')}
        </p>
        <AttributeList
          title={t('Questions about the image')}
          attributes={imageAttributes}
          onChange={(changed) => draft.change({ imageAttributes: changed })}
        />
      </section>
      <Relations draft={draft} />
    </div>
  )
}

function Relations({ draft }: { draft: Draft }) {
  const { relations } = draft.whole
  const set = (changed: DraftRelation[]) => draft.change({ relations: changed })
  return (
    <section className="ontology-whole__part" aria-label={t('Relations')}>
      <h2 className="ontology-whole__title">{t('Relations')}</h2>
      <p className="inspector__hint">
        {t(
          'How one object may stand to another: “is part of”, “is carried by”. They are drawn as arrows. Without any here, labelers use words of their own.',
        )}
      </p>
      {relations.length > 0 && (
        <ul className="attribute-list__items">
          {relations.map((relation) => (
            <RelationEditor
              key={relation.key}
              draft={draft}
              relation={relation}
              onChange={(changed) =>
                set(relations.map((each) => (each.key === changed.key ? changed : each)))
              }
              onDelete={() => set(relations.filter(({ key }) => key !== relation.key))}
            />
          ))}
        </ul>
      )}
      <div>
        <Button
          size="sm"
          variant="quiet"
          icon={<Plus />}
          onPress={() => set([...relations, newRelation()])}
        >
          {t('Add relation')}
        </Button>
      </div>
    </section>
  )
}

interface RelationEditorProps {
  draft: Draft
  relation: DraftRelation
  onChange: (relation: DraftRelation) => void
  onDelete: () => void
}

function RelationEditor({ draft, relation, onChange, onDelete }: RelationEditorProps) {
  const problem = relationProblem(relation, draft.whole.relations)
  return (
    <li className="attribute">
      <div className="attribute__head">
        <TextField
          label={t('Name of the relation')}
          isLabelHidden
          placeholder={t('is part of')}
          size="sm"
          maxLength={100}
          value={relation.name}
          onChange={(name) => onChange({ ...relation, name })}
        />
        <IconButton
          label={t('Remove {name}', { name: relation.name || t('relation') })}
          size="sm"
          icon={<Trash2 />}
          onPress={onDelete}
        />
      </div>
      <Ends
        title={t('From')}
        draft={draft}
        chosen={relation.from}
        onChange={(from) => onChange({ ...relation, from })}
      />
      <Ends
        title={t('To')}
        draft={draft}
        chosen={relation.to}
        onChange={(to) => onChange({ ...relation, to })}
      />
      {problem !== null && <p className="attribute__problem">{problem}</p>}
    </li>
  )
}

interface EndsProps {
  title: string
  draft: Draft
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** At objects of which classes a relation may end; with none chosen, of any. */
function Ends({ title, draft, chosen, onChange }: EndsProps) {
  const classes = classesOf(draft.nodes)
  const names = classes.filter(({ id }) => id !== undefined && chosen.includes(id))
  const words = names.length === 0 ? t('any class') : names.map(({ name }) => name).join(', ')
  return (
    <details className="relation-ends">
      <summary>
        {title}: {words}
      </summary>
      {classes.map(({ key, id, name }) =>
        id === undefined ? (
          <p key={key} className="inspector__hint">
            {t('{name} can be chosen once it is saved.', { name })}
          </p>
        ) : (
          <Checkbox
            key={key}
            isSelected={chosen.includes(id)}
            onChange={(isOn) =>
              onChange(isOn ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          >
            {name}
          </Checkbox>
        ),
      )}
    </details>
  )
}
