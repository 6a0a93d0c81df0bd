import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type ConsensusOpinion, type ConsensusTie, consensusQuery } from '@/api/reviews'
import type { Id } from '@/api/types'
import type { Editor } from '@/editor'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { formatNumber } from '@/ui/quantities'
import { useReadable } from '../hooks'
import type { Comparison } from './comparison'

interface AskedAgainProps {
  editor: Editor
  comparison: Comparison
  assetId: Id
}

/** How far people agreed whose labels became this one, and who of them was asked about which part. */
export function AskedAgain({ editor, comparison, assetId }: AskedAgainProps) {
  const { data } = useQuery({ ...consensusQuery(assetId), retry: false })
  useFrames(editor, data?.opinions)
  if (data === undefined) return null
  const percent = Math.round(data.agreement * 100)
  const regional = data.opinions.filter(({ region }) => region !== null)
  const whole = data.opinions.filter(({ region }) => region === null)
  return (
    <section className="review-section" aria-label={t('Several opinions')}>
      <h2 className="review-section__title">{t('Several opinions')}</h2>
      <p className="review-section__note">
        {plural(
          data.people,
          '{n} person, who agree to {percent} %',
          '{n} people, who agree to {percent} %',
          { percent },
        )}
      </p>
      <ul className="opinions" aria-label={t('Opinions')}>
        {whole.map((opinion) => (
          <OpinionRow key={opinion.version_id} comparison={comparison} opinion={opinion} />
        ))}
      </ul>
      <Ties pixels={data.tied_px} />
      {data.ties.map((tie) => (
        <p key={`${tie.object_key} ${tie.question}`} className="review-section__note">
          {tieWords(tie)}
        </p>
      ))}
      {regional.map((opinion) => (
        <PartsOf key={opinion.person.id} editor={editor} opinion={opinion} />
      ))}
    </section>
  )
}

/** One person's label, to be compared with what they all came to, and taken over. */
function OpinionRow({
  comparison,
  opinion,
}: {
  comparison: Comparison
  opinion: ConsensusOpinion
}) {
  const { earlierId } = useReadable(comparison.view)
  const { person, version_id, iou } = opinion
  return (
    <li className="opinions__one">
      <span className="opinions__name">{person.name}</span>
      <span title={t('Like the result')}>{Math.round(iou * 100)} %</span>
      <Button
        size="sm"
        aria-label={t('Compare with {name}', { name: person.name })}
        aria-pressed={earlierId === version_id}
        onPress={() => void comparison.choose(version_id)}
      >
        {t('Compare')}
      </Button>
    </li>
  )
}

/** Why something that half of the people drew is missing from their result. */
export function Ties({ pixels }: { pixels: number }) {
  if (pixels === 0) return null
  return (
    <p className="review-section__note">
      {t('A tie on {pixels} px: half of the votes were for an object there. They are left out.', {
        pixels: formatNumber(pixels),
      })}
    </p>
  )
}

/** "Road: wet (1), dry (1). No majority; dry counts, from who came nearest to the result." */
function tieWords({ question, votes, chosen }: ConsensusTie): string {
  const said = {
    question,
    votes: votes.map(({ answer, people }) => t('{answer} ({n})', { answer, n: people })).join(', '),
    chosen,
  }
  return chosen === ''
    ? t('{question}: {votes}. No majority, so nothing counts.', said)
    : t('{question}: {votes}. No majority; “{chosen}” counts, as who came nearest has it.', said)
}

type Opinions = readonly ConsensusOpinion[]

const NONE: Opinions = []

const boundsOf = ({ x, y, width, height }: NonNullable<ConsensusOpinion['region']>[number]) => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
})

/** The parts that somebody was asked about stand in frames, for as long as the image is reviewed. */
function useFrames(editor: Editor, opinions: Opinions = NONE) {
  const parts = useMemo(
    () => opinions.flatMap(({ region }) => (region ?? []).map(boundsOf)),
    [opinions],
  )
  useEffect(() => {
    if (parts.length === 0) return
    editor.scope.mark(parts)
    return () => editor.scope.mark([])
  }, [editor, parts])
}

function PartsOf({ editor, opinion }: { editor: Editor; opinion: ConsensusOpinion }) {
  const { person, region, iou } = opinion
  const parts = region ?? []
  return (
    <div className="asked-again">
      <p className="asked-again__words">
        {plural(
          parts.length,
          '{name} was asked about one disputed part only: {percent} % like the result there',
          '{name} was asked about {n} disputed parts only: {percent} % like the result there',
          { name: person.name, percent: Math.round(iou * 100) },
        )}
      </p>
      <div className="asked-again__parts">
        {parts.map((part, index) => (
          <Button
            key={`${part.x},${part.y}`}
            size="sm"
            onPress={() => editor.findings.show(boundsOf(part))}
          >
            {parts.length === 1 ? t('Show the part') : t('Part {n}', { n: index + 1 })}
          </Button>
        ))}
      </div>
    </div>
  )
}
