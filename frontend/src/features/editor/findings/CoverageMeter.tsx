import type { Editor } from '@/editor'
import { formatNumber, t } from '@/i18n'
import { PlainIconButton } from '@/ui/PlainButton'
import { useLaterEditorValue } from '../hooks'
import { ScanSearch } from '../icons'
import './findings.css'

/** How much of the image is labelled, and the way to what is not. */
export function CoverageMeter({ editor }: { editor: Editor }) {
  const labelledPx = useLaterEditorValue(editor, ({ findings }) => findings.labelledPx)
  const totalPx = useLaterEditorValue(editor, ({ findings }) => findings.totalPx)
  const isWhole = labelledPx === totalPx && totalPx > 0
  return (
    <div className="coverage" data-whole={isWhole || undefined}>
      <span className="coverage__label" id="coverage-label">
        {t('Labelled')}
      </span>
      <meter
        className="coverage__bar"
        aria-labelledby="coverage-label"
        min={0}
        max={Math.max(1, totalPx)}
        value={labelledPx}
      />
      <output className="coverage__percent">{coverageWords(labelledPx, totalPx)}</output>
      <PlainIconButton
        label={t('Next unlabelled region')}
        shortcut="N"
        size="sm"
        icon={<ScanSearch />}
        isDisabled={isWhole}
        onPress={() => editor.dispatch('findings.next-gap')}
      />
    </div>
  )
}

/** Never "100 %" while a pixel is missing. */
export function coverageWords(labelledPx: number, totalPx: number): string {
  if (totalPx === 0) return '–'
  if (labelledPx === totalPx) return '100 %'
  const percent = (100 * labelledPx) / totalPx
  return percent > 99.9 ? `> ${formatNumber(99.9)} %` : `${formatNumber(percent, 1)} %`
}
