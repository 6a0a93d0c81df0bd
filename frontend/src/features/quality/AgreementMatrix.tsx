import type { Records } from '@/features/insights'
import { formatNumber, plural, t } from '@/i18n'
import { matrixOf } from './agreement'

/** Mean IoU of each two people. The number says it; the tint only helps the eye. */
export function AgreementMatrix({ records }: { records: Records }) {
  const { people, pairOf, meanOf } = matrixOf(records)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="agreement" aria-label={t('Agreement of each two people')} tabIndex={0}>
      <table className="agreement__table">
        <caption className="agreement__caption">
          {t('Mean IoU over the images that both labelled, in %')}
        </caption>
        <thead>
          <tr>
            <td />
            {people.map((person) => (
              <th key={person.id} scope="col" className="agreement__name">
                {person.name}
              </th>
            ))}
            <th scope="col" className="agreement__name">
              {t('All')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row" className="agreement__name">
                {person.name}
              </th>
              {people.map((other) => {
                const pair = pairOf(person.id, other.id)
                return pair === undefined ? (
                  <td key={other.id} className="agreement__cell" data-state="none">
                    {person.id === other.id ? '' : '–'}
                  </td>
                ) : (
                  <td
                    key={other.id}
                    className="agreement__cell"
                    style={tint(pair.iou)}
                    title={plural(
                      pair.images,
                      '{n} image, the worst {worst} %',
                      '{n} images, the worst {worst} %',
                      {
                        worst: pair.worst,
                      },
                    )}
                  >
                    {formatNumber(pair.iou, 1)}
                  </td>
                )
              })}
              <td className="agreement__cell agreement__cell--all">
                {meanWords(meanOf(person.id))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** People who saw the same image rarely share less than half of their pixels: the scale begins
 * there, or all cells would look alike. */
function tint(iou: number): React.CSSProperties {
  const share = Math.max(0, Math.min(1, (iou - 50) / 50))
  return { '--agreement-share': `${Math.round(8 + 52 * share)}%` } as React.CSSProperties
}

function meanWords(mean: number | null | undefined): string {
  return mean === null || mean === undefined ? '–' : formatNumber(mean, 1)
}
