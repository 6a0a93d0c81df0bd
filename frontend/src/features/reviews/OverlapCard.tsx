import type { Overlap, OverlapMethod } from '@/api/reviews'
import { t } from '@/i18n'
import { Checkbox, NumberField } from '@/ui/Field'
import { Select } from '@/ui/Select'

const METHODS: readonly { value: OverlapMethod; label: string; description: string }[] = [
  {
    value: 'majority',
    label: t('Majority'),
    description: t('What more than half of them marked.'),
  },
  {
    value: 'reliability',
    label: t('Reliability'),
    description: t('The same, weighted by how near each was to earlier results.'),
  },
  { value: 'staple', label: 'STAPLE', description: t('Truth and performance estimated together.') },
]

const FIRST: Overlap = {
  percent: 20,
  people: 3,
  most: 3,
  method: 'majority',
  disputed_share: 0.1,
  certainty: 0.9,
  region_at_most: null,
}

/** Of the image, where a project begins to ask about parts. */
const FIRST_REGION = 0.3

interface OverlapCardProps {
  overlap: Overlap | null
  onChange: (overlap: Overlap | null) => void
}

/** Whether several people label the same image, and how their labels become one. */
export function OverlapCard({ overlap, onChange }: OverlapCardProps) {
  const set = (part: Partial<Overlap>) => {
    if (overlap === null) return
    const changed = { ...overlap, ...part }
    onChange({ ...changed, most: Math.max(changed.most, changed.people) })
  }
  return (
    <section className="step-inspector" aria-label={t('Several opinions')}>
      <Checkbox
        isSelected={overlap !== null}
        onChange={(isOn) => onChange(isOn ? FIRST : null)}
        description={t('Their labels are made one before the review; where they differ is kept.')}
      >
        {t('Several people label the same image')}
      </Checkbox>
      {overlap !== null && (
        <div className="overlap__fields">
          <NumberField
            label={t('Images')}
            unit="%"
            minValue={1}
            maxValue={100}
            value={overlap.percent}
            onChange={(percent) => set({ percent })}
          />
          <NumberField
            label={t('People for each')}
            minValue={2}
            maxValue={15}
            value={overlap.people}
            onChange={(people) => set({ people })}
          />
          <NumberField
            label={t('At most, while it is disputed')}
            minValue={overlap.people}
            maxValue={15}
            value={overlap.most}
            onChange={(most) => set({ most })}
          />
          <NumberField
            label={t('Disputed from')}
            unit={t('% of the pixels')}
            minValue={0}
            maxValue={100}
            isDisabled={overlap.most === overlap.people}
            value={Math.round(overlap.disputed_share * 100)}
            onChange={(percent) => set({ disputed_share: percent / 100 })}
          />
          <div className="overlap__regions">
            <Checkbox
              isSelected={overlap.region_at_most != null}
              isDisabled={overlap.most === overlap.people}
              onChange={(isOn) => set({ region_at_most: isOn ? FIRST_REGION : null })}
              description={
                overlap.most === overlap.people
                  ? t(
                      'Nobody is asked after the first {people} people: raise “At most, while it is disputed” to use this.',
                      { people: overlap.people },
                    )
                  : t(
                      'Whoever comes after the first people gets a frame around what they disagree about, and the rest of the image locked.',
                    )
              }
            >
              {t('Ask one more person only about the disputed part')}
            </Checkbox>
            {overlap.region_at_most != null && (
              <NumberField
                label={t('Where it covers at most')}
                description={t('If more is disputed, the whole image is asked about.')}
                unit={t('% of the image')}
                minValue={1}
                maxValue={100}
                isDisabled={overlap.most === overlap.people}
                value={Math.round(overlap.region_at_most * 100)}
                onChange={(percent) => set({ region_at_most: percent / 100 })}
              />
            )}
          </div>
          <Select
            label={t('What counts')}
            options={METHODS}
            value={overlap.method}
            onChange={(method) => set({ method })}
          />
        </div>
      )}
    </section>
  )
}

/** "20 % of the images are labelled by 3 people, and by up to 5 while they disagree." */
export function overlapWords({ percent, people, most }: Overlap): string {
  if (most <= people) {
    return percent === 100
      ? t('Every image is labelled by {people} people.', { people })
      : t('{percent} % of the images are labelled by {people} people.', { percent, people })
  }
  return percent === 100
    ? t('Every image is labelled by {people} people, and by up to {most} while they disagree.', {
        people,
        most,
      })
    : t(
        '{percent} % of the images are labelled by {people} people, and by up to {most} while they disagree.',
        { percent, people, most },
      )
}
